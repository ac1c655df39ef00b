import type { CaseState, Signal } from '../case/state.ts'
import { endedEarly } from '../embargo/terms.ts'
import { embargoInForce } from '../embargo/evolve.ts'
import type { Instant } from '../shared/instant.ts'
import { counted, secrecyFailed } from '../world/signals.ts'
import type { Prenotified } from './state.ts'

type Recipient = Pick<Prenotified, 'list' | 'recipient' | 'sentAt'>

/**
 * Whether a recipient was told that details may have got out, when one of these signals came to count: they held the
 * patches by then, and nobody suspected them.
 */
export function wasToldOfLeak(
  { signals }: Pick<CaseState, 'signals'>,
  ids: readonly string[],
  one: Recipient,
): boolean {
  // Those that are wrong now counted until now.
  const before = signals.map((signal) => (ids.includes(signal.id) ? counting(signal) : signal))
  return before.some(({ id, what, countedAt }) => {
    if (what !== 'leak' || countedAt === undefined || !ids.includes(id)) return false
    const held = one.sentAt !== undefined && one.sentAt <= countedAt
    return held && !before.some((other) => suspects(other, one, countedAt))
  })
}

const counting = ({ correctedAt: _wrong, ...signal }: Signal): Signal => signal

/** Whether a leak counted at this time that may have come through them. */
function suspects(signal: Signal, { list, recipient }: Recipient, at: Instant): boolean {
  const { what, suspect, countedAt, correctedAt } = signal
  if (what !== 'leak' || suspect?.kind !== 'recipient' || countedAt === undefined || countedAt > at) return false
  return suspect.list === list && suspect.recipient === recipient && (correctedAt === undefined || correctedAt > at)
}

/** A leak that was none leaves a secret behind: no other leak counts, and nothing else has told its keepers meanwhile that it is over. */
export const isKeptStill = (state: CaseState): boolean =>
  counted(state, 'leak').length === 0 &&
  state.cs.public === undefined &&
  (embargoInForce(state.em) || (!endedEarly(state) && !secrecyFailed(state)))
