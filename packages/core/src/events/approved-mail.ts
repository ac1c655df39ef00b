import { z } from 'zod'
import { ReportId, Sha256 } from '../shared/ids.ts'

/**
 * One mail as two people approved it. Its address and words come from the policy, which may change after the approval.
 * So the digests are compared just before sending, and a mail that differs is not sent. A reporter's address has no
 * digest, because the digest would remain in the log after the reporter's data is erased.
 */
export const ApprovedMail = z.object({
  letter: z.enum([
    'prenotification',
    'heads-up',
    'announcement',
    'oss-security',
    'embargo-lifted',
    'thanks',
    'correction',
    'interim',
    'interim-notice',
    'prenotification-update',
    'slipped',
    'recipient-slipped',
    'recipient-dropped',
    'heads-up-corrected',
    'forwarded-report',
  ]),
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('report'), report: ReportId }),
    z.object({ kind: z.literal('recipient'), list: z.string(), recipient: z.string() }),
    z.object({ kind: z.literal('vendor'), report: ReportId }),
    z.object({ kind: z.literal('public'), list: z.enum(['announce', 'oss-security']) }),
  ]),
  address: Sha256.exactOptional(),
  /**
   * Digest of the sender, subject, text and attachments. They are rendered for a fixed instant, so the digest does not
   * change with time.
   */
  words: Sha256,
})
export type ApprovedMail = z.infer<typeof ApprovedMail>
