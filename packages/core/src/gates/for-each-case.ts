import { sistersOf } from '../state/release/cases-of.ts'
import { ask } from './waivers/ask.ts'
import { asksLike } from './gate.ts'
import type { Context, Gate } from './gate.ts'
import { contextOfCase, refusalOfCase } from './other-case.ts'

const OF_OTHERS = new WeakSet<Gate>()

/** A command that acts on the whole release asks a rule of the case at hand, then of each other case that it carries. */
export const forEachCase = (gate: Gate): readonly Gate[] => [gate, forOtherCases(gate)]

/** Whether a gate is only about the other cases of a release, of which there are none where a case goes alone. */
export const isForOtherCases = (gate: Gate): boolean => OF_OTHERS.has(gate)

/** Of the other cases alone, where the order of the rules of the case at hand is another. */
export function forOtherCases(gate: Gate): Gate {
  const asked = asksLike(gate, (context) => {
    for (const other of sistersOf(context)) {
      // What is waived for a case is waived there.
      const refusal = ask(gate, contextOfCase(context, other))
      if (refusal !== undefined) return refusalOfCase(refusal, other)
    }
    return undefined
  })
  OF_OTHERS.add(asked)
  return asked
}

/** A gate that is asked only now and then: it is about the same cases. */
export function onlyIf(when: (context: Context) => boolean, gate: Gate): Gate {
  const asked = asksLike(gate, (context) => (when(context) ? gate(context) : undefined))
  if (isForOtherCases(gate)) OF_OTHERS.add(asked)
  return asked
}
