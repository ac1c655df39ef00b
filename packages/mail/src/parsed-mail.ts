/**
 * What the signature of a part proves. A good signature alone proves nothing: the signer must be the sender.
 * `unknown-key` also covers a signature that nobody checked.
 */
export type PartVerdict =
  | 'signed-by-sender'
  | 'signed-by-another'
  | 'unknown-key'
  | 'bad-signature'
  | 'not-signed'
  | 'encrypted-unreadable'

export const VERDICT_WORDS: Readonly<Record<PartVerdict, string>> = {
  'signed-by-sender': "signed by the sender's own key",
  'signed-by-another': 'signed, but by somebody other than the sender',
  'unknown-key': 'signed with a key that is not known here, which proves nothing',
  'bad-signature': 'the signature is wrong: the text was changed or the signature is forged',
  'not-signed': 'not signed',
  'encrypted-unreadable': 'encrypted, and it cannot be read here',
}

/** A leaf of the MIME tree; `path` counts from 1 as IMAP does (RFC 9051 section 6.4.5): `1`, `2.1`. */
export type MailPart = { readonly path: string; readonly type: string; readonly verdict: PartVerdict }

/** The content as the sender encoded it, decoded once; `name` is safe to show, `type` is the sender's claim. */
export type MailAttachment = {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  readonly content: Uint8Array
}

/** Lower-case field name → its values in order, unfolded and otherwise as sent. */
export type MailHeaders = ReadonlyMap<string, readonly string[]>

/** Name and address as the mail gives them. Nothing proves them. */
export type MailSender = { readonly address: string; readonly name?: string }

/** A mail made readable. The sender, who may be hostile, chose everything in it. */
export type ParsedMail = {
  /**
   * Only if there is exactly one From with exactly one address: anything else could show one sender and mean another.
   */
  readonly from?: MailSender
  readonly subject: string
  /** With angle brackets. */
  readonly messageId?: string
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  /** Epoch milliseconds, by the sender's clock. */
  readonly date?: number
  /** What the sender wrote, without the quote that follows it. */
  readonly text: string
  /** The quote at the end, with its introduction; `text` and `quoted` together are everything. */
  readonly quoted: string
  readonly textFrom: 'plain' | 'html' | 'nothing'
  /** The text was longer than `MAX_TEXT`; the stored bytes have the rest. */
  readonly textCut: boolean
  readonly attachments: readonly MailAttachment[]
  readonly parts: readonly MailPart[]
  /** The root's media type, and `report-type` if it is a multipart/report (RFC 6522). */
  readonly type: string
  readonly reportType?: string
  readonly headers: MailHeaders
}
