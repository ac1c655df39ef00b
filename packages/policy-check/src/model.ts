import type { Scenario } from './scenario.ts'
import { keepsKey, stateKey } from './state-key/state-key.ts'
import { nextInstants } from './deadlines.ts'
import { transitionsAt } from './transitions.ts'
import type { Transition } from './transitions.ts'
import { initialState, worldAt } from './state.ts'
import type { ModelState } from './state.ts'
import type { Rules } from './rules.ts'
import { normalise } from './normalise.ts'
import type { Instant } from '@embargo/core'

/** A model: the first state, the transitions of each state, and which states count as the same. */
export type Model = {
  readonly start: ModelState
  readonly transitions: (current: ModelState) => readonly Transition[]
  /** Two states with the same key count as the same state. */
  readonly key: (current: ModelState) => string
  /** Whether two states certainly have the same key; used if that is faster than computing the keys. */
  readonly sameKey: (before: ModelState, after: ModelState) => boolean
  /** Whether the case has ended. From every state, a path must lead to a state in which the case has ended. */
  readonly over: (current: ModelState) => boolean
  /** Removes what no rule reads. */
  readonly normalise: (current: ModelState) => ModelState
  /** The future instants at which something happens, in order. Waiting goes through them until the key changes. */
  readonly instants: (current: ModelState) => readonly Instant[]
}

/** The model of one case, from its report on. */
export const caseModel = (rules: Rules, scenario: Scenario): Model => ({
  start: initialState(scenario.start),
  transitions: (current) => transitionsAt(rules, scenario, current),
  key: (current) => stateKey(scenario, current),
  sameKey: keepsKey,
  over: (current) => worldAt(current).case?.rm === 'closed',
  normalise: (current) => normalise(scenario, current),
  instants: (current) => nextInstants(rules, scenario, current),
})
