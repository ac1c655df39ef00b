import type { LetterName } from '@embargo/core'
import { acknowledgment } from './acknowledgment.ts'
import { addressChanged } from './address-changed.ts'
import { announcement } from './announcement.ts'
import { closed } from './closed.ts'
import { correction } from './correction.ts'
import { cveId } from './cve-id.ts'
import { duplicate } from './duplicate.ts'
import { embargoExpired } from './embargo-expired.ts'
import { embargoLifted } from './embargo-lifted.ts'
import { embargoProposal } from './embargo-proposal.ts'
import { embargoSettled } from './embargo-settled.ts'
import { escalation } from './escalation.ts'
import { forwardedReport } from './forwarded-report.ts'
import { headsUp } from './heads-up.ts'
import { headsUpCorrected } from './heads-up-corrected.ts'
import { interim } from './interim.ts'
import { interimNotice } from './interim-notice.ts'
import { invitation } from './invitation.ts'
import { lapsed } from './lapsed.ts'
import { leakCorrected } from './leak-corrected.ts'
import { leakNotice } from './leak-notice.ts'
import { ossSecurity } from './oss-security.ts'
import { outcome } from './outcome.ts'
import { plannedDate } from './planned-date.ts'
import { prenotification } from './prenotification.ts'
import { prenotificationUpdate } from './prenotification-update.ts'
import { publicLink } from './public-link.ts'
import { publicText } from './public-text.ts'
import { question } from './question.ts'
import { receipt } from './receipt.ts'
import { recipientClosed } from './recipient-closed.ts'
import { recipientCve } from './recipient-cve.ts'
import { recipientDropped } from './recipient-dropped.ts'
import { recipientExpired } from './recipient-expired.ts'
import { recipientRated } from './recipient-rated.ts'
import { recipientReply } from './recipient-reply.ts'
import { recipientSlipped } from './recipient-slipped.ts'
import { remediation } from './remediation.ts'
import { reply } from './reply.ts'
import { resend } from './resend.ts'
import { secrecyCorrected } from './secrecy-corrected.ts'
import { secrecyFailed } from './secrecy-failed.ts'
import { slipped } from './slipped.ts'
import { split } from './split.ts'
import { thanks } from './thanks.ts'
import { update } from './update.ts'
import { mailToCna } from './mail-to-cna.ts'
import { vendorReply } from './vendor-reply.ts'
import { verificationNudge } from './verification-nudge.ts'
import { verificationRequest } from './verification-request.ts'
import type { LetterDefinition } from './shared/define-letter.ts'

/** Every letter by its name. */
export const LETTERS = {
  receipt,
  acknowledgment,
  outcome,
  remediation,
  'verification-request': verificationRequest,
  'verification-nudge': verificationNudge,
  reply,
  'forwarded-report': forwardedReport,
  question,
  lapsed,
  update,
  duplicate,
  split,
  prenotification,
  'heads-up': headsUp,
  announcement,
  'oss-security': ossSecurity,
  'embargo-lifted': embargoLifted,
  thanks,
  'prenotification-update': prenotificationUpdate,
  'planned-date': plannedDate,
  'public-text': publicText,
  'public-link': publicLink,
  correction,
  'cve-id': cveId,
  slipped,
  'recipient-slipped': recipientSlipped,
  'recipient-rated': recipientRated,
  'recipient-cve': recipientCve,
  'recipient-dropped': recipientDropped,
  'recipient-reply': recipientReply,
  'vendor-reply': vendorReply,
  'mail-to-cna': mailToCna,
  closed,
  'recipient-closed': recipientClosed,
  'heads-up-corrected': headsUpCorrected,
  escalation,
  'embargo-proposal': embargoProposal,
  'embargo-settled': embargoSettled,
  'embargo-expired': embargoExpired,
  'recipient-expired': recipientExpired,
  'secrecy-failed': secrecyFailed,
  'secrecy-corrected': secrecyCorrected,
  'leak-notice': leakNotice,
  'leak-corrected': leakCorrected,
  interim,
  'interim-notice': interimNotice,
  'address-changed': addressChanged,
  resend,
  invitation,
} satisfies { readonly [N in LetterName]: LetterDefinition<N> }

export { digest } from './digest.ts'
export { forwardedReportText } from './forwarded-report.ts'
export { noPayment } from './no-payment.ts'
export { outage } from './outage.ts'
export { caseRecord, exploitOf, recordOf } from './shared/advisory-record.ts'
export { secrecyOf } from './shared/base.ts'
export type { Milestone } from './shared/define-letter.ts'
export { CannotWrite, NothingToSay } from './shared/errors.ts'
export type { Letter, LetterAttachment } from './shared/letter.ts'
export type { LetterMaterial, StoredContent, StoredRefs } from './shared/material.ts'
