import type { EncryptionVerdict } from '../../events/mail-checks.ts'
import type { Report, TakenIn } from '../state.ts'

type Mail = Pick<TakenIn, 'message' | 'report' | 'from' | 'checks'>
type ReportMail = Pick<Report, 'id' | 'message'>

/**
 * Whether this reporter sent an encrypted mail, even one that could not be opened. If so, nothing from their mails may
 * be sent unencrypted.
 */
export const cameEncrypted = (
  { messages }: { readonly messages: readonly Mail[] },
  { id, message: first }: ReportMail,
): boolean =>
  messages.some(
    ({ message, report, from, checks }) =>
      (message === first || (report === id && from === 'reporter')) && isEncrypted(checks?.encryption),
  )

/** The mails of a case; a case that is about to be opened has none yet. */
export type CaseMails = { readonly messages?: readonly Mail[]; readonly reports?: readonly ReportMail[] }

/** Whether any reporter of the case wrote encrypted. */
export const holdsEncryptedReport = ({ messages = [], reports = [] }: CaseMails): boolean =>
  reports.some((report) => cameEncrypted({ messages }, report))

const isEncrypted = (encryption: EncryptionVerdict = 'none'): boolean => encryption !== 'none'
