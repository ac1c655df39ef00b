import type { Lift } from '../vocabulary/decision.ts'
import type { CaseState, Signal } from '../state/state.ts'
import { isoInstant } from '../shared/instant.ts'
import { openSignals } from '../state/world/signals.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** What a signal says, as a sentence goes on with it. */
export const SIGNAL_WORDS = {
  public: 'the vulnerability is public',
  exploit: 'an exploit is public',
  attack: 'attacks are observed',
  leak: 'details got out',
} as const

/** Somebody says that secrecy failed: until that is answered, nothing leaves under embargo. */
export const noSignalPending: Gate = {
  id: 'frozen',
  check: ({ state }) => {
    const [signal] = openSignals(state)
    if (signal === undefined) return undefined
    return refuse(
      'frozen',
      `Somebody says that ${SIGNAL_WORDS[signal.what]}, and nothing leaves under embargo until that is answered.`,
      answerLifts(state, signal, 'what waits may leave'),
      { signal: signal.what },
    )
  },
}

/**
 * A signal dies with its case, and with it what two people or silence were about to say. Not where we published: then
 * attacks and exploits count in a closed case too, and there is no secret left to fail.
 */
export const noSignalPendingAtClosing: Gate = {
  id: 'frozen',
  check: ({ state }) => {
    const [signal] = openSignals(state)
    if (signal === undefined || state.publishedAt !== undefined) return undefined
    return refuse(
      'frozen',
      `Somebody says that ${SIGNAL_WORDS[signal.what]}, and the case does not end before that is answered.`,
      answerLifts(state, signal, 'the case may end'),
      { signal: signal.what },
    )
  },
}

const countsFrom = ({ approvals }: CaseState, { approval }: Signal) =>
  approvals.find(({ id }) => id === approval)?.yesFrom

/** What waits for the answer to a signal by which secrecy fails; a leak alone fails none. */
export const pendingSignal = (state: CaseState): Signal | undefined =>
  openSignals(state).find(({ what }) => what !== 'leak')

const NOUN = { public: 'it', exploit: 'the exploit', attack: 'the attacks' } as const

/** From when the signal counts where nobody answers, and what may be done then. */
export function timeoutLifts(state: CaseState, then: string): readonly Lift[] {
  const signal = pendingSignal(state)
  const from = signal === undefined ? undefined : countsFrom(state, signal)
  return signal === undefined || signal.what === 'leak' || from === undefined
    ? []
    : [
        {
          who: 'time',
          how: `makes ${NOUN[signal.what]} count from ${isoInstant(from)} on, where nobody says no; then ${then}`,
        },
      ]
}

export function answerLifts(state: CaseState, signal: Signal, afterNo: string): readonly Lift[] {
  const yesFrom = countsFrom(state, signal)
  return [
    { who: 'a second person', how: 'says yes, and the fast path begins', verb: 'approve' },
    { who: 'any team member', how: `says no, and ${afterNo}`, verb: 'refuse' },
    ...(yesFrom === undefined
      ? []
      : [{ who: 'time', how: `makes it count from ${isoInstant(yesFrom)} on, where nobody says no` }]),
  ]
}
