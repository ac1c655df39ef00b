import { splitAddress } from './address.ts'
import { messageIds } from './headers.ts'
import type { ParsedMail } from './parsed-mail.ts'

/**
 * What ties a bounce to a mail of ours: it came to the return path of that mail, or returns its header. Both carry our
 * signature.
 */
export type Tie = 'return-path' | 'returned'

type Bounce = Pick<ParsedMail, 'headers' | 'type' | 'reportType' | 'partTypes' | 'from'>

/** The mailboxes that mail servers write as (RFC 5321 section 4.5.1, RFC 2142 section 5). */
const DAEMON = /^mailer-daemon$/iu
const SERVER = /^(?:mailer-daemon|postmaster|double-bounce)$/iu

/**
 * Whether a mail server returns a mail, by structure and header fields. Anyone can write a mail that is built like a
 * bounce. So one that no mail of ours is tied to counts only if it was sent as bounces are: with the null return path
 * (RFC 3464 section 2), or by a server's own mailbox. A return path that nobody knows (undefined) rules nothing out.
 */
export function isBounce(mail: Bounce, from: string | undefined, tie: Tie | undefined): boolean {
  const writers = [from ?? '', mail.from?.address ?? ''].map((address) => splitAddress(address)?.local ?? '')
  const isReport = reportsDelivery(mail)
  if (tie === undefined) {
    const bySender = from === undefined || from.trim() === '' || SERVER.test(writers[0] ?? '')
    return bySender && (isReport || writers.some((local) => DAEMON.test(local)))
  }
  if (isReport || writers.some((local) => (tie === 'return-path' ? SERVER : DAEMON).test(local))) return true
  // Programs that answer for people quote our mail too, and most say what they are (RFC 3834 section 5).
  return tie === 'returned' && from?.trim() === '' && !mail.headers.has('auto-submitted')
}

/**
 * RFC 3464. Some servers leave out report-type, send the status without the wrapping, or, as Exim, only name the
 * recipients in a field of the header.
 */
const reportsDelivery = ({ type, reportType, partTypes, headers }: Bounce): boolean =>
  reportType === 'delivery-status' ||
  (type === 'multipart/report' && reportType === undefined) ||
  partTypes.includes('message/delivery-status') ||
  partTypes.includes('message/global-delivery-status') ||
  headers.has('x-failed-recipients')

/** The parts in which servers return a mail or its header (RFC 3462 section 2, RFC 6533). */
const RETURNED = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers']

/** A header field in the text, where old servers return the mail: some quote it or set it in. */
const FIELD_IN_TEXT = /^[>| \t]{0,10}Message-ID:[ \t]*(?:\r?\n[>| \t]+)?(<[^<>\s\p{Cc}]{1,300}>)/gimu

/** Stops a text of a million such fields. A returned mail has one, and those that it returns itself a few more. */
const MAX_RETURNED = 20
/** The header of a returned mail, bytes. Stops a returned mail of megabytes from being searched. */
const MAX_HEADER = 64 * 1024

/** The Message-IDs of the mails that this one returns. They need not be ours. */
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

/** RFC 3463, where it is no part of a longer number such as an address. */
const STATUS = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])/u

/** Characters of a bounce's own text that are searched for a status. */
const MAX_SEARCHED = 10_000

/** The first status in the text of a bounce in no standard form; empty if it names none. */
export const statusInText = ({ text }: Pick<ParsedMail, 'text'>): string =>
  STATUS.exec(text.slice(0, MAX_SEARCHED))?.[0] ?? ''
