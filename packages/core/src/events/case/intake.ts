import { z } from 'zod'
import { BlobId, MessageId, PersonId, ReporterId, ReportId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { PersonalIdentity } from '../../shared/personal.ts'
import { Answer, MailFrom, MailTrust, QuarantineReason, RecipientName } from '../answers.ts'
import { fact } from '../fact.ts'

/** Reports, mails in and out, and what the reporter answered. */
export const intake = [
  fact(
    'ReportAttached',
    {
      report: ReportId,
      reporter: ReporterId,
      identity: PersonalIdentity,
      message: MessageId,
      receivedAt: Instant,
      person: PersonId.optional(),
      answerable: z.boolean(),
      /** It came through a mailing list: a program answers nothing (RFC 3834), people may. */
      through: z.literal('list').optional(),
    },
    'message',
  ),
  /** The report came in the name of this person of the team, and another says that it is not theirs. */
  fact('ImpersonationLogged', { report: ReportId, person: PersonId }, 'message'),
  fact(
    'MessageTakenIn',
    {
      message: MessageId,
      from: MailFrom,
      report: ReportId.optional(),
      /** The recipient whose reply address it came to, also where nothing shows that they sent it. */
      recipient: RecipientName.exactOptional(),
      /** The other vendor, by the address that a report was forwarded to, whose reply address it came to. */
      vendor: z.string().max(320).exactOptional(),
      trust: MailTrust,
      automatic: z.boolean(),
    },
    'both',
  ),
  fact('MessageQuarantined', { message: MessageId, because: QuarantineReason }, 'both'),
  fact('MessageSentOut', { report: ReportId, text: BlobId, sha256: Sha256 }, 'both'),
  /** To recipients who hold the patches, one mail each. */
  fact(
    'RecipientsWritten',
    {
      to: z.array(RecipientName).min(1).readonly(),
      text: BlobId,
      sha256: Sha256,
    },
    'both',
  ),
  /** To another vendor, with the reporter's yes; `to` is the contact that a person gave. */
  fact(
    'ReportForwarded',
    {
      report: ReportId,
      to: z.string().max(320),
      named: z.boolean(),
      text: BlobId,
      sha256: Sha256,
      /** The report's files that went too, as they came. */
      files: z.array(Sha256).readonly().exactOptional(),
    },
    'message',
  ),
  /** To a vendor to whom this report was forwarded. */
  fact('VendorWritten', { report: ReportId, to: z.string().max(320), text: BlobId, sha256: Sha256 }, 'both'),
  /** Where a mail of theirs came from: it waits for a second person. */
  fact('ReporterAddressNamed', { report: ReportId, message: MessageId, identity: PersonalIdentity }, 'neither'),
  /** `before`: the address that they had, where it could be written to: it is told. */
  fact(
    'ReporterAddressSet',
    {
      report: ReportId,
      message: MessageId,
      identity: PersonalIdentity,
      before: PersonalIdentity.exactOptional(),
    },
    'both',
  ),
  fact('ReporterAsked', { report: ReportId, about: z.array(z.enum(['credit', 'patch-offer', 'ai-use'])) }, 'neither'),
  /** `more`: a person says that the mail asks something else besides, so it waits for a reply. */
  fact(
    'ReporterAnswered',
    {
      report: ReportId,
      answer: Answer,
      message: MessageId.optional(),
      more: z.literal(true).exactOptional(),
    },
    'both',
  ),
  fact(
    'AdvisoryDrafted',
    {
      component: z.string().max(200),
      impact: z.string().max(2000),
      workaround: z.string().max(2000).optional(),
    },
    'both',
  ),
] as const
export type IntakeEvent = z.infer<(typeof intake)[number]>
