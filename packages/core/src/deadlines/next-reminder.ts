import type { World } from '../vocabulary/decision.ts'
import type { Instant } from '../shared/instant.ts'
import type { Policy } from '../policy/schema.ts'
import type { Audience } from './escalation.ts'
import { clocks } from './running-clocks.ts'

/** The next reminder of the same deadline; `nobody` after the last one. */
export type NextReminder = { readonly hears: Audience; readonly at: Instant } | 'nobody'

type Reminder = { readonly clock: string; readonly round: number; readonly fraction: number }

type Round = Pick<Reminder, 'clock' | 'round'>

const clockOf = (policy: Policy, world: World, { clock, round }: Round) =>
  clocks(policy, world).find((one) => one.clock === clock && one.round === round)

/**
 * Whether a deadline still runs as it did when the reminder was sent. If it has stopped or its date has changed, nobody
 * needs to act on the old reminder.
 */
export const isRunning = (policy: Policy, world: World, round: Round): boolean =>
  clockOf(policy, world, round) !== undefined

/** Who is reminded next if nothing is done. Undefined once the deadline has stopped. */
export function nextReminder(
  policy: Policy,
  world: World,
  { clock, round, fraction }: Reminder,
): NextReminder | undefined {
  const running = clockOf(policy, world, { clock, round })
  if (running === undefined) return undefined
  const next = running.moments.find((moment) => moment.fraction > fraction)
  return next === undefined ? 'nobody' : { hears: next.hears, at: next.at }
}
