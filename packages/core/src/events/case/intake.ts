import { z } from 'zod'
import { BlobId, CaseId, MessageId, PersonId, ReporterId, ReportId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { PersonalIdentity } from '../../shared/personal.ts'
import { StatedReferences } from '../../shared/stated-reference.ts'
import { DomainVerdict, MailChecks } from '../mail-checks.ts'
import { Answer, MailFrom, MailTrust, QuarantineReason, RecipientName } from '../answers.ts'
import { fact } from '../fact.ts'
import type { CreditKind } from '../../shared/words.ts'
import type { LoggedAnswer } from '../logged-answer.ts'
import type { Rendering } from '../rendering.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/**
 * Requests about mail and texts: logging an answer, writing to somebody, forwarding a report, and the text of the
 * advisory.
 */
export type IntakeRequest =
  | {
      readonly verb: 'log-answer'
      readonly case: CaseId
      readonly message: MessageId
      readonly answer: LoggedAnswer
      /** Set if the mail also asks something else, so it still waits for a reply. */
      readonly more?: true
    }
  | {
      readonly verb: 'log-answer.credit'
      readonly case: CaseId
      readonly report?: ReportId
      readonly credit: CreditKind
      readonly name?: string
    }
  /**
   * The sender address of this mail replaces the reporter's former address. Later mail to the reporter goes to the new
   * address.
   */
  | {
      readonly verb: 'log-answer.address'
      readonly case: CaseId
      readonly report?: ReportId
      readonly message: MessageId
      /**
       * The sender address that the engine read from the mail. An address is personal data, which the log stores
       * separately. So the approval request is stored without the address.
       */
      readonly address?: string
      readonly shown?: Rendering
    }
  /** The report came in this person's name, but they did not send it. */
  | { readonly verb: 'people.not-reporter'; readonly case: CaseId; readonly person: PersonId }
  | {
      readonly verb: 'reply'
      readonly case: CaseId
      readonly report?: ReportId
      /**
       * Who gets the mail instead of a reporter: all recipients who have the patches (one mail each), one of them, or a
       * vendor who got a report.
       */
      readonly to?: 'recipients' | { readonly recipient: string; readonly list?: string } | { readonly vendor: string }
      /** Set if the mail to recipients shares an exploit with them. */
      readonly exploit?: 'shared'
      readonly text: BlobId
      readonly sha256: Sha256
    }
  /** Records that recipients got an exploit in an earlier mail or outside Embargo. Nothing is mailed. */
  | {
      readonly verb: 'reply.exploit'
      readonly case: CaseId
      readonly to: 'recipients' | { readonly recipient: string; readonly list?: string }
    }
  | {
      readonly verb: 'party.forward'
      readonly case: CaseId
      readonly report?: ReportId
      /** The other vendor's security contact. */
      readonly to: string
      readonly text: BlobId
      readonly sha256: Sha256
      /**
       * `reportIn`: whether the text contains the original report. `nameIn`: whether it contains part of the reporter's
       * name or address.
       */
      readonly reportIn: boolean
      readonly nameIn: boolean
      /** The report's attachments that are forwarded, unchanged. */
      readonly files?: readonly Sha256[]
      readonly shown?: Rendering
    }
  | {
      readonly verb: 'advisory'
      readonly case: CaseId
      readonly component?: string
      readonly impact?: string
      readonly workaround?: string
      readonly references?: StatedReferences
    }

/** The set of roles that may make each request. */
export const intakeRoles = {
  'log-answer': 'coordinate',
  'log-answer.credit': 'coordinate',
  'log-answer.address': 'coordinate',
  'people.not-reporter': 'coordinate',
  reply: 'coordinate',
  'reply.exploit': 'coordinate',
  'party.forward': 'coordinate',
  advisory: 'contribute',
} satisfies Record<IntakeRequest['verb'], RoleSet>

/**
 * How many earlier cases an event lists, to show that somebody writes often. The limit keeps events short in a flood of
 * reports.
 */
export const MAX_EARLIER_CASES = 5

/** Events about reports, mails in both directions, and the reporter's answers. */
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
      /**
       * Set if the mail came through a mailing list. People may answer such a mail, but a program must not (RFC 3834).
       */
      through: z.literal('list').optional(),
      /** The link of the private advisory in which the report was made, if it did not come by mail. */
      advisory: z.string().max(2000).exactOptional(),
      /** The latest cases that the same address opened before, the newest first. */
      earlier: z.array(CaseId).max(MAX_EARLIER_CASES).readonly().exactOptional(),
      /**
       * Set if no receipt was sent, because the address had already got as many receipts as one address may get in a
       * day.
       */
      receipt: z.literal('left-out').exactOptional(),
    },
    'message',
  ),
  /** The report came in the name of this team member. Another member says that this person did not send it. */
  fact('ImpersonationLogged', { report: ReportId, person: PersonId }, 'message'),
  fact(
    'MessageTakenIn',
    {
      message: MessageId,
      from: MailFrom,
      report: ReportId.optional(),
      /** The mail came to the reply address that we gave to this recipient. Somebody else can have sent the mail. */
      recipient: RecipientName.exactOptional(),
      /**
       * The address at which we wrote to another vendor or to the CNA, if the mail came to the reply address that we
       * gave to them.
       */
      vendor: z.string().max(320).exactOptional(),
      trust: MailTrust,
      checks: MailChecks.exactOptional(),
      automatic: z.boolean(),
      /**
       * The name of a letter that we sent to a public list, if the mail claims to be a bounce of this letter. Anyone
       * can make up such a mail.
       */
      returned: z.string().max(40).exactOptional(),
    },
    'both',
  ),
  /** The DNS of the sender's domain did not answer when the mail came. The domain was checked again later. */
  fact('MessageChecked', { message: MessageId, trust: MailTrust, domain: DomainVerdict }, 'message'),
  fact('MessageQuarantined', { message: MessageId, because: QuarantineReason }, 'both'),
  /** `pasteAt`: the reporter gave no address, so a person pastes the text into the private advisory at this link. */
  fact(
    'MessageSentOut',
    { report: ReportId, text: BlobId, sha256: Sha256, pasteAt: z.string().max(2000).exactOptional() },
    'both',
  ),
  /** Mail to recipients who have the patches, one mail each. */
  fact(
    'RecipientsWritten',
    {
      to: z.array(RecipientName).min(1).readonly(),
      text: BlobId,
      sha256: Sha256,
      /** Set if the mail shares an exploit with the recipients. */
      exploit: z.literal('shared').exactOptional(),
    },
    'both',
  ),
  /** The recipients have an exploit. This event sends no mail. */
  fact('ExploitShared', { to: z.array(RecipientName).min(1).readonly() }, 'both'),
  /**
   * The report was forwarded to another vendor, with the reporter's consent. `to` is the contact that a person entered.
   */
  fact(
    'ReportForwarded',
    {
      report: ReportId,
      to: z.string().max(320),
      named: z.boolean(),
      text: BlobId,
      sha256: Sha256,
      /** The report's attachments that were forwarded, unchanged. */
      files: z.array(Sha256).readonly().exactOptional(),
    },
    'message',
  ),
  /** Mail to a vendor to whom this report was forwarded. */
  fact('VendorWritten', { report: ReportId, to: z.string().max(320), text: BlobId, sha256: Sha256 }, 'both'),
  /** An address from which the reporter wrote. It is used only after a second person has approved the change. */
  fact('ReporterAddressNamed', { report: ReportId, message: MessageId, identity: PersonalIdentity }, 'neither'),
  /** `before` is the reporter's former address. A notice is sent there if mail can still reach it. */
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
  /**
   * `more`: a person says that the mail also asks something else, so the mail still waits for a reply. `late`: the
   * answer came after the publication, so the published record does not contain it.
   */
  fact(
    'ReporterAnswered',
    {
      report: ReportId,
      answer: Answer,
      message: MessageId.optional(),
      more: z.literal(true).exactOptional(),
      late: z.literal(true).exactOptional(),
    },
    'both',
  ),
  fact(
    'AdvisoryDrafted',
    {
      component: z.string().max(200),
      impact: z.string().max(2000),
      workaround: z.string().max(2000).optional(),
      references: StatedReferences.exactOptional(),
    },
    'both',
  ),
] as const
export type IntakeEvent = z.infer<(typeof intake)[number]>
