import { CODE_LIVES_MINUTES, keyOf, later, MINUTE } from '@embargo/core'
import type { Account, Instant } from '@embargo/core'

/** Wrong codes of one account, and of all together, while one code lives: whoever guesses has 2⁻³³ of a chance at most. */
const MOST_OF_ONE = 5
const MOST_OF_ALL = 100

export type Tries = {
  allows(account: Account, at: Instant): boolean
  failed(account: Account, at: Instant): void
}

/** Counts wrong codes in memory: a restart forgets them, and takes longer than what it would win. */
export function createTries(): Tries {
  let wrong: readonly { readonly key: string; readonly at: Instant }[] = []
  const recent = (at: Instant): typeof wrong => {
    wrong = wrong.filter((one) => later(one.at, CODE_LIVES_MINUTES * MINUTE) > at)
    return wrong
  }
  return {
    allows(account, at) {
      const all = recent(at)
      return all.length < MOST_OF_ALL && all.filter(({ key }) => key === keyOf(account)).length < MOST_OF_ONE
    },
    failed(account, at) {
      wrong = [...recent(at), { key: keyOf(account), at }]
    },
  }
}
