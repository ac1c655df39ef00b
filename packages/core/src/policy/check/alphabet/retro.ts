import type { RetroRequest } from '../../../case/requests/retro.ts'
import { CASE } from '../arena.ts'
import type { InputsOf } from './inputs.ts'

export const RETRO: InputsOf<RetroRequest> = {
  retro: () => [{ verb: 'retro', case: CASE, rootCause: 'because' }],
}
