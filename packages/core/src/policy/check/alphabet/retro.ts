import type { RetroRequest } from '../../../case/requests/retro.ts'
import type { InputsOf } from './inputs.ts'

/** What was learnt changes no rule. */
export const RETRO: InputsOf<RetroRequest> = { retro: () => [] }
