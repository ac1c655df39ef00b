import { visibleLine } from './clean.ts'
import type { ParsedMail } from './parsed-mail.ts'

/**
 * A server's report about one recipient (RFC 3464 section 2.3). Such a report can be forged, so it may be trusted only
 * if a valid mac of ours shows that it is about a mail that we sent.
 */
export type RecipientStatus = {
  /** The address to which the sender wrote, if the server knows it. */
  readonly recipient: string
  /** The address to which the server tried to deliver; it differs if the mail was forwarded. */
  readonly final: string
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown'
  /** The status code of RFC 3463, for example `5.1.1`. Empty if the server gave no code. */
  readonly status: string
  /** What the server wrote about the failure, in one line. */
  readonly diagnostic?: string
}

export type DeliveryReport = { readonly recipients: readonly RecipientStatus[] }

/**
 * The most recipients that are read from a report. A forged report may name a million. Our mails have one recipient
 * each.
 */
const MAX_RECIPIENTS = 50
/** The most bytes that are read from the status part. */
const MAX_STATUS = 64 * 1024

/** Reads a delivery report (RFC 3464); undefined if the mail is something else. */
export function readDsn(mail: Pick<ParsedMail, 'attachments'>): DeliveryReport | undefined {
  const status = mail.attachments.find(
    (part) => part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status',
  )
  if (status === undefined) return undefined
  // RFC 3464 section 2.1: a group of fields for the message, then a group for each recipient, separated by empty lines.
  const groups = text(status.content)
    .split(/\n[ \t]*\n/u)
    .map(fields)
  const recipients = groups
    .filter((group) => group.has('final-recipient') || group.has('action'))
    .slice(0, MAX_RECIPIENTS)
    .map(recipient)
  return { recipients }
}

function recipient(group: ReadonlyMap<string, string>): RecipientStatus {
  const diagnostic = group.get('diagnostic-code')
  const final = typed(group.get('final-recipient') ?? '', 320)
  const status = statusOf(group.get('status') ?? '', diagnostic ?? '')
  const action = actionOf(group.get('action'))
  return {
    recipient: typed(group.get('original-recipient') ?? '', 320) || final,
    final,
    action: action === 'unknown' && status.startsWith('5') ? 'failed' : action,
    status,
    ...(diagnostic !== undefined && { diagnostic: typed(diagnostic, 300) }),
  }
}

function actionOf(value: string | undefined): RecipientStatus['action'] {
  const word = value?.trim().toLowerCase()
  switch (word) {
    case 'failed':
    case 'delayed':
    case 'delivered':
    case 'relayed':
    case 'expanded':
      return word
    default:
      return 'unknown'
  }
}

const STATUS = /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])/u
/** "Other or undefined" (RFC 3463 section 3.1), which servers write if they know nothing more exact. */
const VAGUE = /^[45]\.0\.0$/u

/** The status that the server wrote, or the status in the other server's reply (`diagnostic`) if that is more exact. */
function statusOf(written: string, diagnostic: string): string {
  const status = STATUS.exec(written)?.[0] ?? ''
  if (status !== '' && !VAGUE.test(status)) return status
  const replied = STATUS.exec(diagnostic)?.[0]
  return replied !== undefined && (status === '' || replied.startsWith(status.charAt(0))) ? replied : status
}

/** The value without the type in front of it: `ana@example.org` for `rfc822; ana@example.org`. */
function typed(value: string, limit: number): string {
  return visibleLine(value.slice(value.indexOf(';') + 1), limit)
}

function text(content: Uint8Array): string {
  return new TextDecoder().decode(content.subarray(0, MAX_STATUS)).replaceAll(/\r\n?/gu, '\n')
}

function fields(block: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const line of block.replaceAll(/\n[ \t]+/gu, ' ').split('\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (name !== '' && !found.has(name)) found.set(name, line.slice(colon + 1).trim())
  }
  return found
}
