import { endedByLeak } from '../state/embargo/terms.ts'
import { secrecyFailed } from '../state/world/signals.ts'
import { answerLifts, pendingSignal, SIGNAL_WORDS } from './no-signal-pending.ts'
import { defineGate, refuse } from './gate.ts'
import { embargoFact, publicityFact } from './facts.ts'

/** The fast path is only for cases whose secrecy failed: people get the facts at once, without time to prepare. */
export const secrecyOver = defineGate({
  id: 'secrecy-over',
  rule: 'The vulnerability must be public or attacked, or a leak must have ended the embargo.',
  inFact: true,
  check: ({ state }) => {
    if (secrecyFailed(state) || endedByLeak(state)) return undefined
    const signal = pendingSignal(state)
    if (signal !== undefined)
      return refuse(
        'secrecy-over',
        `Somebody says that ${SIGNAL_WORDS[signal.what]}, and nothing is published until somebody answers.`,
        answerLifts(state, signal, 'nothing is published ahead of its time'),
      )
    return refuse('secrecy-over', 'Nothing is public, no attacks are observed, and no leak ended the embargo.', [
      { who: 'any team member', how: 'says what was seen', verb: 'signal.public' },
      { who: 'the team', how: 'pre-notifies and discloses on the planned date', verb: 'prenotify', instead: true },
    ])
  },
  passes: (context) => `${publicityFact(context)} ${embargoFact(context)}`,
  means:
    '`disclose interim` publishes without a fix and without advance notice, so it is only for cases whose secrecy failed.',
  instead:
    'If something was seen that ends secrecy, say so with `signal`. Otherwise pre-notify, and disclose on the planned date.',
})
