import type { EncryptionVerdict } from '../../events/mail-checks.ts'
import type { CaseState, Report } from '../state.ts'

type Mails = Pick<CaseState, 'messages'>

/** Whether this reporter wrote encrypted, whether or not it could be opened. Then nothing of it leaves unencrypted. */
export const cameEncrypted = ({ messages }: Mails, { id, message: first }: Pick<Report, 'id' | 'message'>): boolean =>
  messages.some(
    ({ message, report, from, checks }) =>
      (message === first || (report === id && from === 'reporter')) && isEncrypted(checks?.encryption),
  )

const isEncrypted = (encryption: EncryptionVerdict = 'none'): boolean => encryption !== 'none'
