import { splitAddress } from './address.ts'
import { messageIds } from './headers.ts'
import type { ParsedMail } from './parsed-mail.ts'

/**
 * How we know that a bounce is about a mail of ours: it came to the return path of our mail, or returns the header of
 * our mail. Both contain a mac of ours.
 */
export type Tie = 'return-path' | 'returned'

type Bounce = Pick<ParsedMail, 'headers' | 'type' | 'reportType' | 'partTypes' | 'from'>

/** The mailbox names under which mail servers send bounces (RFC 5321 section 4.5.1, RFC 2142 section 5). */
const DAEMON = /^mailer-daemon$/iu
const SERVER = /^(?:mailer-daemon|postmaster|double-bounce)$/iu

/**
 * Whether this is a bounce, judged by its structure and header fields. Anyone can imitate these. So if there is no
 * `tie` to a mail of ours, a bounce must also have the null return path (RFC 3464 section 2) or come from a server's
 * own mailbox. An unknown return path (undefined) is accepted.
 */
export function isBounce(mail: Bounce, from: string | undefined, tie: Tie | undefined): boolean {
  const writers = [from ?? '', mail.from?.address ?? ''].map((address) => splitAddress(address)?.local ?? '')
  const isReport = reportsDelivery(mail)
  if (tie === undefined) {
    const bySender = from === undefined || from.trim() === '' || SERVER.test(writers[0] ?? '')
    return bySender && (isReport || writers.some((local) => DAEMON.test(local)))
  }
  if (isReport || writers.some((local) => (tie === 'return-path' ? SERVER : DAEMON).test(local))) return true
  // Automatic answers quote our mail too, but they are no bounces. Most of them are marked as automatic (RFC 3834
  // section 5).
  return tie === 'returned' && from?.trim() === '' && !mail.headers.has('auto-submitted')
}

/**
 * Whether this is a delivery report (RFC 3464). Some servers leave out report-type, or the multipart around the status.
 * Reports of Exim are recognised by the header field that names the recipients.
 */
const reportsDelivery = ({ type, reportType, partTypes, headers }: Bounce): boolean =>
  reportType === 'delivery-status' ||
  (type === 'multipart/report' && reportType === undefined) ||
  partTypes.includes('message/delivery-status') ||
  partTypes.includes('message/global-delivery-status') ||
  headers.has('x-failed-recipients')

/** The parts in which servers return a mail or its header (RFC 3462 section 2, RFC 6533). */
const RETURNED = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']

/**
 * The Message-ID field of a returned mail. Old servers return the mail as text within the bounce, and some quote or
 * indent it.
 */
const FIELD_IN_TEXT = /^[>| \t]{0,10}Message-ID:[ \t]*(?:\r?\n[>| \t]+)?(<[^<>\s\p{Cc}]{1,300}>)/gimu

/**
 * The most Message-IDs that are read from a bounce. An honest bounce returns a few mails; a hostile one could have a
 * million Message-IDs.
 */
const MAX_RETURNED = 20
/** How many bytes of a returned mail are searched for its header. The whole mail may have megabytes. */
const MAX_HEADER = 64 * 1024

/** The Message-IDs of the mails that this mail returns. They need not be ours. */
export function returnedMessageIds(mail: Pick<ParsedMail, 'attachments' | 'text' | 'quoted'>): readonly string[] {
  const parts = mail.attachments.filter(({ type }) => RETURNED.includes(type)).slice(0, MAX_RETURNED)
  const texts = [...parts.map(({ content }) => headerOf(content)), mail.text, mail.quoted]
  return texts
    .flatMap((text) => [...text.matchAll(FIELD_IN_TEXT)].map(([, id = '']) => id))
    .flatMap(messageIds)
    .slice(0, MAX_RETURNED)
}

function headerOf(content: Uint8Array): string {
  const text = new TextDecoder().decode(content.subarray(0, MAX_HEADER)).replaceAll(/\r\n?/gu, '\n')
  const end = text.indexOf('\n\n')
  return end === -1 ? text : text.slice(0, end)
}

/** A status (RFC 3463) that is not part of a longer number, such as an IP address. */
const STATUS = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/u

/** How many characters of a bounce's own text are searched for a status. */
const MAX_SEARCHED = 10_000

/** For a bounce that has no standard form: the first status in its text. Empty if there is no status. */
export const statusInText = ({ text }: Pick<ParsedMail, 'text'>): string =>
  STATUS.exec(text.slice(0, MAX_SEARCHED))?.[0] ?? ''
