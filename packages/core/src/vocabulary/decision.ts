import type { CaseState } from '../state/state.ts'
import type { PeopleState } from '../state/people/people-state.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { Event } from '../events/recorded-event.ts'
import type { CaseId, StreamId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { GateId, WaivableGate } from '../shared/gate-id.ts'

export type State = CaseState | PeopleState | ReleaseState

/** The folded states of the streams that a command touches. */
export type World = {
  readonly case?: CaseState
  readonly release?: ReleaseState
  readonly others: ReadonlyMap<StreamId, State>
  /**
   * The name of the missing setting, if no relay for outgoing mail is configured. A command is then refused if it would
   * be the first to tell anybody outside the team about the case.
   */
  readonly relayMissing?: string
  /** What is wrong with the texts and documents that would leave, beyond what the facts of the case show. */
  readonly findings?: readonly ContentFinding[]
}

/** What is wrong with a text or a document that would leave: "The announcement", "It lacks 4.2.8." */
export type ContentFinding = {
  /** The case that the text is about; if there are several, the first of them. */
  readonly case: CaseId
  readonly where: string
  readonly because: string
}

export type Facts = Readonly<Record<string, string | number | boolean>>

/** Who or what can lift a refusal, and how: a sentence for people, and a verb if the reader could run it. */
export type Lift = {
  readonly who: string
  readonly how: string
  readonly verb?: string
  /** The steps that must follow, in this order, before the refused command is allowed. `how` names them too. */
  readonly then?: readonly Lift[]
  /** The rule that is waived, if it is not the one that refuses. */
  readonly waives?: WaivableGate
  /** Until this instant the command that lifts it is refused too. */
  readonly from?: Instant
  /** An alternative to the command, which remains refused. */
  readonly instead?: true
  /**
   * People lift the refusal in the case of the refused command, even if the rule is about another case of the release.
   */
  readonly here?: true
  /** The case in which people lift the refusal, if it is another case than that of the refused command. */
  readonly of?: CaseId
}

/** A gate's refusal: a value, never an exception. Nothing was changed. `because` is a sentence for the caller. */
export type Refusal = {
  readonly gate: GateId
  readonly because: string
  readonly facts: Facts
  readonly liftedBy: readonly Lift[]
}

export type Append = { readonly stream: StreamId; readonly events: readonly Event[] }

export type Decision =
  | { readonly ok: true; readonly appends: readonly Append[]; readonly note?: string }
  /**
   * Nothing changes, because what the command asks for is done already, or what it names does not exist. `note` says
   * which.
   */
  | { readonly ok: true; readonly nothingToDo: true; readonly appends: readonly []; readonly note: string }
  | { readonly ok: false; readonly refusal: Refusal }
