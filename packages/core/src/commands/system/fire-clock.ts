import { closingChannels } from '../../state/channel-life.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import { lazyConsensus } from './lazy-consensus.ts'
import type { Append, Decision, World } from '../../vocabulary/decision.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { StepId } from '../../events/step-id.ts'
import { endingEmbargo } from '../../state/embargo/ending.ts'
import { deadlineOf } from '../../deadlines/index.ts'
import { clocks, namedAt } from '../../deadlines/running-clocks.ts'
import type { Clock, Moment } from '../../deadlines/clock.ts'
import { policyFor } from '../../state/policy-for.ts'
import { subjectOf } from '../../vocabulary/deadline-name.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Instant } from '../../shared/instant.ts'
import { leaveRelease } from '../publication/leave-release.ts'
import { runScheduled } from '../publication/run-scheduled.ts'
import { mergeAppends } from '../../vocabulary/merge-appends.ts'
import type { CaseState } from '../../state/state.ts'
import { coalesceMissed } from './coalesce-missed.ts'
import { closeOnNoReply } from './close-on-no-reply.ts'

/**
 * Acts on a moment of a deadline, such as a reminder or the end of the deadline. Nothing happens if the deadline has
 * stopped or moved in the meantime.
 */
export function fireClock(
  policy: Policy,
  world: World,
  request: Extract<SystemRequest, { verb: 'fire-clock' }>,
  at: Instant,
): Decision {
  const clock = clocks(policy, world).find((one) => one.clock === request.clock && one.round === request.round)
  const requestedMoment = clock?.moments.find((one) => one.fraction === request.fraction)
  if (clock === undefined || requestedMoment === undefined || requestedMoment.at > at || world.case === undefined)
    return { ok: true, appends: [] }
  const moment = coalesceMissed(policy, world, world.case, { clock, moment: requestedMoment, at })
  const { atEnd, beginsPublication } = deadlineOf(clock.clock) ?? {}
  if (atEnd === 'channels-close')
    return { ok: true, appends: [{ stream: world.case.id, events: closingChannels(world.case) }] }
  if (atEnd === 'step-passes') return stepPasses(world, subjectOf(clock.clock))
  const again = request.missed === true ? timeAgain(policy, world.case, { clock, moment, at }) : undefined
  if (again !== undefined) return { ok: true, appends: [{ stream: world.case.id, events: [again] }] }
  const counts = atEnd === 'signal-counts' ? lazyConsensus(policy, world, subjectOf(clock.clock), at) : undefined
  if (counts !== undefined) return counts
  const fields = {
    clock: clock.clock,
    round: clock.round,
    due: clock.due,
    hears: moment.hears,
    ...namedAt(clock, policy, world.case, at),
  }
  const notice: CaseEvent =
    moment.breach === true
      ? { type: 'ClockBreached', ...fields, ...(moment.repeats === true ? { fraction: moment.fraction } : {}) }
      : { type: 'ReminderDue', ...fields, fraction: moment.fraction }
  // When an embargo ends or a question remains unanswered, the state of the case changes, but nothing is published.
  const expired: readonly CaseEvent[] =
    atEnd === 'embargo-ends' && moment.fraction >= 1 ? endingEmbargo(world.case.em, 'expired') : []
  const silent = atEnd === 'question-lapses' && moment.fraction >= 1 ? closeOnNoReply(world.case) : []
  const departure = silent.some(({ type }) => type === 'CaseClosed')
    ? leaveRelease({ state: world.case, release: world.release }, 'the case is closed')
    : []
  // A scheduled publication begins at its instant and ends the deadlines of all cases of the release. It also ends the
  // embargo of each published case. So nobody is told that such an embargo expired, even if the embargo would expire
  // now, or should have expired while the program was down.
  const begun = beginsPublication === true && moment.fraction >= 1 ? runScheduled(policy, world, at) : []
  // Once the publication has begun, reminders of its deadline are pointless. A case that was left out keeps its
  // embargo, so the end of its embargo is still announced.
  const done =
    begun.some(({ events }) => events.some(({ type }) => type === 'DisclosureStarted')) &&
    (expired.length === 0 || endsWith(begun, world.case))
  const own = { stream: world.case.id, events: done ? [] : [notice, ...expired, ...silent] }
  return { ok: true, appends: mergeAppends([...departure, own, ...begun]).filter(({ events }) => events.length > 0) }
}

/** Lets the publication continue without waiting for this step any longer. */
function stepPasses({ release }: World, subject: string | undefined): Decision {
  const step = StepId.safeParse(subject)
  if (release === undefined || !step.success) return { ok: true, appends: [] }
  return { ok: true, appends: [{ stream: release.id, events: [{ type: 'StepPassed', step: step.data }] }] }
}

/**
 * The event that extends a deadline after the program was down. Nobody could answer while the program was down, so
 * deadlines at which silence has an effect can be extended. Undefined if the deadline needs no extension.
 */
function timeAgain(
  whole: Policy,
  state: CaseState,
  { clock, moment, at }: { readonly clock: Clock; readonly moment: Moment; readonly at: Instant },
): CaseEvent | undefined {
  const { end, told = 0 } = deadlineOf(clock.clock)?.restart ?? {}
  const again = end?.({ policy: policyFor(whole, state), state, clock, fraction: moment.fraction, at })
  const { round, clock: id } = clock
  return again === undefined
    ? undefined
    : { type: 'ReminderDue', clock: id, round, due: again, fraction: told, hears: 'owner', again }
}

/** Whether the publication that begins also ends the embargo of this case. */
const endsWith = (begun: readonly Append[], { id }: CaseState): boolean =>
  begun.some(({ stream, events }) => stream === id && events.some(({ type }) => type === 'EmbargoExited'))
