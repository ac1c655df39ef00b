import type { RetroRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import type { InputsOf } from './inputs-by-verb.ts'

export const RETRO: InputsOf<RetroRequest> = {
  retro: () => [{ verb: 'retro', case: CASE, rootCause: 'because' }],
}
