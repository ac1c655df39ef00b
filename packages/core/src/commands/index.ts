import type { PersonRequest, PersonVerb, RequestOf } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { PERSON_VERBS } from '../policy/roles.ts'
import { byVerb } from './by-verb.ts'
import type { RequestDefinition } from './define-request.ts'
import * as requests from './requests.ts'
import type { SampleView } from './sample-view.ts'

/** Every request of people by its verb. A verb without a definition does not compile. */
const REQUESTS: { readonly [V in PersonVerb]: RequestDefinition<V> } = byVerb(Object.values(requests))

export const gatesOf = (verb: PersonVerb): readonly Gate[] => REQUESTS[verb].gates

/** Whether a request checks or sends the finished texts and documents of its case; undefined if it does neither. */
export const contentUse = (verb: PersonVerb): RequestDefinition<PersonVerb>['content'] => REQUESTS[verb].content

/** Makes the command's own decision, after its gates have passed. */
export function decideForPerson(context: Context): Decision {
  return run(context.request.verb, context)
}

// The table maps each verb to the definition of its own request. TypeScript does not know this when it indexes the
// table, so the context is cast.
function run<V extends PersonVerb>(verb: V, context: Context): Decision {
  return REQUESTS[verb].decide(context as Context<RequestOf<V>>)
}

/** Sample inputs of one request: one for each outcome that the rules distinguish in a state. */
export const sampleInputs = (verb: PersonVerb, view: SampleView): readonly PersonRequest[] =>
  REQUESTS[verb].inputs(view)

/** Every request that `packages/policy-check` tries in a state. */
export const sampleRequests = (view: SampleView): readonly PersonRequest[] =>
  PERSON_VERBS.flatMap((verb) => sampleInputs(verb, view))
