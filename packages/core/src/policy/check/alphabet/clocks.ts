import type { ClockRequest } from '../../../case/requests/clocks.ts'
import type { InputsOf } from './inputs.ts'

/** A reminder changes nothing, one that rests or is not needed opens and closes no way: none leads to another place. */
export const CLOCKS: InputsOf<ClockRequest> = {
  remind: () => [],
  snooze: () => [],
  duty: () => [],
}
