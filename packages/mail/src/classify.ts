import { isBounce } from './bounce.ts'
import type { Tie } from './bounce.ts'
import { header } from './headers.ts'
import { readMessageId } from './message-id.ts'
import type { Mac } from './mac.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** Who sent a mail: a person as far as we can tell (`mail`), a mail server, a program, or a person through a list. */
export type MailKind = 'mail' | 'bounce' | 'automatic' | 'list'

/**
 * The envelope's sender. The null return path is ''. Undefined if it is unknown, as for a mail that was fetched from a
 * mailbox.
 */
export type ReturnPath = { readonly from: string | undefined }

/** The fields that mailing lists add (RFC 2369 and RFC 2919). */
const LIST_FIELDS = [
  'list-id',
  'list-post',
  'list-unsubscribe',
  'list-help',
  'list-subscribe',
  'list-owner',
  'list-archive',
]
/** Fields that only discussion lists have: a name of the list, or an address to post to. */
const TALKED_ON = ['list-id', 'list-post']
/** Fields with which automatic responders marked their answers before RFC 3834. Some responders still use them. */
const RESPONDER_FIELDS = ['x-autoreply', 'x-autoreply-from', 'x-autorespond', 'x-autoresponder', 'x-mail-autoreply']

/**
 * Distinguishes bounces, automatic answers and lists from people's mail, by header fields and structure alone. Words do
 * not count: a report with the subject "vacation" is a report. With `messageMac`, our own mail is recognised when it
 * comes back. With a `tie`, bounces that follow no standard are recognised too.
 */
export function classify(
  mail: Pick<ParsedMail, 'headers' | 'type' | 'reportType' | 'messageId' | 'partTypes' | 'from'>,
  envelope: ReturnPath,
  messageMac?: Mac,
  tie?: Tie,
): MailKind {
  if (
    messageMac !== undefined &&
    mail.messageId !== undefined &&
    readMessageId(mail.messageId, messageMac)?.valid === true
  )
    return 'automatic'
  if (isBounce(mail, envelope.from, tie)) return 'bounce'
  // A report that is not about delivery comes from a program too. It says, for example, that a mail was read or was
  // marked as spam (RFC 6522).
  if (mail.reportType !== undefined && mail.reportType !== 'delivery-status') return 'automatic'
  const submitted = word(mail, 'auto-submitted')
  if (submitted !== undefined && submitted !== 'no') return 'automatic'
  const precedence = word(mail, 'precedence')
  if (precedence === 'junk' || precedence === 'auto_reply') return 'automatic'
  if (RESPONDER_FIELDS.some((field) => mail.headers.has(field))) return 'automatic'
  // RFC 5321 section 4.5.5: only programs write without a return path.
  if (envelope.from?.trim() === '') return 'automatic'
  // Old list software marks people's mail as "bulk", and newsletters are marked as "bulk" too. But only a discussion
  // list has one of the fields in `TALKED_ON`.
  const bulk = precedence === 'bulk'
  if (bulk && !TALKED_ON.some((field) => mail.headers.has(field))) return 'automatic'
  if (bulk || precedence === 'list' || LIST_FIELDS.some((field) => mail.headers.has(field))) return 'list'
  return 'mail'
}

/** The first word of a field, in lower case. Parameters and comments after it are ignored (RFC 3834 section 5). */
function word(mail: Pick<ParsedMail, 'headers'>, name: string): string | undefined {
  return header(mail.headers, name)
    ?.toLowerCase()
    .split(/[\s;(]/u)
    .find((part) => part !== '')
}
