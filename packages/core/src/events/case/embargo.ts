import { z } from 'zod'
import { MessageId, ReportId } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { ExitReason } from '../../shared/words.ts'
import { fact } from '../fact.ts'

/** What is agreed about secrecy (embargo management, EM). */
export const embargo = [
  fact(
    'EmbargoProposed',
    {
      proposal: z.string(),
      by: z.enum(['standing', 'team', 'reporter']),
      end: Instant,
      reason: z.string().max(2000).exactOptional(),
      /** The report whose reporter proposed the date, and the mail in which they did. */
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
      /**
       * The report whose reporter proposed the date that the team accepts: only this one of several has agreed to it.
       */
      report: ReportId.exactOptional(),
      message: MessageId.exactOptional(),
    },
    'both',
  ),
  /** `by` is absent if nobody rejected it: closing the case, or public knowledge, ended the proposal. */
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
  /** An exit is final for its round; this begins the next one. */
  fact('EmbargoRoundBegun', { because: z.enum(['signal-corrected', 'expired']) }, 'status'),
] as const
export type EmbargoEvent = z.infer<(typeof embargo)[number]>
