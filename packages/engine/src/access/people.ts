import { PEOPLE, currentPeople } from '@embargo/core'
import type { PeopleState, Policy, PolicyInForce } from '@embargo/core'
import type { States } from '../projections/states.ts'

export type People = {
  /** The policy from the file, but with the people's current accounts and roles. Its hash is the hash of the file. */
  readonly policy: PolicyInForce
  readonly state: PeopleState | undefined
  /**
   * Applies the events about people that any process has written since the last call. Returns true if they changed
   * anybody.
   */
  refresh(): Promise<boolean>
  /** Calls the listener after each change of people. Returns a function that unsubscribes. */
  onChange(listener: (before: Policy, after: Policy) => void): () => void
}

/**
 * Keeps the people in memory, because every request from a platform begins with a look-up of the account that sent it.
 */
export function createPeople(written: PolicyInForce, states: States): People {
  let state: PeopleState | undefined
  let policy = written
  const listeners = new Set<(before: Policy, after: Policy) => void>()
  return {
    get policy() {
      return policy
    },
    get state() {
      return state
    },
    async refresh() {
      const loaded = (await states.load(PEOPLE)).state
      if (loaded?.kind !== 'people' || loaded === state) return false
      const before = state
      state = loaded
      if (hasSamePeople(before, loaded)) return false
      const was = policy.policy
      policy = { ...written, policy: currentPeople(written.policy, loaded) }
      for (const listener of listeners) listener(was, policy.policy)
      return true
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/**
 * Whether the policy and the look-up tables built from it can be kept. Absences are not compared, because they change
 * nobody's identity.
 */
function hasSamePeople(one: PeopleState | undefined, other: PeopleState): boolean {
  const parts = ['links', 'members', 'unlinked', 'apart', 'lockouts'] as const
  return one === undefined
    ? parts.every((part) => Object.keys(other[part]).length === 0)
    : parts.every((part) => one[part] === other[part])
}
