import { branchesToFix } from '../stage.ts'
import type { Branch } from '../fix/state.ts'
import type { CaseState } from '../state.ts'
import { endedByLeak } from '../embargo/terms.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { secrecyFailed } from '../world/signals.ts'

/** Once secrecy has failed, users need the fix at once, and perhaps only one team member is available. */
export const isEmergency = (state: CaseState): boolean => secrecyFailed(state) || endedByLeak(state)

/**
 * The branches of a finished fix that may be published after secrecy failed although only their author has checked
 * them.
 */
export const unverifiedFix = (state: CaseState): readonly Branch[] => (isEmergency(state) ? finishedFix(state) : [])

/**
 * The branches of a finished fix that nobody else has checked. A fix is finished if every branch has its patch and
 * nobody requested changes.
 */
export function finishedFix(state: CaseState): readonly Branch[] {
  if (state.rm !== 'accepted' || state.cs.fixReady !== undefined) return []
  const open = branchesToFix(state).filter(({ fix, waived }) => fix?.is !== 'verified' && waived === undefined)
  return open.every(({ fix }) => fix?.is === 'submitted') ? open : []
}

/** The events that publish a fix without verification: it is recorded as ready, and as never verified. */
export function publishUnverified(state: CaseState): readonly CaseEvent[] {
  const branches = unverifiedFix(state)
  if (branches.length === 0) return []
  return [
    ...branches.map(({ name, fix }): CaseEvent => ({
      type: 'BranchWaived',
      branch: name,
      ...(fix?.is === 'submitted' ? { sha256: fix.sha256 } : {}),
      kind: 'unverified',
      reason: 'secrecy failed, and nobody but its author had checked it when it was published',
    })),
    { type: 'FixReady' },
  ]
}
