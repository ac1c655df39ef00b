import { siblingCases } from '../state/release/release-cases.ts'
import { publishableCases } from './publishable.ts'
import { ask } from './waivers/ask.ts'
import { contextOfCase, refusalOfCase } from './other-case.ts'
import type { Gate } from './gate.ts'

/**
 * In a release with several cases, the gate refuses only if none of them can be published, because a single case that
 * is not ready is dropped on the release day.
 */
export const atLeastOneCasePublishable = (gate: Gate): Gate => ({
  id: gate.id,
  check: (context) => {
    const refusal = gate.check(context)
    if (refusal === undefined || siblingCases(context).length === 0) return refusal
    return publishableCases(context).goes.length > 0 ? undefined : refusal
  },
})

/** Checks the gate for each case that can be published. */
export const forEachPublishableCase = (gate: Gate): Gate => ({
  id: gate.id,
  check: (context) => {
    if (siblingCases(context).length === 0) return gate.check(context)
    for (const one of publishableCases(context).goes) {
      if (one.id === context.state.id) {
        const own = gate.check(context)
        if (own !== undefined) return own
        continue
      }
      const refusal = ask(gate, contextOfCase(context, one))
      if (refusal !== undefined) return refusalOfCase(refusal, one)
    }
    return undefined
  },
})
