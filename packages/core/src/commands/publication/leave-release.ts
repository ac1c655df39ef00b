import type { Append, World } from '../../vocabulary/decision.ts'
import type { CaseState, Report } from '../../state/state.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import { latest } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { isLive } from '../../state/release/release-cases.ts'
import { VOID_CAUSES, voidedBy } from '../approvals/void-causes.ts'
import { HOLD_CAUSES, heldBy } from './hold-causes.ts'
import type { ReleaseState } from '../../state/release/state.ts'

/** The reason that the log states if a release is cancelled without a reason. Nobody outside the team reads it. */
export const NO_REASON = 'no reason was given'

type CaseInRelease = { readonly state: CaseState; readonly release: World['release'] }

/**
 * The events that take a case out of its release, if it is in one. A release without cases is cancelled. If the
 * release's publication was approved in advance and includes this case, the publication no longer begins automatically.
 */
export function leaveRelease({ state, release }: CaseInRelease, reason?: string): readonly Append[] {
  if (!isLive(release) || release.is === 'released' || !release.cases.includes(state.id)) return []
  const dropped: ReleaseEvent = { type: 'CaseDropped', case: state.id, ...(reason === undefined ? {} : { reason }) }
  const rest: readonly ReleaseEvent[] =
    release.cases.length === 1
      ? [{ type: 'ReleaseCancelled', reason: 'no case is left in it' }]
      : heldBy(HOLD_CAUSES.caseGone, release, state)
  return [leavingAppend(state, release), { stream: release.id, events: [dropped, ...rest] }]
}

/** The events that record, in the case's own stream, that the case leaves the release. */
export function leavingAppend(state: CaseState, release: ReleaseState): Append {
  const was = toldDate(state, release)
  return {
    stream: state.id,
    events: [
      { type: 'ReleaseLeft', release: release.id, ...(was === undefined ? {} : { was }) },
      ...voidedBy(VOID_CAUSES.otherWayOut, state, {}),
    ],
  }
}

/** The date of the release, if a reporter of the case was told that date. */
const toldDate = (state: CaseState, release: ReleaseState): Instant | undefined =>
  state.reports.some((report) => knowsDate(report, state, release)) ? release.at : undefined

/**
 * Whether a reporter was told the date of a release. The date is in the letters that tell a reporter that the case
 * joined the release, that a fix should be checked, or that the date has moved. After the pre-notification, other
 * letters may name the date too.
 */
export function knowsDate({ id, writtenAt, receivedAt }: Report, state: CaseState, release: ReleaseState): boolean {
  const { approved, datedAt = state.openedAt, prenotifiedAt } = release
  const since = latest(datedAt, state.releaseSince ?? datedAt)
  const wasPresent = state.dateTold === true && state.releaseSince !== undefined && receivedAt <= state.releaseSince
  const wasAsked = state.branches.some(
    ({ fix }) =>
      fix !== undefined &&
      'verification' in fix &&
      fix.verification?.of === 'reporter' &&
      fix.verification.askedAt >= since,
  )
  const wasTold = approved.some(({ letter, to }) => letter === 'slipped' && to.kind === 'report' && to.report === id)
  const wasWritten = prenotifiedAt !== undefined && writtenAt !== undefined && writtenAt >= prenotifiedAt
  return wasPresent || wasAsked || wasTold || wasWritten
}
