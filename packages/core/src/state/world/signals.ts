import type { CaseState, CsState, Signal } from '../state.ts'
import type { Instant } from '../../shared/instant.ts'
import type { SignalKind } from '../../shared/words.ts'

/** The signals that wait for a second person. While there is one, nothing is sent under embargo. */
export const openSignals = ({ signals, approvals }: CaseState): readonly Signal[] =>
  signals.filter(
    (signal) =>
      signal.is === 'raised' && approvals.some(({ id, status }) => id === signal.approval && status === 'open'),
  )

export const frozenBySignal = (state: CaseState): boolean => openSignals(state).length > 0

/** The signals that count: those that were neither corrected nor refused. */
export const counted = ({ signals }: Pick<CaseState, 'signals'>, kind: SignalKind): readonly Signal[] =>
  signals.filter((signal) => signal.is === 'counted' && signal.what === kind)

/** The recipients through whom details may have leaked, according to signals that count. */
export const suspectedRecipients = (
  state: Pick<CaseState, 'signals'>,
): readonly { readonly list: string; readonly recipient: string }[] =>
  counted(state, 'leak').flatMap(({ suspect }) => (suspect?.kind === 'recipient' ? [suspect] : []))

/** Whether secrecy has failed: the vulnerability or an exploit is public, or there are attacks. */
export const secrecyFailed = ({ cs }: Pick<CaseState, 'cs'>): boolean =>
  cs.public !== undefined || cs.exploit !== undefined || cs.attacks !== undefined

const first = (instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.filter((at) => at !== undefined).toSorted((a, b) => a - b)[0]

/** The case as it would be if these signals counted, or if they were wrong. */
export function withSignalsAs(state: CaseState, ids: readonly string[], is: 'counted' | 'corrected'): CaseState {
  const signals = state.signals.map((signal): Signal => (ids.includes(signal.id) ? { ...signal, is } : signal))
  return { ...state, signals, cs: lettersOf({ ...state, signals }) }
}

/**
 * Computes the states P, X and A from our own publication and from the signals that count. So a corrected signal has no
 * effect on these states. A public exploit makes the vulnerability public (P). If another signal also said that the
 * vulnerability is public, and that signal is corrected, the exploit still makes the vulnerability public.
 */
export function lettersOf({ cs, signals, publishedAt }: Pick<CaseState, 'cs' | 'signals' | 'publishedAt'>): CsState {
  const { public: _p, exploit: _x, attacks: _a, ...vendor } = cs
  const exploit = first(counted({ signals }, 'exploit').map(({ countedAt }) => countedAt))
  const known = first([
    publishedAt,
    ...signals.filter(({ is }) => is !== 'corrected').map(({ publicAt }) => publicAt),
    exploit,
  ])
  const attacks = first(counted({ signals }, 'attack').map(({ countedAt }) => countedAt))
  return {
    ...vendor,
    ...(known === undefined ? {} : { public: known }),
    ...(exploit === undefined ? {} : { exploit }),
    ...(attacks === undefined ? {} : { attacks }),
  }
}
