import { sistersOf } from '../state/release/cases-of.ts'
import { going } from './publishable.ts'
import { ask } from './waivers/ask.ts'
import { asSeenBy, ofAnother } from './for-each-case.ts'
import { asksLike } from './gate.ts'
import type { Gate } from './gate.ts'

/** A case that is not ready is dropped on the day, so it holds nobody up while another one goes. */
export function unlessAnotherGoes(gate: Gate): Gate {
  return asksLike(gate, (context) => {
    const refusal = gate(context)
    if (refusal === undefined || sistersOf(context).length === 0) return refusal
    return going(context).goes.length > 0 ? undefined : refusal
  })
}

/** Asked of each case that goes. */
export function ofEachThatGoes(gate: Gate): Gate {
  return asksLike(gate, (context) => {
    if (sistersOf(context).length === 0) return gate(context)
    for (const one of going(context).goes) {
      if (one.id === context.state.id) {
        const own = gate(context)
        if (own !== undefined) return own
        continue
      }
      const refusal = ask(gate, asSeenBy(context, one))
      if (refusal !== undefined) return ofAnother(refusal, one)
    }
    return undefined
  })
}
