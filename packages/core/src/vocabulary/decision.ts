import type { CaseState } from '../state/state.ts'
import type { PeopleState } from '../state/people/people-state.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { Event } from '../events/recorded.ts'
import type { CaseId, StreamId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { GateId, WaivableGate } from '../shared/gate-id.ts'

export type State = CaseState | PeopleState | ReleaseState

/** The folded states of the streams that a command touches. */
export type World = {
  readonly case?: CaseState
  readonly release?: ReleaseState
  readonly others: ReadonlyMap<StreamId, State>
  /** The missing setting without which no mail can leave. Without a relay nothing begins that tells people outside. */
  readonly relayMissing?: string
}

export type Facts = Readonly<Record<string, string | number | boolean>>

/** Who or what can lift a refusal, and how: a sentence for people, and a verb if the reader could run it. */
export type Lift = {
  readonly who: string
  readonly how: string
  readonly verb?: string
  /** What follows, in this order, before the refused command is open. `how` says it too. */
  readonly then?: readonly Lift[]
  /** The rule that is waived, if it is not the one that refuses. */
  readonly waives?: WaivableGate
  /** Until then the command is refused too. */
  readonly from?: Instant
  /** An alternative: after it, the command is refused as before. */
  readonly instead?: true
  /** It is done in this same command, even if the rule is about another case of the release. */
  readonly here?: true
  /** It is done in another case than the one in question. */
  readonly of?: CaseId
}

/** A gate said no. A value, never an exception: nothing was changed. `because` is one sentence for the caller. */
export type Refusal = {
  readonly gate: GateId
  readonly because: string
  readonly facts: Facts
  readonly liftedBy: readonly Lift[]
}

export type Append = { readonly stream: StreamId; readonly events: readonly Event[] }

export type Decision =
  | { readonly ok: true; readonly appends: readonly Append[]; readonly note?: string }
  /** It is so already, or there is nothing of the kind: nothing changes, and the note says why. */
  | { readonly ok: true; readonly nothingToDo: true; readonly appends: readonly []; readonly note: string }
  | { readonly ok: false; readonly refusal: Refusal }
