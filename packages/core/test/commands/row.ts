import type {
  Event,
  Facts,
  GateId,
  LetterName,
  PersonId,
  PersonRequest,
  PersonVerb,
  TwoPersonVerb,
} from '../../src/index.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

export type RequestOf<V extends PersonVerb> = Extract<PersonRequest, { verb: V }>

type Types = readonly Event['type'][]

/**
 * Why a command is refused. `ByRule`: a rule and its facts; `gates.test.ts` checks the rule's sentence. `BySentence`: a
 * sentence that only this command uses. Its rule is `makes-sense`, unless the row names another.
 */
export type RefusalReason = ByRule | BySentence
type ByRule = { readonly gate: GateId; readonly facts?: Facts }
type BySentence = { readonly gate?: GateId; readonly because: string }

/** The result of a request that was already made before. */
export type Outcome =
  /** Nothing happens, and the requester is told why. */
  | { readonly nothing: string }
  | RefusalReason
  /**
   * The command has the same effect a second time. `why`: the reason that this is right. `letters`: the letters that
   * somebody then gets twice.
   */
  | { readonly events: Types; readonly why: string; readonly letters?: readonly LetterName[] }

/** A state, and the command that is tried in it. If a field is left out, the row's field applies. */
export type Line<V extends PersonVerb> = {
  readonly given?: () => MultiCaseScenario
  readonly asks?: (scenario: MultiCaseScenario) => RequestOf<V>
  readonly by?: PersonId
}

/** One line of the table of refusals. `when` describes the situation, if the refusal's sentence does not. */
export type RefusalRow<V extends PersonVerb> = Line<V> &
  ((ByRule & { readonly when: string }) | (BySentence & { readonly when?: string }))

/** A state in which the command is done already, or has nothing to do, and the note that says so. */
export type NoteRow<V extends PersonVerb> = Line<V> & { readonly when: string; readonly nothing: string }

type Second = {
  /** What both people read before they approve. */
  readonly preview: readonly string[]
  /** The events after the second person's approval. */
  readonly approved: Types
  readonly approver?: PersonId
  /** The outcome if the requester makes the same request again afterwards. */
  readonly afterwards: Outcome
}

/** What a command does, what it does when it is repeated, and everything that it refuses. */
export type Row<V extends PersonVerb> = {
  /** A state in which the command passes. */
  readonly given: () => MultiCaseScenario
  readonly asks: (scenario: MultiCaseScenario) => RequestOf<V>
  /** The requester; Ana if absent. */
  readonly by?: PersonId
  /** The events that the command appends, in order. */
  readonly then: Types
  /** The outcome if the same person makes exactly the same request again, as a new command. */
  readonly again: Outcome
  /**
   * Two people sent the same command at the same time: the outcome for the person whose command is handled second.
   * Absent: the same as `again`.
   */
  readonly atOnce?: Outcome
  /** The other person who sends the same command; Ben if absent. */
  readonly second?: PersonId
  /**
   * The other person's request. Absent: the same request as the requester's. A row needs this field if the request is
   * about the person who sends it, or names the number of a new case.
   */
  readonly asksAtOnce?: (scenario: MultiCaseScenario) => RequestOf<V>
  readonly refused: readonly RefusalRow<V>[]
  readonly noted?: readonly NoteRow<V>[]
} & (V extends TwoPersonVerb ? Second : unknown)

/** Another way in which a command is used, and what it then does. */
export type Variant = Pick<Row<'ack'>, 'given' | 'by' | 'then' | 'again' | 'atOnce' | 'second'> & {
  readonly what: string
  readonly asks: (scenario: MultiCaseScenario) => PersonRequest
}
