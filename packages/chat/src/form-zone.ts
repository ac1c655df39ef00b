import { dateOf, instant, localAt, MINUTE } from '@embargo/core'
import type { Form, FormField } from './types.ts'

/**
 * The phrase in command definitions that the reader's zone replaces; it stays for a person without a zone in the
 * policy.
 */
const ZONE = /\bin UTC\b/u

const HOUR_MINUTES = 60

/** The form for a reader in a zone: hints name it, and a time that is filled in is in it, to be typed over. Pure. */
export const withZone = (form: Form, zone: string): Form => ({
  ...form,
  fields: form.fields.map((field) => ({ ...hinted(field, `in ${zone}`), ...typedTime(field, zone) })),
})

/** The same for a platform that has a picker, which shows the time of its reader. */
export const withPickedZone = (form: Form, zone: string): Form => ({
  ...form,
  fields: form.fields.map((field) => hinted(field, field.kind === 'date-time' ? 'in your own time' : `in ${zone}`)),
})

const hinted = ({ hint, ...field }: FormField, zone: string): FormField =>
  hint === undefined ? field : { ...field, hint: hint.replace(ZONE, zone) }

/** `2026-07-14 16:00`; a time with seconds stays as it is, since it would be another one. */
function typedTime({ kind, value }: FormField, zone: string): Pick<FormField, 'value'> {
  const at = kind === 'date-time' && value !== undefined ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at) || at % MINUTE !== 0) return {}
  const { day, time } = localAt(instant(at), zone)
  const clock = [Math.floor(time / HOUR_MINUTES), time % HOUR_MINUTES].map((part) => String(part).padStart(2, '0'))
  return { value: `${dateOf(day)} ${clock.join(':')}` }
}
