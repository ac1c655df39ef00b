import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Never waivable: secrecy that is over cannot be asked of anybody. */
export const nothingPublic: Gate = ({ state }) =>
  state.cs.public === undefined && state.cs.exploit === undefined
    ? undefined
    : refuse('nothing-public', 'The vulnerability is public already.', [
        { who: 'the team', how: 'goes straight to the disclosure', verb: 'disclose', here: true },
        { who: 'two people', how: 'record that this was wrong, if it was', verb: 'signal-correct' },
      ])
