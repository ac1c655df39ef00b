import type { CaseState } from '../../case/state.ts'
import type { World } from '../../case/decision.ts'
import { later } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { Policy } from '../schema.ts'

/** A moment of a clock that has not been told yet. `fraction` is of the time from start to due; over 1 is after it. */
export type Moment = { readonly fraction: number; readonly at: Instant; readonly breach?: boolean }

export type Clock = {
  readonly clock: string
  readonly stream: CaseId
  /** A clock that starts anew (another embargo end, another patch) has another round. */
  readonly round: number
  readonly start: Instant
  readonly due: Instant
  readonly owner: string
  readonly about: string
  readonly moments: readonly Moment[]
}

/** What a clock may look at. */
export type ClockContext = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: World['release']
}

/** One clock of the process: none while it does not run, several where it runs for each branch. */
export type ClockRule = (context: ClockContext) => readonly Clock[]

/** Who is reminded first: the coordinator, or the team while nobody owns the case. */
export const ownerOf = ({ policy, state }: ClockContext): string =>
  policy.people.find((person) => person.id === state.coordinator)?.name ?? 'the team'

/** The moment at a fraction of the way from start to due. */
export const momentAt = (start: Instant, due: Instant, fraction: number): Moment => ({
  fraction,
  at: later(start, (due - start) * fraction),
})
