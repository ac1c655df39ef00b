import { theTeam } from '../state/people/the-team.ts'
import type { CaseState } from '../state/state.ts'
import type { World } from '../vocabulary/decision.ts'
import { later, latest } from '../shared/instant.ts'
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
  /** The time is up: it is told however late it is, and the clock says no more. */
  readonly breach?: boolean
  /** A breach that is told again and again, since others wait for what nobody does. */
  readonly repeats?: boolean
  /** Told at its instant, whatever the hour; a reminder waits for working hours, and rests while it is snoozed. */
  readonly prompt?: boolean
  /** Who is told: the next in line where those before did not act. */
  readonly hears: Audience
}

export type Clock = {
  readonly clock: ClockId
  readonly stream: CaseId
  /** A clock that starts anew (another embargo end, another patch) has another round. */
  readonly round: number
  readonly start: Instant
  readonly due: Instant
  readonly owner: string
  /** Somebody was named for this one thing: while they are there, they hear it first, and the coordinator after them. */
  readonly named?: PersonId
  readonly about: string
  readonly moments: readonly Moment[]
}

/** What a clock may look at. `policy` is the one for the case. */
export type ClockContext = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: World['release']
}

/** One clock of the process: none while it does not run, several where it runs for each branch. */
export type ClockRule = (context: ClockContext) => readonly Clock[]

/** What was promised of a round begins with it: time that a case was closed, or rested, is nobody's delay. */
export const inThisRound = ({ reopenedAt }: Pick<CaseState, 'reopenedAt'>, start: Instant): Instant =>
  reopenedAt === undefined ? start : latest(start, reopenedAt)

/** Who is reminded first: the coordinator, or the team while nobody owns the case. */
export const ownerOf = ({ policy, state }: ClockContext): string =>
  policy.people.find((person) => person.id === state.coordinator)?.name ?? theTeam(policy)

/** Unrated counts as high (process, section 5). */
export const severityOf = ({ severity = 'high' }: Pick<CaseState, 'severity'>): Severity => severity

/** From its start on, an owner is reminded; at the end of the time the team; the others are told by the clock's own rule. */
export function momentAt(start: Instant, due: Instant, fraction: number): Moment {
  const hears = fraction < 1 ? 'owner' : 'team'
  return { fraction, at: later(start, (due - start) * fraction), hears }
}

type Deadline = {
  readonly clock: ClockId
  readonly start: Instant
  readonly due: Instant
  readonly about: string
  /** Absent: it starts anew when it starts at another instant. */
  readonly round?: number
  readonly owner?: string
  readonly fractions?: readonly number[]
}

/** A deadline as most of them are: reminders on the way, the team at its end, the admins when it is long past. */
export function deadline(context: ClockContext, given: Deadline): Clock {
  const { policy, state } = context
  const { start, due, fractions = policy.clocks.fractions, round = start, owner = ownerOf(context) } = given
  const { escalateAt } = policy.clocks
  const breach: Moment = { ...momentAt(start, due, escalateAt), fraction: escalateAt, breach: true, hears: 'admins' }
  const moments = [...fractions.map((fraction) => momentAt(start, due, fraction)), breach]
  return { clock: given.clock, stream: state.id, round, start, due, owner, about: given.about, moments }
}
