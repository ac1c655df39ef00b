import type { ClockRequest } from '../../../case/requests/clocks.ts'
import type { InputsOf } from './inputs.ts'

/** A reminder changes nothing, and one that rests opens and closes no way: neither leads to another place. */
export const CLOCKS: InputsOf<ClockRequest> = {
  remind: () => [],
  snooze: () => [],
}
