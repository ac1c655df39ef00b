import { z } from 'zod'
import { CaseId, EffectId, MessageId, PersonId, ReporterId, ReportId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { PersonalIdentity, PersonalText } from '../../shared/personal.ts'
import { ReporterKey } from '../../shared/public-key.ts'
import { CreditKind } from '../../shared/words.ts'
import { MailChecks } from '../mail-checks.ts'
import { MailFrom, MailTrust, RecipientName } from '../answers.ts'
import { fact } from '../fact.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests for cases that begin without a mail, and for reports that move between cases. */
export type MergingRequest =
  /**
   * Opens a case for a vulnerability that the team found, that somebody read about in public, or that the fix of a
   * public case did not remove.
   */
  | {
      readonly verb: 'open'
      readonly case: CaseId
      readonly project: string
      /** The link of a place where the vulnerability is public already. */
      readonly public?: string
      readonly follows?: CaseId
      /** The mail in the public case by which one of its reporters says that the fix is incomplete. */
      readonly mail?: MessageId
      readonly note?: string
    }
  /**
   * This case is a duplicate of an earlier one. `end`: the date on which the embargo of both cases ends, as the preview
   * showed it.
   */
  | { readonly verb: 'triage.duplicate'; readonly case: CaseId; readonly of: CaseId; readonly end: Instant | 'none' }
  /** A report returns to its former case or gets a new case. The engine sets `into` to the number for a new case. */
  | {
      readonly verb: 'open.report'
      readonly case: CaseId
      readonly report: ReportId
      readonly into?: CaseId
      readonly project: string
      readonly reason: string
    }

/** The set of roles that may make each request. */
export const mergingRoles = {
  open: 'coordinate',
  'triage.duplicate': 'coordinate',
  'open.report': 'coordinate',
} satisfies Record<MergingRequest['verb'], RoleSet>

/** Events about reports that move from one case to another because they are merged, returned or split off. */
export const merging = [
  /** `lost`: undelivered mails to the reporter, which move with the report. */
  fact(
    'ReportMoved',
    {
      report: ReportId,
      to: CaseId,
      as: ReportId,
      lost: z.array(EffectId).readonly().exactOptional(),
    },
    'status',
  ),
  /**
   * A report moves into this case, with all answers of its reporter. After a split, the report may also remain in its
   * former case.
   */
  fact(
    'ReportJoined',
    {
      report: ReportId,
      /** `follow-up`: the report's reporter said that the fix of a public case is incomplete. */
      by: z.enum(['merge', 'split', 'division', 'project', 'follow-up']),
      from: CaseId,
      was: ReportId,
      reporter: ReporterId,
      identity: PersonalIdentity,
      message: MessageId,
      receivedAt: Instant,
      answerable: z.boolean(),
      asked: z.boolean(),
      person: PersonId.exactOptional(),
      through: z.literal('list').exactOptional(),
      advisory: z.string().max(2000).exactOptional(),
      key: ReporterKey.exactOptional(),
      plain: z.literal(true).exactOptional(),
      credit: z.object({ kind: CreditKind, name: PersonalText.exactOptional() }).exactOptional(),
      willing: z.boolean().exactOptional(),
      aiUse: z.object({ used: z.boolean(), checkedByPerson: z.boolean() }).exactOptional(),
      consent: z.enum(['agreed', 'declined']).exactOptional(),
      openly: z.boolean().exactOptional(),
      /**
       * Set if the reporter's own embargo was over at the merge. The embargo in force then binds them only after they
       * say yes.
       */
      free: z.literal(true).exactOptional(),
      forwarding: z.enum(['named', 'unnamed', 'no']).exactOptional(),
      forwarded: z
        .array(z.object({ to: z.string().max(320), sha256: Sha256 }))
        .readonly()
        .exactOptional(),
      /**
       * Mails to the report's reporter about which a person must decide. `hard` is present if our mail relay did not
       * accept the mail or the mail bounced. It is true if no mail can reach the reporter's address.
       */
      lost: z
        .array(
          z.object({
            effect: EffectId,
            letter: z.string(),
            because: z.string().max(500),
            doubt: z.boolean(),
            hard: z.boolean().exactOptional(),
            at: Instant,
          }),
        )
        .readonly()
        .exactOptional(),
    },
    'both',
  ),
  /**
   * A mail came into this case from another case, with its report or because the cases were merged. `case` names the
   * other case. Facts such as `trust` and `takenAt` are taken over unchanged.
   */
  fact(
    'MessageMoved',
    {
      message: MessageId,
      case: CaseId,
      from: MailFrom,
      report: ReportId.exactOptional(),
      recipient: RecipientName.exactOptional(),
      vendor: z.string().max(320).exactOptional(),
      trust: MailTrust,
      checks: MailChecks.exactOptional(),
      takenAt: Instant,
      automatic: z.literal(true).exactOptional(),
      /** The mail still waits for an answer after the move. */
      unread: z.literal(true).exactOptional(),
    },
    'neither',
  ),
  /**
   * `end`: when the embargo ends for all reporters, if one is in force. `attacked`: when somebody first reported
   * attacks in the merged case. `free`: set if the embargo in force does not bind the reporters of the merged case, for
   * example because the embargo of that case was over.
   */
  fact(
    'CasesMerged',
    {
      with: CaseId,
      as: z.enum(['into', 'from']),
      reports: z.array(ReportId),
      end: Instant.exactOptional(),
      attacked: Instant.exactOptional(),
      free: z.literal(true).exactOptional(),
    },
    'message',
  ),
  fact('CaseSplit', { report: ReportId, into: CaseId, as: ReportId, reason: z.string().max(2000) }, 'message'),
] as const
export type MergingEvent = z.infer<(typeof merging)[number]>
