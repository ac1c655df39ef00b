import { PEOPLE, peopleNow } from '@embargo/core'
import type { PeopleState, PolicyInForce } from '@embargo/core'
import type { States } from './folding/states.ts'

export type PeopleNow = {
  /** The written policy with the people as they are now. Its hash is that of what is written. */
  readonly policy: PolicyInForce
  readonly state: PeopleState | undefined
  /** Takes in what was said of people since, by this process or another one. True where somebody is another now. */
  refresh(): Promise<boolean>
}

/** Who is who, kept at hand: accounts are looked up for each payload of a platform, where nothing may be read first. */
export function createPeopleNow(written: PolicyInForce, states: States): PeopleNow {
  let state: PeopleState | undefined
  let policy = written
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
      if (isSameFolk(before, loaded)) return false
      policy = { ...written, policy: peopleNow(written.policy, loaded) }
      return true
    },
  }
}

/** Who is away changes nothing of who is who, and a policy that stays the same keeps what was made from it. */
const isSameFolk = (one: PeopleState | undefined, other: PeopleState): boolean =>
  one?.links === other.links &&
  one.members === other.members &&
  one.unlinked === other.unlinked &&
  one.apart === other.apart
