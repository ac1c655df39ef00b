import { siblingCases } from '../state/release/release-cases.ts'
import { ask } from './waivers/ask.ts'
import type { Context, Gate } from './gate.ts'
import { contextOfCase, refusalOfCase } from './other-case.ts'

/** A command that acts on the whole release asks a gate of the case at hand, then of each other case that it carries. */
export const forEachCase = (gate: Gate): readonly Gate[] => [gate, forOtherCases(gate)]

/** Asks a gate of the other cases alone, for commands that ask it of their own case at another place in their order. */
export const forOtherCases = (gate: Gate): Gate => ({
  id: gate.id,
  otherCases: true,
  check: (context) => {
    for (const other of siblingCases(context)) {
      // Each case has its own waivers.
      const refusal = ask(gate, contextOfCase(context, other))
      if (refusal !== undefined) return refusalOfCase(refusal, other)
    }
    return undefined
  },
})

/** A gate that is asked only under a condition, about the same cases. */
export const onlyIf = (condition: (context: Context) => boolean, gate: Gate): Gate => ({
  id: gate.id,
  ...(gate.otherCases === undefined ? {} : { otherCases: gate.otherCases }),
  check: (context) => (condition(context) ? gate.check(context) : undefined),
})
