import type { Context, Gate } from '../gates/gate.ts'
import type { PersonVerb, RequestOf, TwoPersonVerb } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import type { SampleView } from './sample-view.ts'

/**
 * One request that people make, with its rules and its decision. Its type, and who may make it, are declared beside the
 * events of its group.
 */
export type RequestDefinition<V extends PersonVerb> = {
  readonly verb: V
  /** In the order in which they are asked. */
  readonly gates: readonly Gate[]
  /** What it appends when all gates let it pass. */
  readonly decide: (context: Context<RequestOf<V>>) => Decision
  /** For the exploration: the inputs that rules can tell apart in this state. */
  readonly inputs: (view: SampleView) => readonly RequestOf<V>[]
} & (V extends TwoPersonVerb ? { readonly twoPeople: TwoPersonRule<RequestOf<V>> } : { readonly twoPeople?: never })

/** Adding one adds its file, and a line in `requests.ts`, or in `two-person-requests.ts` where it takes two people. */
export const defineRequest = <const V extends PersonVerb>(definition: RequestDefinition<V>): RequestDefinition<V> =>
  definition
