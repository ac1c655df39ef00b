import type { Transition, Step } from './transitions.ts'
import type { ModelState } from './state.ts'
import { advance, wait } from './step.ts'
import type { Setup } from './step.ts'

/**
 * The search for an end stops after this many states. From most states, it finds an end after visiting a few dozen
 * states.
 */
const MAX_STATES = 1500

type Continuation = {
  /** Whether a transition is tried at all. */
  readonly tries: (transition: Transition) => boolean
  /** Whether the state after a transition is explored further. */
  readonly follows: (step: Step, after: ModelState) => boolean
  /** Whether it is already known that a path leads from the state with this key to the end. */
  readonly isKnown: (key: string) => boolean
}

/**
 * Whether somebody can bring the case to its end from this state if time goes on. An exploration that stops at an
 * instant runs this search from its last states. The search checks no invariants.
 */
export function canStillEnd(setup: Setup, from: ModelState, { tries, follows, isKnown }: Continuation): boolean {
  const { model } = setup
  const seen = new Set([model.key(from)])
  const waiting = [from]
  for (const current of waiting) {
    if (seen.size > MAX_STATES) return false
    const key = model.key(current)
    const led = model.transitions(current).flatMap((transition) => {
      if (!tries(transition)) return []
      const after = advance(setup, current, transition, () => undefined)
      return after !== undefined && transition.every((step) => follows(step, after)) ? [after] : []
    })
    const waited = wait(setup, current, key)
    for (const next of waited === undefined ? led : [...led, waited]) {
      const reached = model.key(next)
      if (model.over(next) || isKnown(reached)) return true
      if (seen.has(reached)) continue
      seen.add(reached)
      waiting.push(next)
    }
  }
  return false
}
