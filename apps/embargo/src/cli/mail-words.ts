import { safeLine } from '@embargo/chat'
import type { Addressee } from '@embargo/core'

export type IncomingMail = {
  readonly id: string
  /** The name by which "embargo read mails" finds the mail. */
  readonly name: string
  readonly envelopeFrom?: string
  /** The sender. Like the subject, it is set only if the mail is in a case and was opened, not quarantined. */
  readonly from?: string
  readonly subject?: string
  readonly state: string
  readonly stream?: string
  readonly receivedAt: number
  readonly because?: string
  /** Whether the mail was set aside in its case without being opened. */
  readonly quarantined?: boolean
}

/** What happened to a received mail. */
export function incomingInWords({ id, state, stream, because, quarantined }: IncomingMail): string {
  if (quarantined === true) return `${stream ?? 'its case'}, in quarantine and not opened; the case says why`
  if (stream !== undefined) return stream
  if (state === 'held') return 'held until a person decides, because too many came: "embargo open waiting" lists it'
  if (state === 'dismissed') return `set aside by ${because ?? 'a person'}; "embargo open waiting ${id}" opens it`
  if (state === 'set-aside' || state === 'test') return `set aside without a case: ${because ?? 'no reason was kept'}`
  return 'waiting to be taken in'
}

/** A mail that lies in a mailbox and is not stored yet. */
export type UnreadMail = {
  readonly mailbox: string
  readonly folder: string
  readonly uid: number
  readonly receivedAt: number
  readonly because: 'no-bytes' | 'too-large' | 'no-room'
}

export const UNREAD: Readonly<Record<UnreadMail['because'], string>> = {
  'no-bytes': 'the server delivers no text; Embargo tries again every hour',
  'too-large': 'larger than 25 MB, so it stays in the mailbox',
  'no-room': 'more mail arrived than the quota allows; Embargo reads it when there is room again',
}

export const unreadInWords = ({ mailbox, folder, uid, because }: UnreadMail): string =>
  `${safeLine(`${mailbox}, ${folder}`)}, UID ${uid}: ${UNREAD[because]}`

export type OutgoingMail = {
  readonly effect: string
  readonly name: string
  readonly case: string
  readonly letter: string
  readonly to: Addressee
  /** The state of the mail in the outbox, or `withdrawn`. */
  readonly state: string
  readonly evidence?: string
  /** The name of an earlier mail to the same reader. That mail must be sent before this one. */
  readonly behind?: string
}

/**
 * How the evidence of a practice mail begins. There is no reply of a relay, because the mail never leaves this machine.
 */
const KEPT_HERE = 'kept here'

/** What happened to a mail of ours, by its state in the outbox and the answer from the relay. */
export function outgoingInWords(
  { state, evidence, behind }: Pick<OutgoingMail, 'state' | 'evidence' | 'behind'>,
  relays: boolean,
): string {
  const reason = evidence === undefined ? 'the case says why' : safeLine(evidence)
  switch (state) {
    case 'done':
      return evidence?.startsWith(KEPT_HERE) === true ? reason : 'sent'
    case 'withdrawn':
      return `withdrawn, sent to nobody: ${reason}`
    case 'failed':
      return `not sent, and not tried again: ${reason}`
    case 'parked':
      return `waits for a decision ("embargo settle" lists the choices): ${reason}`
    case 'leased':
      return 'being sent'
    default:
      if (!relays) return 'waits here, sent to nobody: no relay is set (EMBARGO_SMTP_RELAY)'
      if (behind !== undefined) return `waits behind ${behind}, an earlier mail to the same reader`
      return evidence === undefined ? 'waiting to be sent' : `waiting to be sent, tried before: ${reason}`
  }
}
