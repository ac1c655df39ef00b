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
 * A moment of a deadline that nobody has been told of yet. `fraction` is the part of the time from start to due that
 * has passed; over 1 is after due.
 */
export type Moment = {
  readonly fraction: number
  readonly at: Instant
  /** The deadline is missed. This is announced however late it is, and nothing is announced after it. */
  readonly breach?: boolean
  /** A breach that is repeated until somebody acts, because others wait for it. */
  readonly repeats?: boolean
  /** Announced at its instant, at any hour. Other reminders wait for working hours, and for the end of a snooze. */
  readonly prompt?: boolean
  /** Who is told. When those told before have not acted, it is the next in line. */
  readonly hears: Audience
}

/** A deadline that runs in a case. */
export type Clock = {
  readonly clock: ClockId
  readonly stream: CaseId
  /** A deadline that starts over (another embargo end, another patch) has another round. */
  readonly round: number
  readonly start: Instant
  readonly due: Instant
  readonly owner: string
  /**
   * The person who was named for this one thing. While they are there, they hear it first, and the coordinator after
   * them.
   */
  readonly named?: PersonId
  readonly about: string
  readonly moments: readonly Moment[]
}

/** A promise of a round begins with the round: time in which the case was closed or deferred is nobody's delay. */
export const inThisRound = ({ reopenedAt }: Pick<CaseState, 'reopenedAt'>, start: Instant): Instant =>
  reopenedAt === undefined ? start : latest(start, reopenedAt)

/** Who is reminded first: the coordinator, or the team while nobody owns the case. */
export const ownerOf = ({ policy, state }: { readonly policy: Policy; readonly state: CaseState }): string =>
  policy.people.find((person) => person.id === state.coordinator)?.name ?? teamName(policy)

/** Unrated counts as high (process, section 5). */
export const severityOf = ({ severity = 'high' }: Pick<CaseState, 'severity'>): Severity => severity
