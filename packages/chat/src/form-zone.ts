import { dateOf, instant, localAt, MINUTE } from '@embargo/core'
import type { Form, FormField } from './types.ts'

/**
 * The phrase in command definitions that is replaced with the reader's time zone. If the policy has no zone for the
 * reader, the phrase stays unchanged.
 */
const ZONE = /\bin UTC\b/u

const HOUR_MINUTES = 60

/** The form for a reader in `zone`: hints name the zone, and prefilled times are converted to it. Pure. */
export const withZone = (form: Form, zone: string): Form => ({
  ...form,
  fields: form.fields.map((field) => ({ ...hinted(field, `in ${zone}`), ...typedTime(field, zone) })),
})

/** The form for a platform with a date picker. A date picker shows times in the zone of the person who uses it. */
export const withPickedZone = (form: Form, zone: string): Form => ({
  ...form,
  fields: form.fields.map((field) => hinted(field, field.kind === 'date-time' ? 'in your own time' : `in ${zone}`)),
})

const hinted = ({ hint, ...field }: FormField, zone: string): FormField =>
  hint === undefined ? field : { ...field, hint: hint.replace(ZONE, zone) }

/**
 * The prefilled time of a field as people type it in this zone, such as `2026-07-14 16:00`. A time with seconds is left
 * unchanged, because dropping the seconds would change the time.
 */
function typedTime({ kind, value }: FormField, zone: string): Pick<FormField, 'value'> {
  const at = kind === 'date-time' && value !== undefined ? Date.parse(value) : Number.NaN
  if (Number.isNaN(at) || at % MINUTE !== 0) return {}
  const { day, time } = localAt(instant(at), zone)
  const clock = [Math.floor(time / HOUR_MINUTES), time % HOUR_MINUTES].map((part) => String(part).padStart(2, '0'))
  return { value: `${dateOf(day)} ${clock.join(':')}` }
}
