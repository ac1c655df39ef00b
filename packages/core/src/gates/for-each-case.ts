import { siblingCases } from '../state/release/release-cases.ts'
import { ask } from './waivers/ask.ts'
import type { Context, Gate } from './gate.ts'
import { contextOfCase, refusalOfCase } from './other-case.ts'

/**
 * For a command that acts on the whole release: checks the gate for the case at hand, then for each other case of the
 * release.
 */
export const forEachCase = (gate: Gate): readonly Gate[] => [gate, forOtherCases(gate)]

/**
 * Checks the gate only for the other cases of the release. A command that uses this checks its own case separately,
 * with another entry in its list of gates or with the gates that are common to all commands.
 */
export const forOtherCases = (gate: Gate): Gate => ({
  id: gate.id,
  otherCases: true,
  check: (context) => {
    for (const other of siblingCases(context)) {
      // Checks the gate with the waivers of the other case.
      const refusal = ask(gate, contextOfCase(context, other))
      if (refusal !== undefined) return refusalOfCase(refusal, other)
    }
    return undefined
  },
})

/** The same gate, but checked only if the condition holds. */
export const onlyIf = (condition: (context: Context) => boolean, gate: Gate): Gate => ({
  id: gate.id,
  ...(gate.otherCases === undefined ? {} : { otherCases: gate.otherCases }),
  check: (context) => (condition(context) ? gate.check(context) : undefined),
})
