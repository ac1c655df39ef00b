import { after } from '../../policy/calendar.ts'
import type { Context } from '../../policy/gates/gate.ts'
import type { Seat } from './second.ts'

/** The seat that the policy asks for: a second person, or in the solo profile the same one after a while. */
export function seatByPolicy({ policy, at }: Context, mode: 'second-person' | 'second-look'): Seat {
  return mode === 'second-look'
    ? { mode, notBefore: after(policy.calendar, at, policy.approvals.secondLookAfter) }
    : { mode }
}
