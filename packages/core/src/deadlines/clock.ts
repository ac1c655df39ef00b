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
 * A moment of a deadline that has not been announced yet. `fraction` says how much of the time from `start` to `due`
 * has passed at this moment. Above 1 the deadline is overdue.
 */
export type Moment = {
  readonly fraction: number
  readonly at: Instant
  /**
   * Set if the deadline counts as missed from this moment on. The moment is announced even if the program notices it
   * late. It is the last moment of the deadline unless `repeats` is set.
   */
  readonly breach?: boolean
  /** Set if the missed deadline is announced repeatedly until somebody acts, because others are waiting. */
  readonly repeats?: boolean
  /**
   * Set if the moment is announced at its exact time, day or night. Other reminders wait for working hours, and for the
   * end of a snooze.
   */
  readonly prompt?: boolean
  /** Who is told. If nobody acts, the next moment goes to the next audience. */
  readonly hears: Audience
}

/** A deadline that runs in a case. There may be several clocks of one deadline, for example one for each branch. */
export type Clock = {
  readonly clock: ClockId
  readonly stream: CaseId
  /**
   * A number that changes when the deadline starts again, for example because the end of the embargo has changed or
   * there is another patch.
   */
  readonly round: number
  readonly start: Instant
  readonly due: Instant
  readonly owner: string
  /**
   * The person assigned to this clock's task, if any. This person is reminded before the coordinator, unless the person
   * is away.
   */
  readonly named?: PersonId
  readonly about: string
  readonly moments: readonly Moment[]
}

/**
 * A deadline never starts before the case was last reopened or taken up again, because time in which the case was
 * closed or deferred does not count.
 */
export const inThisRound = ({ reopenedAt }: Pick<CaseState, 'reopenedAt'>, start: Instant): Instant =>
  reopenedAt === undefined ? start : latest(start, reopenedAt)

/** Who is reminded first: the coordinator, or the team if the case has no coordinator. */
export const ownerOf = ({ policy, state }: { readonly policy: Policy; readonly state: CaseState }): string =>
  policy.people.find((person) => person.id === state.coordinator)?.name ?? teamName(policy)

/** An unrated case is treated as high. */
export const severityOf = ({ severity = 'high' }: Pick<CaseState, 'severity'>): Severity => severity
