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
  const { yesFrom } = state.approvals.find(({ id }) => id === signal.approval) ?? {}
  return refuse(
    'frozen',
    `Somebody says that ${SAID[signal.what]}, and nothing leaves under embargo until that is answered.`,
    [
      { who: 'a second person', how: 'says yes, and the fast path begins', verb: 'approve' },
      { who: 'any team member', how: 'says no, and what waits may leave', verb: 'refuse' },
      ...(yesFrom === undefined
        ? []
        : [{ who: 'time', how: `makes it count from ${isoInstant(yesFrom)} on, where nobody says no` }]),
    ],
    { signal: signal.what },
  )
})
