import { z } from 'zod'
import { ReportId, Sha256 } from '../shared/ids.ts'

/**
 * One mail as two people approved it. The policy names addresses and words, and may be another when the mail leaves: by
 * these digests it is known again, and what differs does not leave. A reporter has no digest of their address: it
 * stands in the log, no edit changes it, and it must be forgotten when the reporter is.
 */
export const ApprovedMail = z.object({
  letter: z.enum([
    'prenotification',
    'heads-up',
    'announcement',
    'oss-security',
    'embargo-lifted',
    'thanks',
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
  /** Sender, subject, text and attachments, with the time standing still. */
  words: Sha256,
})
export type ApprovedMail = z.infer<typeof ApprovedMail>
