import { z } from 'zod'
import { DAY, HOUR, MINUTE } from '../shared/instant.ts'

export type Duration = { readonly amount: number; readonly unit: 'minutes' | 'hours' | 'days' | 'working days' }

const WRITTEN = /^(\d{1,5}) (minutes?|hours?|days?|working days?)$/
const WRITTEN_OR_NEVER = /^(never|(\d{1,5}) (minutes?|hours?|days?|working days?))$/

/** A duration as people write it: `24 hours`, `3 working days`, `90 days`. */
export const Duration = z
  .string()
  .regex(WRITTEN, 'write a number and minutes, hours, days or working days, for example "3 working days"')
  .transform(durationOf)

/** A duration, or `never` for a deadline that does not run. */
export const DurationOrNever = z
  .string()
  .regex(
    WRITTEN_OR_NEVER,
    'write never, or a number and minutes, hours, days or working days, for example "3 working days"',
  )
  .transform((text): Duration | 'never' => (text === 'never' ? 'never' : durationOf(text)))

function durationOf(text: string): Duration {
  const [, amount = '0', unit = 'days'] = WRITTEN.exec(text) ?? []
  return { amount: Number(amount), unit: plural(unit) }
}

function plural(unit: string): Duration['unit'] {
  if (unit.startsWith('minute')) return 'minutes'
  if (unit.startsWith('hour')) return 'hours'
  return unit.startsWith('working') ? 'working days' : 'days'
}

/** A duration as people write it: `1 day`, `3 working days`. */
export function writtenDuration({ amount, unit }: Duration): string {
  return `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`
}

/** Milliseconds of a duration without working days, which need a calendar. */
export function plainMilliseconds(duration: Duration): number | undefined {
  if (duration.unit === 'minutes') return duration.amount * MINUTE
  if (duration.unit === 'hours') return duration.amount * HOUR
  return duration.unit === 'days' ? duration.amount * DAY : undefined
}
