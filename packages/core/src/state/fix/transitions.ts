import type { Fix } from './state.ts'

export type FixMove = 'submit' | 'verify' | 'request-changes'

/** The patch of one branch (process, section 3). A new hash always goes back to submitted. */
export const FIX_TRANSITIONS: Readonly<Record<Fix['is'], Readonly<Partial<Record<FixMove, Fix['is']>>>>> = {
  assigned: { submit: 'submitted' },
  submitted: { submit: 'submitted', verify: 'verified', 'request-changes': 'changes-requested' },
  verified: { submit: 'submitted', 'request-changes': 'changes-requested' },
  'changes-requested': { submit: 'submitted' },
}
