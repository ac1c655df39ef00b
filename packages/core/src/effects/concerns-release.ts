import type { Event, RecordedEvent } from '../events/recorded-event.ts'
import { isReleaseWide } from '../gates/seat-in-release.ts'
import { releaseCases, siblingCases } from '../state/release/release-cases.ts'
import { outdatedHeadsUp } from '../state/release/heads-up.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { isCaseStream } from '../vocabulary/stream.ts'
import type { World } from '../vocabulary/decision.ts'
import type { Approval, CaseState } from '../state/state.ts'

/** Whether an approval request concerns more than the case in which it was made. */
export function asksOfRelease({ asked }: Pick<Approval, 'asked'>): boolean {
  const { verb }: { verb?: unknown } = Object(JSON.parse(asked))
  return isReleaseWide(verb) || verb === 'release.drop'
}

const isAsked = ({ approvals }: CaseState, verb: string): boolean =>
  approvals.some((one) => one.id === verb && asksOfRelease(one))

/**
 * Whether an event of one case also concerns the other cases of its release. The event that records an approval does
 * not: the approval results in an event of the release, and all cases of the release show that event.
 */
function concernsRelease(state: CaseState, event: Event, release: ReleaseState | undefined): boolean {
  switch (event.type) {
    case 'ApprovalRequested':
    case 'ApprovalRefused':
    case 'ApprovalVoided':
      return isAsked(state, event.approval)
    case 'FixReady':
      return true
    case 'FixWithdrawn':
      return event.because === undefined
    // Before the publication begins, a signal in one case delays everything that is sent for the case's release.
    case 'SignalRaised':
    case 'SignalRefused':
    case 'VulnerabilityPublic':
    case 'ExploitPublic':
    case 'AttacksObserved':
    case 'LeakSuspected':
      return release?.startedAt === undefined
    default:
      return false
  }
}

/**
 * Returns the other cases of the release if the event concerns them too, otherwise none. Their channels show the events
 * that concern them.
 */
export function casesConcerned({ stream, event }: RecordedEvent, world: World): readonly CaseState[] {
  const state = isCaseStream(stream) && world.case?.id !== stream ? world.others.get(stream) : world.case
  if (!isCaseStream(stream) || state?.kind !== 'case') return []
  const release = state.release === undefined ? undefined : world.others.get(state.release)
  const seen = { state, release: release?.kind === 'release' ? release : undefined, others: world.others }
  const concerns =
    event.type === 'SeverityRated'
      ? outdatedHeadsUp(seen.release, releaseCases(seen)) !== undefined
      : concernsRelease(state, event, seen.release)
  return concerns ? siblingCases(seen) : []
}
