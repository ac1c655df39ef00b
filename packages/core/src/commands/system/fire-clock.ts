import { closingChannels } from '../../state/channel-life.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import { HALF } from '../../deadlines/reporter-verification.ts'
import { lazyConsensus } from './lazy-consensus.ts'
import type { Append, Decision, World } from '../../vocabulary/decision.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { endingEmbargo } from '../../state/embargo/ending.ts'
import { clocks, namedAt } from '../../deadlines/running-clocks.ts'
import type { Clock } from '../../deadlines/clock.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Instant } from '../../shared/instant.ts'
import { leaveRelease } from '../publication/leave-release.ts'
import { runScheduled } from '../publication/run-scheduled.ts'
import { mergeAppends } from '../../vocabulary/merge-appends.ts'
import type { CaseState } from '../../state/state.ts'
import { coalesceMissed } from './coalesce-missed.ts'
import { closeOnNoReply } from './close-on-no-reply.ts'
import { restartDeadline } from './restart-deadline.ts'

/**
 * Deadlines at whose end a scheduled publication begins. If an embargo ends at the same instant, or while the program
 * was not running, it ends with the publication, and nobody is told of an end without one.
 */
const startsPublication = ({ clock }: Pick<Clock, 'clock'>): boolean => clock === 'release' || clock === 'embargo-end'

/** Acts on a deadline's moment. If the deadline has stopped or moved meanwhile, nothing happens. */
export function fireClock(
  policy: Policy,
  world: World,
  request: Extract<SystemRequest, { verb: 'fire-clock' }>,
  at: Instant,
): Decision {
  const clock = clocks(policy, world).find((one) => one.clock === request.clock && one.round === request.round)
  const asked = clock?.moments.find((one) => one.fraction === request.fraction)
  if (clock === undefined || asked === undefined || asked.at > at || world.case === undefined)
    return { ok: true, appends: [] }
  const moment = coalesceMissed(policy, world, world.case, { clock, moment: asked, at })
  if (clock.clock === 'archive-channel')
    return { ok: true, appends: [{ stream: world.case.id, events: closingChannels(world.case) }] }
  const { fraction } = moment
  const again = request.missed === true ? restartDeadline(policy, world.case, clock, { fraction, at }) : undefined
  if (again !== undefined) return { ok: true, appends: [{ stream: world.case.id, events: [askedAgain(clock, again)] }] }
  const yes = lazyConsensus(policy, world, clock.clock, at)
  if (yes !== undefined) return yes
  const said = {
    clock: clock.clock,
    round: clock.round,
    due: clock.due,
    hears: moment.hears,
    ...namedAt(clock, policy, world.case, at),
  }
  const told: CaseEvent =
    moment.breach === true
      ? { type: 'ClockBreached', ...said, ...(moment.repeats === true ? { fraction: moment.fraction } : {}) }
      : { type: 'ReminderDue', ...said, fraction: moment.fraction }
  // The end of an embargo and an unanswered question change the state; neither publishes anything (process, section 5).
  const expired: readonly CaseEvent[] =
    clock.clock === 'embargo-end' && moment.fraction >= 1 ? endingEmbargo(world.case.em, 'expired') : []
  const silent = clock.clock === 'needs-info' && moment.fraction >= 1 ? closeOnNoReply(world.case) : []
  const left = silent.some(({ type }) => type === 'CaseClosed')
    ? leaveRelease({ state: world.case, release: world.release }, 'the case is closed')
    : []
  // A scheduled publication begins at its instant, and the deadlines of all cases of the release end with it.
  const begun = startsPublication(clock) && moment.fraction >= 1 ? runScheduled(policy, world, at) : []
  // The publication makes these reminders pointless. A case that is left out of it keeps its embargo, and is still told
  // when that ends.
  const done =
    begun.some(({ events }) => events.some(({ type }) => type === 'DisclosureStarted')) &&
    (expired.length === 0 || endsWith(begun, world.case))
  const own = { stream: world.case.id, events: done ? [] : [told, ...expired, ...silent] }
  return { ok: true, appends: mergeAppends([...left, own, ...begun]).filter(({ events }) => events.length > 0) }
}

/**
 * The reminder that restarts a deadline: none of its new time has passed yet. A reporter with a patch to check gets
 * their single reminder at half of the time, so theirs counts as that one.
 */
const askedAgain = ({ clock, round }: Pick<Clock, 'clock' | 'round'>, again: Instant): CaseEvent => ({
  type: 'ReminderDue',
  clock,
  round,
  due: again,
  fraction: clock.startsWith('reporter-verification/') ? HALF : 0,
  hears: 'owner',
  again,
})

/** Whether the embargo of a case ends with the publications that have begun. */
const endsWith = (begun: readonly Append[], { id }: CaseState): boolean =>
  begun.some(({ stream, events }) => stream === id && events.some(({ type }) => type === 'EmbargoExited'))
