import type { Context, Gate } from '../gates/gate.ts'
import type { PersonVerb, RequestOf, ShownCommand } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import type { SampleView } from './sample-view.ts'

/**
 * A request that people make, with its rules and its decision. Its type, and the roles that may make it, are declared
 * beside the events of its group.
 */
export type RequestDefinition<V extends PersonVerb> = {
  readonly verb: V
  /**
   * Set if the rules of this request look at the finished texts and documents. `sent`: the request also sends or
   * publishes them, with their ranges of versions.
   */
  readonly content?: 'checked' | 'sent'
  /** The gates, in the order in which they are checked. */
  readonly gates: readonly Gate[]
  /** The decision, once all gates have passed. */
  readonly decide: (context: Context<RequestOf<V>>) => Decision
  /** Sample inputs for the exploration: one for each difference that the rules make in this state. */
  readonly inputs: (view: SampleView) => readonly RequestOf<V>[]
} & (V extends ShownCommand['verb']
  ? { readonly twoPeople: TwoPersonRule<RequestOf<V>> }
  : { readonly twoPeople?: never })

/**
 * A new request has its own file and a line in `requests.ts` or, if it takes two people, in `two-person-requests.ts`.
 */
export const defineRequest = <const V extends PersonVerb>(definition: RequestDefinition<V>): RequestDefinition<V> =>
  definition
