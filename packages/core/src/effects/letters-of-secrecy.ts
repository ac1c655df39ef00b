import { boundReporters, failedSecrecy, isSecretAgain, nextRound, openProposal } from '../state/embargo/terms.ts'
import type { Event, RecordedEvent } from '../events/recorded-event.ts'
import { interimAt } from '../state/release/release-cases.ts'
import { bindsRecipients, holdersOf } from '../state/release/holders.ts'
import type { PrenotifiedRecipient } from '../state/release/state.ts'
import { getsNoLeakLetter, wasToldOfEnd } from './publication/leak-audience.ts'
import { answerableReports } from '../state/report/reachability.ts'
import { closingAudience } from './publication/closing-audience.ts'
import type { Instant } from '../shared/instant.ts'
import { withSignalsAs } from '../state/world/signals.ts'
import type { Addressee, LetterName } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'
import { isMovedProposal } from '../state/merging.ts'
import type { CaseState } from '../state/state.ts'

type SecrecyLetter = { readonly letter: LetterName; readonly to: Addressee }

export type SecrecyEvent = Extract<
  Event,
  {
    type:
      | 'EmbargoProposed'
      | 'EmbargoAccepted'
      | 'EmbargoRejected'
      | 'EmbargoExited'
      | 'LeakSuspected'
      | 'SignalCorrected'
      | 'VulnerabilityPublic'
      | 'CaseClosed'
      | 'SeverityRated'
      | 'CveAssigned'
      | 'CveRejected'
  }
>

/** The letters about changes to the embargo, sent to those who keep the secret. */
export function lettersOfSecrecy(
  event: SecrecyEvent,
  { at }: Pick<RecordedEvent, 'at'>,
  { state, world }: { readonly state: CaseState; readonly world: World },
): readonly SecrecyLetter[] {
  switch (event.type) {
    case 'EmbargoProposed':
      // If the same command has already accepted the proposal, for example because two admins approved it, there is
      // nothing to ask.
      return event.by === 'team' && openProposal(state.em)?.proposal === event.proposal
        ? bound(state, 'embargo-proposal')
        : []
    case 'EmbargoAccepted':
    case 'EmbargoRejected':
      // The embargo with which a case opens was not negotiated. Another letter says when it ends.
      return event.by === 'team' && event.proposal !== 'standing' && !isMovedProposal(event.proposal)
        ? bound(state, 'embargo-settled')
        : []
    case 'EmbargoExited':
      if (event.reason === 'opened') return bound(state, 'embargo-settled')
      // The embargo expired. The reporters whom it bound and the recipients who have patches are told what applies now.
      if (event.reason === 'expired')
        return [...bound(state, 'embargo-expired'), ...holders(state, world, 'recipient-expired')]
      // If secrecy failed, the reporters and the recipients who have patches get a letter. If the same command sends an
      // interim advisory, they get the advisory instead.
      if (!failedSecrecy(event.reason) || interimAt(world.release, state) === at) return []
      return [...reporters(state, 'secrecy-failed'), ...holders(state, world, 'secrecy-failed')]
    case 'LeakSuspected':
      // If this event suspects a recipient, that recipient no longer counts as a holder, and gets no letter.
      return holders(state, world, 'leak-notice')
    case 'VulnerabilityPublic':
      return isOutAfterAll(event, state, at)
        ? [...reporters(state, 'secrecy-failed'), ...holders(state, world, 'secrecy-failed')]
        : []
    case 'SignalCorrected': {
      const before = withSignalsAs(state, event.signals, 'counted')
      const holders = holdersOf(state, world)
      const ofLeak = event.what === 'leak'
      const ofNone = holders.filter((one) => ofLeak && getsNoLeakLetter(before, state, event.signals, one))
      if (!isSecretAgain(before, state)) return toRecipients(ofNone, 'leak-corrected')
      // The letter `secrecy-corrected` goes only to recipients who were told that the vulnerability is no longer
      // secret. Recipients who were suspected of a leak when the others were told did not get that news.
      const ofEnd = holders.filter((one) => wasToldOfEnd(state, one))
      return [
        ...reporters(state, 'secrecy-corrected'),
        ...toRecipients(ofEnd, 'secrecy-corrected'),
        ...toRecipients(ofNone, 'leak-corrected'),
      ]
    }
    case 'SeverityRated': {
      // Only a changed rating needs a letter, because recipients were told the earlier severity and prepared for it.
      if (event.was === undefined || state.cs.public !== undefined) return []
      const prepares = bindsRecipients(state, world) || isAnnounced(state, world)
      return [
        ...(prepares || event.reason !== undefined ? reporters(state, 'update') : []),
        ...(prepares ? holders(state, world, 'recipient-rated') : []),
      ]
    }
    case 'CveAssigned':
    case 'CveRejected':
      // No letter if no id was assigned, or if the id is from a test instance.
      if (event.cve === undefined || event.test === true) return []
      return [
        ...reporters(state, 'cve-id'),
        ...(state.cs.public === undefined ? holders(state, world, 'recipient-cve') : []),
      ]
    case 'CaseClosed':
      return [
        ...(bindsRecipients(state, world) ? holders(state, world, 'recipient-closed') : []),
        ...closingAudience(state, world).map(({ id }): SecrecyLetter => ({
          letter: 'closed',
          to: { kind: 'report', report: id },
        })),
      ]
  }
}

/**
 * Whether people must be told that the vulnerability is public, although the embargo has already ended. They must be
 * told if they could still be keeping the vulnerability secret: because the signal that ended the embargo was
 * corrected, or because the embargo expired before anything was public.
 */
function isOutAfterAll(
  { signal }: Extract<SecrecyEvent, { type: 'VulnerabilityPublic' }>,
  state: CaseState,
  at: Instant,
): boolean {
  if (signal === undefined || state.em.is !== 'exited' || state.em.at === at) return false
  if (state.em.reason === 'expired') return state.cs.public === at
  return nextRound(withSignalsAs(state, [signal], 'corrected')) === 'signal-corrected'
}

/** Whether a public heads-up was sent for the release. It stated the highest severity of the release's cases. */
const isAnnounced = ({ release: id }: CaseState, { release }: World): boolean =>
  release?.id === id && release?.is === 'prenotified' && release.headsUpAt !== undefined

const bound = (state: CaseState, letter: LetterName): readonly SecrecyLetter[] =>
  boundReporters(state).map(({ id }) => ({ letter, to: { kind: 'report', report: id } }))

const reporters = (state: CaseState, letter: LetterName): readonly SecrecyLetter[] =>
  answerableReports(state).map(({ id }) => ({ letter, to: { kind: 'report', report: id } }))

const holders = (state: CaseState, world: World, letter: LetterName): readonly SecrecyLetter[] =>
  toRecipients(holdersOf(state, world), letter)

const toRecipients = (some: readonly PrenotifiedRecipient[], letter: LetterName): readonly SecrecyLetter[] =>
  some.map(({ list, recipient }) => ({ letter, to: { kind: 'recipient', list, recipient } }))
