import type { EncryptionVerdict } from '../../events/mail-checks.ts'
import type { Report, TakenIn } from '../state.ts'

type Mail = Pick<TakenIn, 'message' | 'report' | 'from' | 'checks'>
type ReportMail = Pick<Report, 'id' | 'message'>

/**
 * Whether this reporter sent an encrypted mail, even one that could not be opened. If so, nothing from their mails may
 * be sent unencrypted.
 */
export const hasEncryptedMail = (
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
  reports.some((report) => hasEncryptedMail({ messages }, report))

/** Whether nobody here can open a mail with this encryption. */
export const staysClosed = (encryption: EncryptionVerdict = 'none'): boolean =>
  encryption !== 'none' && encryption !== 'openpgp'

/** The report whose reporter sent this mail. The mail brought the report, or came later. */
export const reportOfMail = <R extends ReportMail>(
  reports: readonly R[],
  { message, report, from }: Mail,
): R | undefined => reports.find((one) => one.message === message || (from === 'reporter' && one.id === report))

const isEncrypted = (encryption: EncryptionVerdict = 'none'): boolean => encryption !== 'none'
