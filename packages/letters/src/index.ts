import { acknowledgment } from './acknowledgment.ts'
import { announcement } from './announcement.ts'
import { closed } from './closed.ts'
import { duplicate } from './duplicate.ts'
import { embargoLifted } from './embargo-lifted.ts'
import { forwardedReport } from './forwarded-report.ts'
import { headsUp } from './heads-up.ts'
import { headsUpCorrected } from './heads-up-corrected.ts'
import { interim } from './interim.ts'
import { interimNotice } from './interim-notice.ts'
import { lapsed } from './lapsed.ts'
import { ossSecurity } from './oss-security.ts'
import { outcome } from './outcome.ts'
import { prenotification } from './prenotification.ts'
import { prenotificationUpdate } from './prenotification-update.ts'
import { question } from './question.ts'
import { receipt } from './receipt.ts'
import { recipientClosed } from './recipient-closed.ts'
import { recipientDropped } from './recipient-dropped.ts'
import { recipientRated } from './recipient-rated.ts'
import { recipientReply } from './recipient-reply.ts'
import { recipientSlipped } from './recipient-slipped.ts'
import { reply } from './reply.ts'
import { slipped } from './slipped.ts'
import { split } from './split.ts'
import { thanks } from './thanks.ts'
import { vendorReply } from './vendor-reply.ts'

/** Every letter by its name. */
export const LETTERS = {
  receipt,
  acknowledgment,
  outcome,
  reply,
  'forwarded-report': forwardedReport,
  question,
  lapsed,
  duplicate,
  split,
  prenotification,
  'heads-up': headsUp,
  announcement,
  'oss-security': ossSecurity,
  'embargo-lifted': embargoLifted,
  thanks,
  'prenotification-update': prenotificationUpdate,
  slipped,
  'recipient-slipped': recipientSlipped,
  'recipient-rated': recipientRated,
  'recipient-dropped': recipientDropped,
  'recipient-reply': recipientReply,
  'vendor-reply': vendorReply,
  closed,
  'recipient-closed': recipientClosed,
  'heads-up-corrected': headsUpCorrected,
  interim,
  'interim-notice': interimNotice,
}

export { forwardedReportText } from './forwarded-report.ts'
export { noPayment } from './no-payment.ts'
export { outsideAway } from './outside-away.ts'
export * from './shared/advisory-record.ts'
export * from './shared/base.ts'
export { CannotWrite, NothingToSay } from './shared/errors.ts'
export type { EmbargoTerms, Letter, LetterAttachment, LetterBase, Secrecy, Sender } from './shared/letter.ts'
export type { LetterMaterial, StoredContent, StoredRefs } from './shared/material.ts'
export { inOwnWords } from './shared/own-words.ts'
export { remediation } from './remediation.ts'
export { verificationRequest } from './verification-request.ts'
export { verificationNudge } from './verification-nudge.ts'
export { update } from './update.ts'
export { escalation } from './escalation.ts'
export { embargoProposal } from './embargo-proposal.ts'
export { embargoSettled } from './embargo-settled.ts'
export { embargoExpired } from './embargo-expired.ts'
export { recipientExpired } from './recipient-expired.ts'
export { secrecyFailed } from './secrecy-failed.ts'
export { secrecyCorrected } from './secrecy-corrected.ts'
export { leakNotice } from './leak-notice.ts'
export { leakCorrected } from './leak-corrected.ts'
export { addressChanged } from './address-changed.ts'
export { invitation } from './invitation.ts'
export { SETTLED_WORDS } from './embargo-settled.ts'
export { FAILED_WORDS } from './secrecy-failed.ts'
export { PROGRESS_WORDS } from './update.ts'
export type { Settled } from './embargo-settled.ts'
export type { Progress } from './update.ts'
