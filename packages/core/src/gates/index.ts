import type { GateId } from '../shared/gate-id.ts'
import type { GateRule } from './gate.ts'
import { acknowledged } from './acknowledged.ts'
import { addressOfTheirs } from './address-of-theirs.ts'
import { caseOpen } from './case-open.ts'
import { otherSide } from './other-side.ts'
import { credit } from './credit.ts'
import { cve } from './cve.ts'
import { dateAhead } from './date-ahead.ts'
import { earlierAndOpen } from './earlier-and-open.ts'
import { embargoActive } from './embargo-active.ts'
import { embargoCap } from './embargo-cap.ts'
import { embargoExited } from './embargo-exited.ts'
import { fitsTheStage } from './fits-the-stage.ts'
import { fix } from './fix.ts'
import { frozen } from './frozen.ts'
import { insideEmbargo } from './inside-embargo.ts'
import { notice } from './notice.ts'
import { makesSense } from './makes-sense.ts'
import { noConflict } from './no-conflict.ts'
import { notTheReporter } from './not-the-reporter.ts'
import { nothingPublic } from './nothing-public.ts'
import { onTheCase } from './on-the-case.ts'
import { oneLiveRelease } from './one-live-release.ts'
import { patchSubmitted } from './patch-submitted.ts'
import { publicationNotBegun } from './publication-not-begun.ts'
import { reachesThePublic } from './reaches-the-public.ts'
import { reasonHolds } from './reason-holds.ts'
import { recipientConsent } from './recipient-consent.ts'
import { plainText } from './plain-text.ts'
import { releaseDate } from './release-date.ts'
import { hours } from './hours.ts'
import { remediatorWilling } from './remediator-willing.ts'
import { reporterAgrees } from './reporter-agrees.ts'
import { reporterCheck } from './reporter-check.ts'
import { role } from './role.ts'
import { secondPerson } from './second-person.ts'
import { secrecyOver } from './secrecy-over.ts'
import { severityRated } from './severity-rated.ts'
import { signalCounts } from './signal-counts.ts'
import { textsComplete } from './texts-complete.ts'
import { validityDecided } from './validity-decided.ts'
import { verifierIsNotAuthor } from './verifier-is-not-author.ts'
import { wording } from './wording.ts'

/** Every gate, roughly in the order in which a case has to pass them. */
export const GATES = {
  role,
  'on-the-case': onTheCase,
  'not-the-reporter': notTheReporter,
  'no-conflict': noConflict,
  acknowledged,
  'validity-decided': validityDecided,
  'severity-rated': severityRated,
  'remediator-willing': remediatorWilling,
  'patch-submitted': patchSubmitted,
  'verifier-is-not-author': verifierIsNotAuthor,
  'reporter-agrees': reporterAgrees,
  'address-of-theirs': addressOfTheirs,
  'reporter-check': reporterCheck,
  fix,
  cve,
  'embargo-active': embargoActive,
  'date-ahead': dateAhead,
  'inside-embargo': insideEmbargo,
  'embargo-cap': embargoCap,
  'other-side': otherSide,
  'reason-holds': reasonHolds,
  'signal-counts': signalCounts,
  'embargo-exited': embargoExited,
  notice,
  hours,
  'recipient-consent': recipientConsent,
  'plain-text': plainText,
  'second-person': secondPerson,
  'release-date': releaseDate,
  'nothing-public': nothingPublic,
  'secrecy-over': secrecyOver,
  'reaches-the-public': reachesThePublic,
  'texts-complete': textsComplete,
  wording,
  credit,
  'one-live-release': oneLiveRelease,
  'publication-not-begun': publicationNotBegun,
  'earlier-and-open': earlierAndOpen,
  frozen,
  'case-open': caseOpen,
  'fits-the-stage': fitsTheStage,
  'makes-sense': makesSense,
} as const satisfies { readonly [Id in GateId]: GateRule<Id> }
