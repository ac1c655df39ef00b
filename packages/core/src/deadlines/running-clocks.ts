import type { World } from '../vocabulary/decision.ts'
import type { CaseState, LastReminder } from '../state/state.ts'
import { isAway } from '../state/people/access.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import { ownerOf } from './clock.ts'
import type { Clock, Moment } from './clock.ts'
import type { Deadline, DeadlineContext } from './definition.ts'
import { deadlineOf, deadlines } from './index.ts'
import { reminders } from './moments.ts'
import { inWorkingHours, isUrgent, nextWorking } from './working-hours.ts'

/**
 * Every deadline that runs for a case, with the moments that are not announced yet. The function is pure, so a restart
 * of the program does not change the result.
 */
export function clocks(whole: Policy, world: World): readonly Clock[] {
  const { case: state, release } = world
  if (state === undefined) return []
  const policy = policyFor(whole, state)
  const closed = state.rm === 'closed'
  return deadlines
    .filter(({ afterClosing }) => (closed ? afterClosing !== undefined : afterClosing !== 'only'))
    .flatMap((deadline) => clocksOf(deadline, { policy, state, release }))
    .map((clock) => inWorkingHours(policy, state, untold(clock, state)))
    .map((clock) => resting(policy, clock, state))
}

/** The runs of one deadline, with the defaults that most deadlines use. */
const clocksOf = ({ name, words, runs }: Deadline, context: DeadlineContext): readonly Clock[] =>
  runs(context).map(({ of, round, owner, about = words, moments, ...run }) => ({
    ...run,
    clock: of === undefined ? name : `${name}/${of}`,
    stream: context.state.id,
    round: round ?? run.start,
    owner: owner ?? ownerOf(context),
    about,
    moments: moments ?? reminders(run),
  }))

/** The earliest moment that is not announced yet. The scheduler must check the deadlines again at this time. */
export const nextDue = (running: readonly Clock[]): Instant | undefined =>
  earliestOf(running.flatMap(({ moments }) => moments.map(({ at }) => at)))

/**
 * The tasks that are still owed to the team or to somebody outside after the case was published or closed, ordered by
 * due time.
 */
export const dutiesAfter = (running: readonly Clock[]): readonly Clock[] =>
  running.filter(({ clock }) => deadlineOf(clock)?.owedTo !== undefined).toSorted((a, b) => a.due - b.due)

/** The earliest of these instants. Undefined for an empty list. */
export const earliestOf = (instants: readonly Instant[]): Instant | undefined =>
  instants.length === 0 ? undefined : instants.reduce((a, b) => (a <= b ? a : b))

/**
 * The person who was named for the task of a deadline. The reminder names this person. Undefined if the person is away.
 */
export function namedAt(
  { named }: Pick<Clock, 'named'>,
  { people }: Policy,
  state: CaseState,
  at: Instant,
): { readonly named?: PersonId } {
  const person = people.find(({ id }) => id === named)
  return person === undefined || isAway(state, person, at) ? {} : { named: person.id }
}

/**
 * The key under which reminders and snoozes of a deadline are recorded. The deadline has a new key if it starts again
 * with another `round`.
 */
export const roundKey = ({ clock, round }: Pick<LastReminder, 'clock' | 'round'>): string => `${clock}:${round}`

function untold(clock: Clock, state: CaseState): Clock {
  const fraction = state.told[roundKey(clock)] ?? 0
  return { ...clock, moments: clock.moments.filter((moment) => moment.fraction > fraction) }
}

/**
 * Delays each reminder that would come before a snooze is over. It then comes in the first working hours after the
 * snooze or, in an urgent case, as soon as the snooze is over. Missed deadlines, and moments that must be announced at
 * their exact time, are not delayed.
 */
function resting(policy: Policy, clock: Clock, state: CaseState): Clock {
  const until = state.snoozed?.[roundKey(clock)]
  if (until === undefined) return clock
  const wakes = isUrgent(state) ? until : nextWorking(policy.calendar, until)
  const rested = (moment: Moment): Moment =>
    moment.breach === true || moment.prompt === true || moment.at >= until ? moment : { ...moment, at: wakes }
  return { ...clock, moments: clock.moments.map(rested) }
}
