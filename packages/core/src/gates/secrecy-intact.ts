import { wrongSignalLifts } from './wrong-signal.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** This gate can never be waived, because nobody is asked to keep secret what is public or used in attacks. */
export const secrecyIntact: Gate = {
  id: 'nothing-public',
  check: ({ state }) => {
    const { cs } = state
    const event =
      cs.exploit !== undefined
        ? 'An exploit is public'
        : cs.public !== undefined
          ? 'The vulnerability is public'
          : cs.attacks !== undefined
            ? 'Attacks are observed'
            : undefined
    if (event === undefined) return undefined
    return refuse('nothing-public', `${event}, so there is no embargo to agree on.`, [
      { who: 'the team', how: 'goes on to the disclosure', verb: 'disclose', instead: true },
      ...wrongSignalLifts(state, ['public', 'exploit', 'attack']),
    ])
  },
}
