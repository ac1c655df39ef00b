import { visibleLine } from './clean.ts'
import { messageIds } from './headers.ts'
import type { ParsedMail } from './parsed-mail.ts'

/**
 * A server's report about one recipient (RFC 3464 section 2.3). Servers can be forged: trust it with a valid token
 * only.
 */
export type RecipientStatus = {
  readonly recipient: string
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown'
  /** RFC 3463, for example `5.1.1`. */
  readonly status: string
  /** The words of the server, one line. */
  readonly diagnostic?: string
}

export type DeliveryReport = {
  readonly recipients: readonly RecipientStatus[]
  /** Message-ID of the mail that the report is about, if it returned the header. */
  readonly originalMessageId?: string
}

/** Stops a report about a million recipients: our mails have one each. */
const MAX_RECIPIENTS = 50
/** Stops a status part of megabytes, bytes. */
const MAX_STATUS = 64 * 1024

/** Reads a delivery report (RFC 3464); undefined if the mail is something else. */
export function readDsn(mail: Pick<ParsedMail, 'attachments'>): DeliveryReport | undefined {
  const status = mail.attachments.find(
    (part) => part.type === 'message/delivery-status' || part.type === 'message/global-delivery-status',
  )
  if (status === undefined) return undefined
  const original = mail.attachments.find((part) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'].includes(part.type),
  )
  // RFC 3464 section 2.1: a group of fields for the message, then one for each recipient, set apart by empty lines.
  const groups = text(status.content)
    .split(/\n[ \t]*\n/u)
    .map(fields)
  const recipients = groups
    .filter((group) => group.has('final-recipient') || group.has('action'))
    .slice(0, MAX_RECIPIENTS)
    .map(recipient)
  const originalMessageId =
    original === undefined ? undefined : messageIds(fields(head(text(original.content))).get('message-id') ?? '')[0]
  return { recipients, ...(originalMessageId !== undefined && { originalMessageId }) }
}

function recipient(group: ReadonlyMap<string, string>): RecipientStatus {
  const diagnostic = group.get('diagnostic-code')
  return {
    recipient: typed(group.get('original-recipient') ?? group.get('final-recipient') ?? '', 320),
    action: action(group.get('action')),
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/u.exec(group.get('status') ?? '')?.[0] ?? '',
    ...(diagnostic !== undefined && { diagnostic: typed(diagnostic, 300) }),
  }
}

function action(value: string | undefined): RecipientStatus['action'] {
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

/** `rfc822; ana@example.org` without its type. */
function typed(value: string, limit: number): string {
  return visibleLine(value.slice(value.indexOf(';') + 1), limit)
}

function text(content: Uint8Array): string {
  return new TextDecoder().decode(content.subarray(0, MAX_STATUS)).replaceAll(/\r\n?/gu, '\n')
}

function head(message: string): string {
  const end = message.indexOf('\n\n')
  return end === -1 ? message : message.slice(0, end)
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
