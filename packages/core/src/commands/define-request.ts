import type { Context, Gate } from '../gates/gate.ts'
import type { PersonVerb, RequestOf, ShownCommand } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import type { SampleView } from './sample-view.ts'

/**
 * The rules and the decision of a request that people make. The type of the request, and the roles that may make it,
 * are declared in `events/`.
 */
export type RequestDefinition<V extends PersonVerb> = {
  readonly verb: V
  /**
   * Set if the rules of this request check the finished texts and documents. `sent` means that the request also sends
   * or publishes them. Those who approve such a request are warned if a version range of the case names a version that
   * does not exist.
   */
  readonly content?: 'checked' | 'sent'
  /** The gates, in the order in which they are checked. */
  readonly gates: readonly Gate[]
  /** The decision, once all gates have passed. */
  readonly decide: (context: Context<RequestOf<V>>) => Decision
  /** Sample inputs for `packages/policy-check`: one for each outcome that the rules distinguish in this state. */
  readonly inputs: (view: SampleView) => readonly RequestOf<V>[]
} & (V extends ShownCommand['verb']
  ? { readonly twoPeople: TwoPersonRule<RequestOf<V>> }
  : { readonly twoPeople?: never })

/**
 * A new request has its own file and a line in `requests.ts` or, if it takes two people, in `two-person-requests.ts`.
 */
export const defineRequest = <const V extends PersonVerb>(definition: RequestDefinition<V>): RequestDefinition<V> =>
  definition
