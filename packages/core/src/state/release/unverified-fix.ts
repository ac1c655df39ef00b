import { branchesToFix } from '../stage.ts'
import type { Branch } from '../fix/state.ts'
import type { CaseState } from '../state.ts'
import { endedByLeak } from '../embargo/terms.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { secrecyFailed } from '../world/signals.ts'

/** Whether secrecy has failed, so that users need the fix at once. Perhaps only one team member is available then. */
export const isEmergency = (state: CaseState): boolean => secrecyFailed(state) || endedByLeak(state)

/**
 * The branches whose patch may be published although only its author has checked it. Empty unless secrecy has failed.
 */
export const unverifiedFix = (state: CaseState): readonly Branch[] => (isEmergency(state) ? finishedFix(state) : [])

/**
 * If the fix is finished, the branches whose patch only its author has checked. A fix is finished if every branch has
 * its patch and nobody requested changes.
 */
export function finishedFix(state: CaseState): readonly Branch[] {
  if (state.rm !== 'accepted' || state.cs.fixReady !== undefined) return []
  const open = branchesToFix(state).filter(({ fix, waived }) => fix?.is !== 'verified' && waived === undefined)
  return open.every(({ fix }) => fix?.is === 'submitted') ? open : []
}

/** The events that record an unverified fix as ready, and as published without verification. */
export function publishUnverified(state: CaseState): readonly CaseEvent[] {
  const branches = unverifiedFix(state)
  if (branches.length === 0) return []
  return [
    ...branches.map(({ name, fix }): CaseEvent => ({
      type: 'BranchWaived',
      branch: name,
      ...(fix?.is === 'submitted' ? { sha256: fix.sha256 } : {}),
      kind: 'unverified',
      reason: 'secrecy failed, so the fix was published before anybody but its author had checked it',
    })),
    { type: 'FixReady' },
  ]
}
