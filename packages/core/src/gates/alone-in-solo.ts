import type { Lift } from '../vocabulary/decision.ts'
import type { Policy } from '../policy/schema.ts'

/** One person in the solo profile: nobody else is there to confirm. */
export const aloneInSolo = (policy: Policy): boolean => policy.profile === 'solo' && policy.people.length === 1

/** How a single maintainer goes on without a verification: recorded as waived, never as verified. */
export const soloWaiverLifts = (name: string): readonly Lift[] => [
  { who: name, how: 'goes on without it, with a reason that is recorded', verb: 'waive', waives: 'fix-ready' },
]
