import type { PublicKeyFile, UnusableKey } from './openpgp/key-facts.ts'
import type { MailProtection } from './openpgp/protection.ts'

/** An attached file, with its content decoded. `name` is safe to show. `type` is what the sender claims. */
export type MailAttachment = {
  readonly name: string
  readonly type: string
  readonly bytes: number
  readonly sha256: string
  readonly content: Uint8Array
  /**
   * Set if this is the content of a file that came encrypted. Says in words what the signature inside that file proves.
   */
  readonly decrypted?: string
}

/** Lower-case field name → its values in order, unfolded and otherwise as sent. */
export type MailHeaders = ReadonlyMap<string, readonly string[]>

/** The name and address that the mail claims. Nothing proves them. */
export type MailSender = { readonly address: string; readonly name?: string }

/** A mail as text. The sender, who may be hostile, chose everything in it. */
export type ParsedMail = {
  /**
   * Set only if there is exactly one From with exactly one address. Otherwise people could see another sender than the
   * one that we check.
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
  /** The quote at the end, with its introduction. `text` and `quoted` together are the whole text. */
  readonly quoted: string
  readonly textFrom: 'plain' | 'html' | 'nothing'
  /** Whether the text was cut because it is longer than `MAX_TEXT`. The stored bytes have the rest. */
  readonly textCut: boolean
  readonly attachments: readonly MailAttachment[]
  readonly protection: MailProtection
  /** Public keys that came with the mail. Nothing proves whose keys they are. */
  readonly keys: readonly PublicKeyFile[]
  /** Why a key that came with the mail cannot be read. */
  readonly unusableKey?: UnusableKey
  /** The media type of the mail as a whole, and its `report-type` if it is a multipart/report (RFC 6522). */
  readonly type: string
  readonly reportType?: string
  /** The media types of the leaves of the mail, before anything was decrypted. */
  readonly partTypes: readonly string[]
  readonly headers: MailHeaders
}
