import { teamName } from '../state/people/team-name.ts'
import type { CaseState } from '../state/state.ts'
import { latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { CaseId, PersonId } from '../shared/ids.ts'
import type { Severity } from '../shared/words.ts'
import type { Policy } from '../policy/schema.ts'
import type { Audience } from './escalation.ts'
import type { ClockId } from './name.ts'

/** A moment of a clock that has not been told yet. `fraction` is of the time from start to due; over 1 is after it. */
export type Moment = {
  readonly fraction: number
  readonly at: Instant
  /** The time is up: it is told however late it is, and the clock says nothing further. */
  readonly breach?: boolean
  /** A breach that is told again until somebody acts, since others wait for it. */
  readonly repeats?: boolean
  /** Told at its instant, whatever the hour; a reminder waits for working hours, and rests while it is snoozed. */
  readonly prompt?: boolean
  /** Who is told. It goes to the next in line when those before did not act. */
  readonly hears: Audience
}

/** A deadline that runs in a case. */
export type Clock = {
  readonly clock: ClockId
  readonly stream: CaseId
  /** A clock that starts over (another embargo end, another patch) has another round. */
  readonly round: number
  readonly start: Instant
  readonly due: Instant
  readonly owner: string
  /** Somebody was named for this one thing: while they are there, they hear it first, and the coordinator after them. */
  readonly named?: PersonId
  readonly about: string
  readonly moments: readonly Moment[]
}

/** What was promised of a round begins with it: time that a case was closed, or rested, is nobody's delay. */
export const inThisRound = ({ reopenedAt }: Pick<CaseState, 'reopenedAt'>, start: Instant): Instant =>
  reopenedAt === undefined ? start : latest(start, reopenedAt)

/** Who is reminded first: the coordinator, or the team while nobody owns the case. */
export const ownerOf = ({ policy, state }: { readonly policy: Policy; readonly state: CaseState }): string =>
  policy.people.find((person) => person.id === state.coordinator)?.name ?? teamName(policy)

/** Unrated counts as high (process, section 5). */
export const severityOf = ({ severity = 'high' }: Pick<CaseState, 'severity'>): Severity => severity
