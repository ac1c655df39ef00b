import { z } from 'zod'
import { CaseId, EffectId, MessageId, PersonId, ReporterId, ReportId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { PersonalIdentity, PersonalText } from '../../shared/personal.ts'
import { CreditKind } from '../../shared/words.ts'
import { MailFrom, MailTrust, RecipientName } from '../answers.ts'
import { fact } from '../fact.ts'

/** Reports that go from one case to another: merged, split off again, or divided. */
export const merging = [
  /** `lost`: mails to its reporter that did not arrive, which go along. */
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
  /** The other side of it, with all that its reporter answered. A division leaves the report where it was, too. */
  fact(
    'ReportJoined',
    {
      report: ReportId,
      by: z.enum(['merge', 'split', 'division', 'project']),
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
      credit: z.object({ kind: CreditKind, name: PersonalText.exactOptional() }).exactOptional(),
      willing: z.boolean().exactOptional(),
      aiUse: z.object({ used: z.boolean(), checkedByPerson: z.boolean() }).exactOptional(),
      consent: z.enum(['agreed', 'declined']).exactOptional(),
      openly: z.boolean().exactOptional(),
      /** Their own embargo was over when their case was merged: the one that is in force binds them when they say yes. */
      free: z.literal(true).exactOptional(),
      forwarding: z.enum(['named', 'unnamed', 'no']).exactOptional(),
      forwarded: z
        .array(z.object({ to: z.string().max(320), sha256: Sha256 }))
        .readonly()
        .exactOptional(),
      /** Mails to its reporter that did not arrive. `hard`: they cannot be reached in this way at all; absent: in doubt. */
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
  /** A mail of such a report, as it was taken in where it came. */
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
      takenAt: Instant,
      automatic: z.literal(true).exactOptional(),
      /** It waits for an answer, and goes on waiting where it went. */
      unread: z.literal(true).exactOptional(),
    },
    'neither',
  ),
  /**
   * `end`: when the embargo ends for all of them, where one is in force. `attacked`: when somebody said first, in the case
   * that comes, that attacks are observed. `free`: the embargo of that case was over, so that one is in force for those
   * who were in this one alone.
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
