import { sistersOf } from '../state/release/cases-of.ts'
import { publishableCases } from './publishable.ts'
import { ask } from './waivers/ask.ts'
import { contextOfCase, refusalOfCase } from './other-case.ts'
import { asksLike } from './gate.ts'
import type { Gate } from './gate.ts'

/** A case that is not ready is dropped on the day, so it holds nobody up while another one goes. */
export function atLeastOneCasePublishable(gate: Gate): Gate {
  return asksLike(gate, (context) => {
    const refusal = gate(context)
    if (refusal === undefined || sistersOf(context).length === 0) return refusal
    return publishableCases(context).goes.length > 0 ? undefined : refusal
  })
}

/** Asked of each case that goes. */
export function forEachPublishableCase(gate: Gate): Gate {
  return asksLike(gate, (context) => {
    if (sistersOf(context).length === 0) return gate(context)
    for (const one of publishableCases(context).goes) {
      if (one.id === context.state.id) {
        const own = gate(context)
        if (own !== undefined) return own
        continue
      }
      const refusal = ask(gate, contextOfCase(context, one))
      if (refusal !== undefined) return refusalOfCase(refusal, one)
    }
    return undefined
  })
}
