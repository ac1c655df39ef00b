import type { CaseState } from '../state/state.ts'
import type { PeopleState } from '../state/people/people-state.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { Event } from '../events/recorded-event.ts'
import type { ApprovalId, CaseId, StreamId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { GateId, WaivableGate } from '../shared/gate-id.ts'

export type State = CaseState | PeopleState | ReleaseState

/** The states of the streams that a command touches. Each state is computed from the events of its stream. */
export type World = {
  readonly case?: CaseState
  readonly release?: ReleaseState
  readonly others: ReadonlyMap<StreamId, State>
  /**
   * The name of the setting that is missing, if no relay for outgoing mail is configured. A command that would be the
   * first to tell anybody outside the team about the case is then refused.
   */
  readonly relayMissing?: string
  /** Problems that the engine found in the texts and documents that would be sent. */
  readonly findings?: readonly ContentFinding[]
}

/**
 * A problem in a text or a document that would be sent: where it is ("The announcement") and what is wrong ("It lacks
 * 4.2.8.").
 */
export type ContentFinding = {
  /** The case that the text is about; if there are several, the first of them. */
  readonly case: CaseId
  readonly where: string
  readonly because: string
  /** Set if a fact of the case is wrong, and not only the text that was made from the fact. */
  readonly fact?: WrongFact
}

/** What is wrong: a branch's affected versions include a fixed version, or the severity contradicts the CVSS vector. */
export type WrongFact = { readonly is: 'versions'; readonly branch: string } | { readonly is: 'severity' }

export type Facts = Readonly<Record<string, string | number | boolean>>

/** Who or what can lift a refusal, and how. `verb`: the command to run, if there is one. */
export type Lift = {
  readonly who: string
  readonly how: string
  readonly verb?: string
  /** The further steps, in order, that must be taken before the refused command is allowed. `how` names them too. */
  readonly then?: readonly Lift[]
  /** The rule to waive, if it is not the rule that refused. */
  readonly waives?: WaivableGate
  /** The approval request that `verb` answers. Several may be open at the same time. */
  readonly approval?: ApprovalId
  /** Before this instant, the command that lifts the refusal would be refused too. */
  readonly from?: Instant
  /** Set if the command is an alternative: the refused command stays refused. */
  readonly instead?: true
  /**
   * Set if people lift the refusal in the same case in which the command was refused, even if the refusal is about
   * another case of the same release.
   */
  readonly here?: true
  /** The case in which the refusal is lifted, if it is not the case of the refused command. */
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
   * The command changes nothing. `note` says why: what it asks for is done already, or what it names does not exist.
   */
  | { readonly ok: true; readonly nothingToDo: true; readonly appends: readonly []; readonly note: string }
  | { readonly ok: false; readonly refusal: Refusal }
