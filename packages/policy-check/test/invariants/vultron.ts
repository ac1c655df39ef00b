import type { CsState, EmState, RmState } from '@embargo/core'

type EmMove = 'propose' | 'accept' | 'reject' | 'exit'

/**
 * The transitions that CERT/CC's Vultron protocol allows for case state, report management and embargo management. They
 * are copied from the published protocol, not from our rules.
 */

export type Letter = 'V' | 'F' | 'D' | 'P' | 'X' | 'A'

export const lettersOf = (cs: CsState): ReadonlySet<Letter> =>
  new Set(
    (
      [
        ['V', cs.vendorAware],
        ['F', cs.fixReady],
        ['D', cs.fixDeployed],
        ['P', cs.public],
        ['X', cs.exploit],
        ['A', cs.attacks],
      ] as const
    ).flatMap(([letter, at]) => (at === undefined ? [] : [letter])),
  )

/**
 * The letter that must be true before another letter can become true. A fix needs a vendor who is aware, and a
 * deployment needs a fix.
 */
const AFTER: Readonly<Partial<Record<Letter, Letter>>> = { F: 'V', D: 'F' }

/**
 * Whether the fact with this `letter` may become true next, if the facts in `before` are true. If an exploit is public
 * (X) but the vulnerability does not count as public yet (P), only P may follow.
 */
export function mayComeTrue(letter: Letter, before: ReadonlySet<Letter>): boolean {
  if (before.has(letter)) return false
  if (before.has('X') && !before.has('P')) return letter === 'P'
  // P means that the vulnerability is public, and V that the vendor is aware of it. If P is true but V is not, only V
  // may follow.
  if (before.has('P') && !before.has('V')) return letter === 'V'
  const needs = AFTER[letter]
  return needs === undefined || before.has(needs)
}

/** Whether some history leads to these letters. */
export const isState = (letters: ReadonlySet<Letter>): boolean =>
  (!letters.has('F') || letters.has('V')) && (!letters.has('D') || letters.has('F'))

export const RM: Readonly<Record<RmState, readonly RmState[]>> = {
  received: ['valid', 'invalid'],
  valid: ['invalid', 'accepted', 'deferred'],
  invalid: ['valid', 'closed'],
  deferred: ['accepted', 'closed'],
  accepted: ['deferred', 'closed'],
  closed: [],
}

/** The transitions of embargo management by their names. `exit` is the protocol's `terminate`. */
export const EM_MOVES: Readonly<Record<EmState['is'], Readonly<Partial<Record<EmMove, EmState['is']>>>>> = {
  none: { propose: 'proposed' },
  proposed: { propose: 'proposed', accept: 'active', reject: 'none' },
  active: { propose: 'revise', exit: 'exited' },
  revise: { propose: 'revise', accept: 'active', reject: 'active', exit: 'exited' },
  exited: {},
}

export const EM: Readonly<Record<EmState['is'], readonly EmState['is'][]>> = {
  none: ['proposed'],
  proposed: ['proposed', 'active', 'none'],
  active: ['revise', 'exited'],
  revise: ['revise', 'active', 'exited'],
  exited: [],
}
