import { readPart } from './mime.ts'
import type { MailFile } from './mime.ts'

/** A mail as its recipient's program shows it. Header names are in lower case; a repeated header has several values. */
export type ReceivedMail = {
  readonly envelopeFrom: string
  readonly envelopeTo: readonly string[]
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly text: string
  readonly attachments: readonly MailFile[]
  readonly raw: string
  /** The first value of a header, decoded; empty if the mail has no such header. */
  header(name: string): string
}

/**
 * Reads the received bytes. The reader is separate from Embargo's code, so that tests do not check mails with the code
 * that wrote them.
 */
export function receivedMail(
  raw: Buffer,
  envelope: { readonly from: string; readonly to: readonly string[] },
): ReceivedMail {
  const { headers, text, attachments } = readPart(raw)
  return {
    envelopeFrom: envelope.from,
    envelopeTo: envelope.to,
    headers,
    text,
    attachments,
    raw: raw.toString('utf8'),
    header: (name) => headers.get(name.toLowerCase())?.[0] ?? '',
  }
}
