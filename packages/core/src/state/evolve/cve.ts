import type { CveEvent } from '../../events/case/cve.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { CaseState } from '../state.ts'
import { withVendorAnswered } from './unread.ts'
import { withoutUnpublished, withUnpublished } from './unpublished-facts.ts'

/** Applies an event about the CVE id to the state of the case. */
export function withCveEvent(state: CaseState, event: CveEvent, { at }: Pick<RecordedEvent, 'at'>): CaseState {
  switch (event.type) {
    case 'CveRequested': {
      const { link, from, reserve } = event
      return {
        ...withOne(state),
        cve: {
          requestedAt: at,
          ...state.cve,
          ...(link === undefined ? {} : { requestLink: link }),
          ...(from === undefined ? {} : { from }),
          ...(reserve === undefined ? {} : { reservation: { at } }),
        },
      }
    }
    case 'CnaWritten': {
      const { to, sha256 } = event
      return { ...withVendorAnswered(withCnaAsked(state), to), cna: to, lastToVendor: { to, sha256 } }
    }
    case 'CveUpdateRequested':
      return withCnaAsked(state)
    case 'CveReservationRefused':
      return state.cve === undefined
        ? state
        : { ...state, cve: { ...state.cve, reservation: { at, refused: event.because } } }
    case 'CveAssigned': {
      const { cve, reserved, test, kept, late } = event
      const { reservation: _ended, ...before } = state.cve ?? { requestedAt: at }
      // The mail in which the CNA named the id needs no answer.
      const answered = state.cna === undefined ? state : withVendorAnswered(state, state.cna)
      return {
        ...(late === undefined ? withOne(answered) : withUnpublished(withOne(answered), 'cve')),
        cve: {
          ...before,
          id: cve,
          assignedAt: at,
          ...(reserved && { reserved }),
          ...(test && { test }),
          ...(kept && { kept }),
        },
      }
    }
    case 'CvePublished':
      return {
        ...state,
        cve: { requestedAt: at, ...state.cve, id: event.cve, publishedAt: at, recordLink: event.link },
      }
    case 'CveRejected': {
      const { cve: _rejected, ...rest } = withoutUnpublished(state, 'cve')
      // Before the publication, another CVE id may still be requested. After it, nobody is reminded of a missing id.
      return state.publishedAt === undefined ? rest : { ...rest, withoutCve: true }
    }
    default:
      return assertNever(event)
  }
}

function withCnaAsked(state: CaseState): CaseState {
  if (state.cve === undefined) return state
  const { outdated: _asked, ...cve } = state.cve
  return { ...state, cve }
}

function withOne(state: CaseState): CaseState {
  const { withoutCve: _before, ...rest } = state
  return rest
}
