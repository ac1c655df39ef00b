import type { CourseEvent } from '../../events/case/course.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { withoutFixBefore, withoutWithdrawal } from '../fix/evolve.ts'
import { initialSeverity } from '../report/severity-history.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Disposition } from '../../shared/words.ts'
import type { CaseState } from '../state.ts'
import { withAllRead, withAnswered, withResendRequested } from './unread.ts'

/** Applies an event about a question, a pause or a reopening to the state of the case. */
export function withCourseEvent(state: CaseState, event: CourseEvent, { at, eventId }: RecordedEvent): CaseState {
  switch (event.type) {
    case 'InfoRequested': {
      const { report, text, sha256, dueAt } = event
      return {
        ...withAnswered(state, report),
        needsInfo: { report, text, sha256, askedAt: at, dueAt, mail: eventId },
      }
    }
    case 'InfoReceived':
    case 'InfoMissed':
      return withoutQuestion(state)
    case 'ReporterUpdated':
      return { ...state, upToDate: { ...state.upToDate, [event.report]: at } }
    case 'ResendRequested':
      return withResendRequested(state, event.message)
    case 'CaseReopened':
      return reopened(state, event.as, at)
    case 'LateMailSetAside':
      return withoutLateAnswer(withAllRead(state))
    case 'CaseLinked':
      return {
        ...state,
        links: [
          ...state.links,
          { case: event.case, as: event.as, ...(event.mail === undefined ? {} : { mail: event.mail }) },
        ],
      }
    case 'VendorReferenceRecorded':
      return {
        ...state,
        vendorReferences: { ...state.vendorReferences, [event.to.toLowerCase()]: event.reference },
      }
    case 'WaitingOnParty':
      return { ...state, waiting: { party: event.party, since: at } }
    case 'PartyAnswered':
      return withoutParty(state)
    case 'PublicationChosen':
      return { ...state, publication: event.publication }
    default:
      return assertNever(event)
  }
}

/** A closed case has no open questions, and waits for nobody. */
export const withClosed = (state: CaseState, at: Instant): CaseState => ({
  ...withoutParty(withoutQuestion(withAllRead(state))),
  rm: 'closed',
  closedAt: at,
})

/** Removes the open question. */
export function withoutQuestion(state: CaseState): CaseState {
  const { needsInfo: _answered, ...rest } = state
  return rest
}

function withoutParty(state: CaseState): CaseState {
  const { waiting: _over, ...rest } = state
  return rest
}

/** Records that somebody handled the mails that came after the case was closed. */
export function withoutLateAnswer(state: CaseState): CaseState {
  const { answeredAfterClosing: _seen, ...rest } = state
  return rest
}

const GOES_ON: ReadonlySet<Disposition | undefined> = new Set(['valid', 'defense-in-depth'])

/**
 * Begins a new round after a reopening. Old patches no longer count. A new embargo can be agreed
 * on unless the vulnerability is public.
 */
function reopened(state: CaseState, as: 'received' | 'valid', at: Instant): CaseState {
  const {
    closedAt: _closed,
    acceptedAt: _accepted,
    mergedInto: _home,
    heldIn: _told,
    heldBefore: _toldBefore,
    severeSince: _before,
    firstDecidedAt,
    disposition,
    ...rest
  } = withoutLateAnswer(withoutFixBefore(withoutWithdrawal(state)))
  const kept = as === 'valid' ? { disposition: GOES_ON.has(disposition) ? (disposition ?? 'valid') : 'valid' } : {}
  const fresh = state.em.is === 'exited' && state.cs.public === undefined
  return {
    ...rest,
    ...kept,
    rm: as,
    round: state.round + 1,
    reopenedAt: at,
    ...(as === 'valid' || state.severity !== undefined ? { severeSince: initialSeverity(state.severity, at) } : {}),
    branches: state.branches.map(({ fix: _fix, waived: _waived, deployed: _deployed, ...branch }) => branch),
    // A case that was once found valid does not need another verdict.
    ...(as === 'received' || firstDecidedAt === undefined ? {} : { firstDecidedAt }),
    ...(fresh ? { em: { is: 'none' }, embargoFrom: at } : {}),
  }
}
