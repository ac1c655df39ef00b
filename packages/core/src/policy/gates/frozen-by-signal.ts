import type { Lift } from '../../case/decision.ts'
import type { CaseState, Signal } from '../../case/state.ts'
import { isoInstant } from '../../shared/instant.ts'
import { openSignals } from '../../world/signals.ts'
import { refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

/** What a signal says, as a sentence goes on with it. */
export const SAID = {
  public: 'the vulnerability is public',
  exploit: 'an exploit is public',
  attack: 'attacks are observed',
  leak: 'details got out',
} as const

/** Somebody says that secrecy failed: until that is answered, nothing leaves under embargo. */
export const frozenBySignal: Gate = refusesAs('frozen', ({ state }) => {
  const [signal] = openSignals(state)
  if (signal === undefined) return undefined
  return refuse(
    'frozen',
    `Somebody says that ${SAID[signal.what]}, and nothing leaves under embargo until that is answered.`,
    answers(state, signal, 'what waits may leave'),
    { signal: signal.what },
  )
})

/**
 * A signal dies with its case, and with it what two people or silence were about to say. Not where we published: then
 * attacks and exploits count in a closed case too, and there is no secret left to fail.
 */
export const signalAnswered: Gate = refusesAs('frozen', ({ state }) => {
  const [signal] = openSignals(state)
  if (signal === undefined || state.publishedAt !== undefined) return undefined
  return refuse(
    'frozen',
    `Somebody says that ${SAID[signal.what]}, and the case does not end before that is answered.`,
    answers(state, signal, 'the case may end'),
    { signal: signal.what },
  )
})

function answers({ approvals }: CaseState, { approval }: Signal, afterNo: string): readonly Lift[] {
  const { yesFrom } = approvals.find(({ id }) => id === approval) ?? {}
  return [
    { who: 'a second person', how: 'says yes, and the fast path begins', verb: 'approve' },
    { who: 'any team member', how: `says no, and ${afterNo}`, verb: 'refuse' },
    ...(yesFrom === undefined
      ? []
      : [{ who: 'time', how: `makes it count from ${isoInstant(yesFrom)} on, where nobody says no` }]),
  ]
}
