import { wrongSignalLifts } from './wrong-signal.ts'
import { defineGate, refuse } from './gate.ts'
import { publicityFact } from './facts.ts'

/** This gate can never be waived, because nobody can be asked to keep secret what is public. */
export const nothingPublic = defineGate({
  id: 'nothing-public',
  rule: 'The vulnerability must not be public.',
  inFact: true,
  check: ({ state }) =>
    state.cs.public === undefined && state.cs.exploit === undefined
      ? undefined
      : refuse('nothing-public', 'The vulnerability is public already.', [
          { who: 'the team', how: 'goes straight to the disclosure', verb: 'disclose', here: true, instead: true },
          ...wrongSignalLifts(state, ['public', 'exploit']),
        ]),
  passes: publicityFact,
  means: 'What is public, exploited or attacked no longer needs an embargo or a pre-notification.',
  instead: 'Go on to `disclose`; or let two people record with `signal wrong` that the signal was wrong.',
})
