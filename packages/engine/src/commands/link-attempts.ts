import { CODE_LIVES_MINUTES, keyOf, later, MINUTE } from '@embargo/core'
import type { Account, Instant } from '@embargo/core'

/** Wrong codes of one account while one code lives: a thousand accounts together guess one of 2⁴⁰ with 2⁻²⁷. */
const MOST_OF_ONE = 5
/** Accounts that type one code in vain: it lies where others read it, and its person asks for another one. */
const MOST_OF_A_CODE = 5
/** Strangers are many: the oldest tries are forgotten first. */
const REMEMBERED_MAX = 10_000

/** An account that types a code. The code is known by its mark. */
export type LinkAttempt = { readonly account: Account; readonly mark: string }

export type LinkAttempts = {
  /** What was tried too often, if anything. What others try locks nobody out. */
  exceeded(attempt: LinkAttempt, at: Instant): 'account' | 'code' | undefined
  record(attempt: LinkAttempt, at: Instant): void
}

/** Counts wrong codes in memory: a restart forgets them, and takes longer than what it would win. */
export function createLinkAttempts(): LinkAttempts {
  let wrong: readonly { readonly key: string; readonly mark: string; readonly at: Instant }[] = []
  const recent = (at: Instant): typeof wrong => {
    wrong = wrong.filter((one) => later(one.at, CODE_LIVES_MINUTES * MINUTE) > at)
    return wrong
  }
  return {
    exceeded({ account, mark }, at) {
      const all = recent(at)
      if (all.filter(({ key }) => key === keyOf(account)).length >= MOST_OF_ONE) return 'account'
      return all.filter((one) => one.mark === mark).length >= MOST_OF_A_CODE ? 'code' : undefined
    },
    record({ account, mark }, at) {
      wrong = [...recent(at), { key: keyOf(account), mark, at }].slice(-REMEMBERED_MAX)
    },
  }
}
