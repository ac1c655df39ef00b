import type { CaseState, Signal } from '../../state/state.ts'
import { endedEarly, failedSecrecy, isSecretAgain } from '../../state/embargo/terms.ts'
import { embargoInForce } from '../../state/embargo/evolve.ts'
import type { Instant } from '../../shared/instant.ts'
import type { ExitReason } from '../../shared/words.ts'
import { counted, secrecyFailed } from '../../state/world/signals.ts'
import type { PrenotifiedRecipient } from '../../state/release/state.ts'

type Recipient = Pick<PrenotifiedRecipient, 'list' | 'recipient' | 'sentAt'>

/**
 * Whether a recipient was told of one of the leaks `ids`, or of a leak that overlaps with one of them in time.
 * Recipients are told of a leak when it begins to count, but only those who have the patches by then and are not
 * suspected of a leak.
 */
function wasToldOfLeak({ signals }: Pick<CaseState, 'signals'>, ids: readonly string[], one: Recipient): boolean {
  const leaks = signals.filter(isLeak)
  const since = earliest(leaks.filter(({ id }) => ids.includes(id)))
  return since !== undefined && besideOf(leaks, since).some(({ countedAt }) => isInformed(signals, one, countedAt))
}

/**
 * Whether a recipient was told that the vulnerability is no longer secret. Recipients are told at the end of the
 * embargo, if the embargo ended because secrecy had failed. They are also told when a signal makes the vulnerability
 * public after the end of the embargo. But nobody is told because of such a signal if another signal counts at that
 * time and is itself a reason to tell people.
 */
export function wasToldOfEnd({ em, signals }: Pick<CaseState, 'em' | 'signals'>, one: Recipient): boolean {
  if (em.is !== 'exited') return false
  const { at: ended, reason } = em
  const later = signals.flatMap(({ id, publicAt }) => {
    if (publicAt === undefined || publicAt <= ended) return []
    const known = signals.some(
      (other) => other.id !== id && isAnnounced(other, reason) && countedAfter(other, publicAt),
    )
    return known ? [] : [publicAt]
  })
  return [...(failedSecrecy(reason) ? [ended] : []), ...later].some((at) => isInformed(signals, one, at))
}

type Leak = Signal & { readonly countedAt: Instant }

const isLeak = (signal: Signal): signal is Leak => signal.what === 'leak' && signal.countedAt !== undefined

const earliest = (leaks: readonly Leak[]): Instant | undefined =>
  leaks.map(({ countedAt }) => countedAt).toSorted((a, b) => a - b)[0]

/**
 * The leaks about which one letter says that there was no leak. These are the leaks that still counted at `since`, and
 * the leaks that began to count later. Leaks that overlap with one of these in time, directly or through other leaks,
 * are included too.
 */
function besideOf(leaks: readonly Leak[], since: Instant): readonly Leak[] {
  const some = leaks.filter(({ correctedAt }) => correctedAt === undefined || correctedAt >= since)
  const first = earliest(some)
  return first !== undefined && first < since ? besideOf(leaks, first) : some
}

/** Whether a recipient had the patches at this time and was not suspected of a leak. */
const isInformed = (signals: readonly Signal[], one: Recipient, at: Instant): boolean =>
  one.sentAt !== undefined && one.sentAt <= at && !signals.some((signal) => suspects(signal, one, at))

/**
 * Whether this signal is a leak that counted at this time and of which the recipient was suspected. A leak counts until
 * its correction, including the instant of the correction.
 */
function suspects(signal: Signal, { list, recipient }: Recipient, at: Instant): boolean {
  const { what, suspect, countedAt, correctedAt } = signal
  if (what !== 'leak' || suspect?.kind !== 'recipient' || countedAt === undefined || countedAt > at) return false
  return suspect.list === list && suspect.recipient === recipient && (correctedAt === undefined || correctedAt >= at)
}

/**
 * Whether a signal of this kind is a reason to tell people that the vulnerability is no longer secret. This also
 * depends on why the embargo ended.
 */
const isAnnounced = ({ what }: Signal, reason: ExitReason): boolean =>
  what === 'public' || what === 'exploit' || (reason !== 'expired' && (what === 'attack' || reason === 'leak'))

const countedAfter = ({ countedAt, correctedAt }: Signal, at: Instant): boolean =>
  countedAt !== undefined && countedAt <= at && (correctedAt === undefined || correctedAt > at)

/**
 * Whether recipients must still keep the vulnerability secret after a leak proved false. They must if no other leak
 * counts, nothing is public, and the embargo did not end early.
 */
const isKeptStill = (state: CaseState): boolean =>
  counted(state, 'leak').length === 0 &&
  state.cs.public === undefined &&
  (embargoInForce(state.em) || (!endedEarly(state) && !secrecyFailed(state)))

/**
 * Whether a recipient gets the letter that says that these leaks were false alarms. If the correction makes the
 * vulnerability secret again, a recipient who was told that it is no longer secret gets the letter `secrecy-corrected`
 * instead.
 */
export const getsNoLeakLetter = (
  before: CaseState,
  state: CaseState,
  ids: readonly string[],
  one: Recipient,
): boolean =>
  isKeptStill(state) && wasToldOfLeak(state, ids, one) && !(isSecretAgain(before, state) && wasToldOfEnd(state, one))
