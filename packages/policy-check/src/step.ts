import { isoInstant } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Scenario } from './scenario.ts'
import type { Model } from './model.ts'
import { stepInWords } from './transitions.ts'
import type { Transition } from './transitions.ts'
import { worldAt } from './state.ts'
import type { ModelState } from './state.ts'
import type { Rules } from './rules.ts'
import { execute } from './execute.ts'
import type { Execution } from './execute.ts'

/** The model and the rules of an exploration. */
export type Setup = { readonly rules: Rules; readonly scenario: Scenario; readonly model: Model }

/** `wait` passes at most this many deadlines. Without a limit it could go on forever, because reminders repeat. */
const MAX_WAITS = 400

/** The state after a transition; undefined if it changes nothing. */
export function advance(
  { rules, scenario, model }: Setup,
  current: ModelState,
  transition: Transition,
  execution: (execution: Execution) => void,
): ModelState | undefined {
  let at = current
  for (const step of transition) {
    const one = execute(rules, policyOf(scenario, at), at, step)
    execution(one)
    if (one.refusal !== undefined || one.trail.length === 0) break
    at = settlePending(one)
  }
  return at === current ? undefined : model.normalise(at)
}

/** The policy in force: the person who joins late is added to it only after the case is opened. */
const policyOf = ({ policy, late }: Scenario, { states }: ModelState): Policy =>
  late === undefined || states.size > 0 ? policy : { ...policy, people: policy.people.filter((one) => one.id !== late) }

/**
 * Updates the pending mails. A mail is pending until its outcome is known, even while a person must find out what the
 * outcome is. A mail that is sent again is pending again.
 */
function settlePending({ request, after }: Execution): ModelState {
  if (request.verb !== 'record-outcome' && request.verb !== 'settle') return after
  const waits = worldAt(after).release?.parked.some((one) => one.effect === request.effect) === true
  const again = request.verb === 'settle' && request.outcome === 'again'
  const pending = after.pending.flatMap((one) => {
    if (one.effect !== request.effect) return [one]
    return waits || again ? [{ ...one, held: waits }] : []
  })
  return { ...after, pending }
}

/**
 * Lets time pass until any value that a rule reads has changed, and returns the state at that time. Undefined if no
 * such value ever changes.
 */
export function wait({ model }: Setup, current: ModelState, key: string): ModelState | undefined {
  let at = current
  for (let waits = 0; waits < MAX_WAITS; waits += 1) {
    const [next] = model.instants(at)
    if (next === undefined) return undefined
    at = model.normalise({ ...at, now: next })
    if (model.key(at) !== key) return at
  }
  return undefined
}

/**
 * The path to a state: the numbers of the transitions on the path, the last one first. In each state, the possible
 * transitions are numbered from 0. Waiting is not among them, and gets the next number after the last one.
 */
export type Path = { readonly before?: Path; readonly transition: number }

/** A state with its number and one path to it. */
export type Visit = { readonly current: ModelState; readonly index: number; readonly key: string; readonly path?: Path }

/** A path in plain words. To describe it, its transitions are run again from the start. */
export function pathInWords(setup: Setup, path: Path | undefined): readonly string[] {
  const words: string[] = []
  replay(setup, path, (current, transition, next) =>
    words.push(
      transition === undefined
        ? `wait until ${isoInstant(next?.now ?? current.now)}`
        : transition.map(stepInWords).join('; then '),
    ),
  )
  return words
}

/** The state at the end of a path. */
export const stateOnPath = (setup: Setup, path: Path | undefined): ModelState => replay(setup, path, () => undefined)

type StepListener = (before: ModelState, transition: Transition | undefined, after: ModelState | undefined) => void

function replay(setup: Setup, path: Path | undefined, tell: StepListener): ModelState {
  const numbers: number[] = []
  for (let at = path; at !== undefined; at = at.before) numbers.push(at.transition)
  let current = setup.model.start
  for (const number of numbers.toReversed()) {
    const transition = setup.model.transitions(current)[number]
    const next =
      transition === undefined
        ? wait(setup, current, setup.model.key(current))
        : advance(setup, current, transition, () => {})
    tell(current, transition, next)
    current = next ?? current
  }
  return current
}
