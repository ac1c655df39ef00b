import { z } from 'zod'
import { MessageId, ReportId } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { ExitReason } from '../../shared/words.ts'
import { fact } from '../fact.ts'

/** What is agreed about secrecy (EM). */
export const embargo = [
  fact(
    'EmbargoProposed',
    {
      proposal: z.string(),
      by: z.enum(['standing', 'team', 'reporter']),
      end: Instant,
      reason: z.string().max(2000).exactOptional(),
      /** The report whose reporter named the date, and the mail that says so. */
      report: ReportId.exactOptional(),
      message: MessageId.exactOptional(),
    },
    'both',
  ),
  fact(
    'EmbargoAccepted',
    {
      proposal: z.string(),
      by: z.enum(['team', 'reporter']),
      end: Instant,
      /** Whose reporter named the date that the team accepts: of several, only they have said it. */
      report: ReportId.exactOptional(),
      message: MessageId.exactOptional(),
    },
    'both',
  ),
  /** `by` is absent where nobody said no: closing, or public knowledge, ended what was proposed. */
  fact(
    'EmbargoRejected',
    {
      proposal: z.string(),
      by: z.enum(['team', 'reporter']).exactOptional(),
      reason: z.string().max(2000).exactOptional(),
      message: MessageId.exactOptional(),
    },
    'both',
  ),
  fact('EmbargoExited', { reason: ExitReason, note: z.string().max(2000).exactOptional() }, 'both'),
  /** Exited is final for a round; this is the next one. */
  fact('EmbargoRoundBegun', { because: z.enum(['signal-corrected', 'expired']) }, 'status'),
] as const
export type EmbargoEvent = z.infer<(typeof embargo)[number]>
