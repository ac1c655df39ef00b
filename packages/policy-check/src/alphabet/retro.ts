import type { RetroRequest } from '@embargo/core'
import { CASE } from '../arena.ts'
import type { InputsOf } from './inputs.ts'

export const RETRO: InputsOf<RetroRequest> = {
  retro: () => [{ verb: 'retro', case: CASE, rootCause: 'because' }],
}
