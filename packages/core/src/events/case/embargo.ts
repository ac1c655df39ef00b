import { z } from 'zod'
import { MessageId, ReportId } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { ExitReason } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { TerminationReason } from '../../shared/words.ts'
import type { Rendering } from '../rendering.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests about the embargo. */
export type EmbargoRequest =
  | { readonly verb: 'embargo.until'; readonly case: CaseId; readonly end: Instant; readonly reason?: string }
  /**
   * `end` is the date that was shown to the person. If another date has been proposed since, nothing is accepted or
   * rejected.
   */
  | { readonly verb: 'embargo.accept'; readonly case: CaseId; readonly end?: Instant }
  | { readonly verb: 'embargo.reject'; readonly case: CaseId; readonly reason: string; readonly end?: Instant }
  /**
   * Sets an end that two admins must approve. Either this end is later than the latest one that the reporter and the
   * team may agree on, or the reporter did not answer.
   */
  | {
      readonly verb: 'embargo.extend'
      readonly case: CaseId
      readonly end: Instant
      readonly reason: string
      readonly shown?: Rendering
    }
  /** Ends the embargo, because the team and the reporter agree to continue in public. */
  | { readonly verb: 'embargo.open'; readonly case: CaseId }
  | {
      readonly verb: 'embargo.end'
      readonly case: CaseId
      readonly reason: TerminationReason
      readonly text: string
      readonly shown?: Rendering
    }

/** The set of roles that may make each request. */
export const embargoRoles = {
  'embargo.until': 'coordinate',
  'embargo.accept': 'coordinate',
  'embargo.reject': 'coordinate',
  'embargo.extend': 'coordinate',
  'embargo.open': 'coordinate',
  'embargo.end': 'coordinate',
} satisfies Record<EmbargoRequest['verb'], RoleSet>

/** Events about the embargo (embargo management, EM). */
export const embargo = [
  fact(
    'EmbargoProposed',
    {
      proposal: z.string(),
      by: z.enum(['standing', 'team', 'reporter']),
      end: Instant,
      reason: z.string().max(2000).exactOptional(),
      /** The report whose reporter proposed the date, and the mail that proposed it. */
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
       * The report whose reporter proposed the date that the team accepts. Other reporters have not agreed to this
       * date.
       */
      report: ReportId.exactOptional(),
      message: MessageId.exactOptional(),
    },
    'both',
  ),
  /**
   * `by` is absent if nobody rejected the proposal. The proposal then ended because the case was closed or the
   * vulnerability became public.
   */
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
  /**
   * Negotiations about a new embargo begin, because the last embargo expired, or because the signal that ended the last
   * embargo proved wrong.
   */
  fact('EmbargoRoundBegun', { because: z.enum(['signal-corrected', 'expired']) }, 'status'),
] as const
export type EmbargoEvent = z.infer<(typeof embargo)[number]>
