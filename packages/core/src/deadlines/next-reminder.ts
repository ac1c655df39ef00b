import type { World } from '../vocabulary/decision.ts'
import type { Instant } from '../shared/instant.ts'
import type { Policy } from '../policy/schema.ts'
import type { Audience } from './escalation.ts'
import { clocks } from './running-clocks.ts'

/** What comes after what was told of a clock; of `nobody` that was the last. */
export type NextReminder = { readonly hears: Audience; readonly at: Instant } | 'nobody'

type Told = { readonly clock: string; readonly round: number; readonly fraction: number }

type Round = Pick<Told, 'clock' | 'round'>

const roundOf = (policy: Policy, world: World, { clock, round }: Round) =>
  clocks(policy, world).find((one) => one.clock === clock && one.round === round)

/** Whether what was told of a clock is still to be done: it is over, or has another date, where its round does not run. */
export const isRunning = (policy: Policy, world: World, round: Round): boolean =>
  roundOf(policy, world, round) !== undefined

/** Who hears of a clock next where nothing is done; nothing where it does not run any more. */
export function nextReminder(policy: Policy, world: World, { clock, round, fraction }: Told): NextReminder | undefined {
  const running = roundOf(policy, world, { clock, round })
  if (running === undefined) return undefined
  const next = running.moments.find((moment) => moment.fraction > fraction)
  return next === undefined ? 'nobody' : { hears: next.hears, at: next.at }
}
