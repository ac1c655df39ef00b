import type { Lift } from '../vocabulary/decision.ts'
import type { CaseState, Signal } from '../state/state.ts'
import { isoInstant } from '../shared/instant.ts'
import { openSignals } from '../state/world/signals.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** What a signal says, in words that follow "says that". */
export const SIGNAL_WORDS = {
  public: 'the vulnerability is public',
  exploit: 'an exploit is public',
  attack: 'attacks are observed',
  leak: 'details got out',
} as const

/** While a signal (see `SIGNAL_WORDS`) waits for an answer, no mail under embargo is sent. */
export const noSignalPending: Gate = {
  id: 'frozen',
  check: ({ state }) => {
    const [signal] = openSignals(state)
    if (signal === undefined) return undefined
    return refuse(
      'frozen',
      `Somebody says that ${SIGNAL_WORDS[signal.what]}, and nothing is sent under embargo until somebody answers.`,
      answerLifts(state, signal, 'the waiting mails can leave'),
      { signal: signal.what },
    )
  },
}

/**
 * Closing a case would end its pending signal, so somebody must answer the signal first. A case that we published is an
 * exception: its signals of attacks and exploits can still count after it is closed.
 */
export const noSignalPendingAtClosing: Gate = {
  id: 'frozen',
  check: ({ state }) => {
    const [signal] = openSignals(state)
    if (signal === undefined || state.publishedAt !== undefined) return undefined
    return refuse(
      'frozen',
      `Somebody says that ${SIGNAL_WORDS[signal.what]}, and the case cannot end until somebody answers.`,
      answerLifts(state, signal, 'the case can end'),
      { signal: signal.what },
    )
  },
}

const countsFrom = ({ approvals }: CaseState, { approval }: Signal) =>
  approvals.find(({ id }) => id === approval)?.yesFrom

/** The pending signal that would end secrecy. A leak alone does not end secrecy. */
export const pendingSignal = (state: CaseState): Signal | undefined =>
  openSignals(state).find(({ what }) => what !== 'leak')

const NOUN = { public: 'the signal', exploit: 'the exploit', attack: 'the attacks' } as const

/** When the signal counts without an answer, and what may be done then. */
export function timeoutLifts(state: CaseState, then: string): readonly Lift[] {
  const signal = pendingSignal(state)
  const from = signal === undefined ? undefined : countsFrom(state, signal)
  return signal === undefined || signal.what === 'leak' || from === undefined
    ? []
    : [
        {
          who: 'time',
          how: `makes ${NOUN[signal.what]} count from ${isoInstant(from)} on, if nobody says no; then ${then}`,
        },
      ]
}

/** The request to approve a pending signal, as a field of a lift. */
export const approvalOf = ({ approval }: Signal): Pick<Lift, 'approval'> => (approval === undefined ? {} : { approval })

export function answerLifts(state: CaseState, signal: Signal, afterNo: string): readonly Lift[] {
  const yesFrom = countsFrom(state, signal)
  const approval = approvalOf(signal)
  return [
    { who: 'a second person', how: 'says yes, and the signal counts at once', verb: 'approve', ...approval },
    { who: 'any team member', how: `says no, and ${afterNo}`, verb: 'approve.no', ...approval },
    ...(yesFrom === undefined
      ? []
      : [{ who: 'time', how: `makes the signal count from ${isoInstant(yesFrom)} on, if nobody says no` }]),
  ]
}
