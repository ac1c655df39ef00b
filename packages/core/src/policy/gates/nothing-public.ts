import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Never waivable: secrecy that is over cannot be asked of anybody. */
export const nothingPublic: Gate = ({ state }) =>
  state.cs.public === undefined && state.cs.exploit === undefined
    ? undefined
    : refuse('nothing-public', 'The vulnerability is public already.', nobody('go straight to the disclosure'))
