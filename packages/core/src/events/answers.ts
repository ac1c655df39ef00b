import { z } from 'zod'
import { PersonId, ReportId, Sha256 } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { PersonalText } from '../shared/personal.ts'
import { BranchName, CreditKind } from '../shared/words.ts'

/** Who writes a patch: a person on the case, or the reporter of one of its reports. */
export const Remediator = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), person: PersonId }),
  z.object({ kind: z.literal('reporter'), report: ReportId }),
])
export type Remediator = z.infer<typeof Remediator>

/** The result of a mail's checks, the most trusted first. `nothing-proven`: no check shows who sent the mail. */
export const MailTrust = z.enum(['signed-by-sender', 'domain-vouches', 'nothing-proven', 'failed'])
export type MailTrust = z.infer<typeof MailTrust>

/**
 * Who sent a mail, judged by the mail's sender and by the reply address that it was sent to. `unverified`: this sender
 * does not belong to this reply address.
 */
export const MailFrom = z.enum(['reporter', 'recipient', 'vendor', 'unverified', 'team'])
export type MailFrom = z.infer<typeof MailFrom>

/** A recipient of a pre-notification, named by the ids that the policy gives to the list and to the recipient. */
export const RecipientName = z.object({ list: z.string(), recipient: z.string() }).readonly()
export type RecipientName = z.infer<typeof RecipientName>

/**
 * Why a mail was stored without being read: it cannot be parsed, it exceeds a limit, it crashed the parser, or the
 * program died each time it processed the mail.
 */
export const QuarantineReason = z.enum(['unparsable', 'too-large', 'parser-died', 'program-died'])
export type QuarantineReason = z.infer<typeof QuarantineReason>

/** A reporter's answer, as a team member logged it. Embargo itself never interprets free text as a yes. */
export const Answer = z.discriminatedUnion('about', [
  z.object({ about: z.literal('credit'), credit: CreditKind, name: PersonalText.optional() }),
  z.object({ about: z.literal('patch-offer'), willing: z.boolean() }),
  z.object({ about: z.literal('ai-use'), used: z.boolean(), checkedByPerson: z.boolean() }),
  /** With `proposal`, this is the answer to a proposed date; without it, the answer to the embargo itself. */
  z.object({ about: z.literal('consent'), agreed: z.boolean(), proposal: z.string().exactOptional() }),
  z.object({ about: z.literal('embargo-date'), end: Instant }),
  /** Whether the reporter agrees to continue in public. */
  z.object({ about: z.literal('open'), agreed: z.boolean() }),
  /**
   * Whether the reporter allows us to forward the report to another vendor, and whether the reporter's name may be
   * forwarded too (`named`).
   */
  z.object({ about: z.literal('forwarding'), agreed: z.boolean(), named: z.boolean() }),
  z.object({ about: z.literal('verification'), branch: BranchName, sha256: Sha256, fixed: z.boolean() }),
])
export type Answer = z.infer<typeof Answer>
