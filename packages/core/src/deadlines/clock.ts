import { teamName } from '../state/people/team-name.ts'
import type { CaseState } from '../state/state.ts'
import { latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { CaseId, PersonId } from '../shared/ids.ts'
import type { Severity } from '../shared/words.ts'
import type { Policy } from '../policy/schema.ts'
import type { Audience } from './escalation.ts'
import type { ClockId } from '../vocabulary/deadline-name.ts'

/**
 * A moment of a deadline that has not been announced yet. `fraction`: how much of the time from `start` to `due` has
 * passed by then; above 1 the deadline is overdue.
 */
export type Moment = {
  readonly fraction: number
  readonly at: Instant
  /**
   * At this moment the deadline is missed. It is announced however late the program notices it, and it is the last
   * moment of the deadline.
   */
  readonly breach?: boolean
  /** The missed deadline is announced repeatedly until somebody acts, because others are waiting. */
  readonly repeats?: boolean
  /**
   * The moment is announced at its exact time, day or night. Other reminders wait for working hours, and for the end of
   * a snooze.
   */
  readonly prompt?: boolean
  /** Who is told. If they do not act, the next moment goes to the next audience in line. */
  readonly hears: Audience
}

/** A deadline that runs in a case. There may be several clocks of one deadline, for example one for each branch. */
export type Clock = {
  readonly clock: ClockId
  readonly stream: CaseId
  /**
   * A number that changes when the deadline starts over, because the end of the embargo has changed or there is another
   * patch.
   */
  readonly round: number
  readonly start: Instant
  readonly due: Instant
  readonly owner: string
  /**
   * The person assigned to this clock's task, if any. Unless they are away, they are reminded first, and the
   * coordinator next.
   */
  readonly named?: PersonId
  readonly about: string
  readonly moments: readonly Moment[]
}

/** A deadline never starts before the current round: time in which the case was closed or deferred does not count. */
export const inThisRound = ({ reopenedAt }: Pick<CaseState, 'reopenedAt'>, start: Instant): Instant =>
  reopenedAt === undefined ? start : latest(start, reopenedAt)

/** Who is reminded first: the coordinator, or the team while nobody owns the case. */
export const ownerOf = ({ policy, state }: { readonly policy: Policy; readonly state: CaseState }): string =>
  policy.people.find((person) => person.id === state.coordinator)?.name ?? teamName(policy)

/** An unrated case is treated as high (process, section 5). */
export const severityOf = ({ severity = 'high' }: Pick<CaseState, 'severity'>): Severity => severity
