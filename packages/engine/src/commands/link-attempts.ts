import { CODE_LIVES_MINUTES, keyOf, later, MINUTE } from '@embargo/core'
import type { Account, Instant } from '@embargo/core'

/**
 * How many wrong codes one account may type while a code is valid. With this limit, even a thousand accounts together
 * guess a code only with a probability of about 1 in 200 million.
 */
const MAX_OF_ONE = 5
/**
 * How many attempts with one code may fail, from all accounts together. After so many attempts, people other than the
 * code's owner have surely read the code. The owner must then request another one.
 */
const MAX_CODE_TRIES = 5
/** The most attempts that are remembered. Strangers may make more; the oldest are forgotten first. */
const REMEMBERED_MAX = 10_000

/** An account typed a code. `mark` identifies the code. */
export type LinkAttempt = { readonly account: Account; readonly mark: string }

export type LinkAttempts = {
  /**
   * Which limit is exceeded, if any. `account`: this account typed too many wrong codes. `code`: too many attempts with
   * this code failed, from any accounts. Attempts of other accounts with other codes lock nobody out.
   */
  exceeded(attempt: LinkAttempt, at: Instant): 'account' | 'code' | undefined
  record(attempt: LinkAttempt, at: Instant): void
}

/**
 * Counts wrong codes in memory. A restart forgets them, but an attacker gains only a few more attempts from each
 * restart.
 */
export function createLinkAttempts(): LinkAttempts {
  let wrong: readonly { readonly key: string; readonly mark: string; readonly at: Instant }[] = []
  const recent = (at: Instant): typeof wrong => {
    wrong = wrong.filter((one) => later(one.at, CODE_LIVES_MINUTES * MINUTE) > at)
    return wrong
  }
  return {
    exceeded({ account, mark }, at) {
      const all = recent(at)
      if (all.filter(({ key }) => key === keyOf(account)).length >= MAX_OF_ONE) return 'account'
      return all.filter((one) => one.mark === mark).length >= MAX_CODE_TRIES ? 'code' : undefined
    },
    record({ account, mark }, at) {
      wrong = [...recent(at), { key: keyOf(account), mark, at }].slice(-REMEMBERED_MAX)
    },
  }
}
