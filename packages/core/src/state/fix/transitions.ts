import type { Fix } from './state.ts'

export type FixMove = 'submit' | 'verify' | 'request-changes'

/** The transitions of one branch's patch. A patch with a new hash always starts as `submitted`. */
export const FIX_TRANSITIONS: Readonly<Record<Fix['is'], Readonly<Partial<Record<FixMove, Fix['is']>>>>> = {
  assigned: { submit: 'submitted' },
  submitted: { submit: 'submitted', verify: 'verified', 'request-changes': 'changes-requested' },
  verified: { submit: 'submitted', 'request-changes': 'changes-requested' },
  'changes-requested': { submit: 'submitted' },
}
