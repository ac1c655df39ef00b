import { createHash } from 'node:crypto'
import type { Instant } from '@embargo/core'
import MailComposer from 'nodemailer/lib/mail-composer'
import { isAddress } from './address.ts'
import { fileName, mediaType, visibleLine } from './clean.ts'
import { MailError } from './errors.ts'
import { isMessageId } from './headers.ts'
import { MAX_NAME, MAX_SUBJECT } from './limits.ts'

/**
 * How many References an answer keeps: the first and the newest ones. Without this limit, the header would grow with
 * every mail of a conversation.
 */
const KEPT_REFERENCES = 20

/**
 * The content of a mail before it has headers. With `automatic`, a header says that a program wrote the mail (RFC 3834
 * section 5).
 */
export type Content = {
  readonly subject: string
  readonly text: string
  /** These files are not encoded yet: `composeMail` encodes them. */
  readonly attachments: readonly {
    readonly filename: string
    readonly contentType: string
    readonly content: string | Uint8Array
  }[]
  readonly automatic: boolean
}

/** The header of a letter. There is one recipient and never Cc or Bcc, so nobody learns who else got the letter. */
export type Envelope = {
  readonly from: { readonly name: string; readonly address: string }
  /** The reply address of the case, with its token. */
  readonly replyTo: string
  readonly to: string
  /** From `makeMessageId`. */
  readonly messageId: string
  readonly date: Instant
  /** The Message-ID of the mail that this one answers. It comes from outside and is left out if it is invalid. */
  readonly inReplyTo?: string
  readonly references?: readonly string[]
  /** Set if a program wrote the letter, as an answer to a mail (`auto-replied`) or on its own (RFC 3834 section 5). */
  readonly automatic?: 'auto-replied' | 'auto-generated'
  /** The sender's public key in binary form, with which mail programs can encrypt their answers (Autocrypt level 1). */
  readonly publicKey?: Uint8Array
}

/**
 * Makes the final bytes of a mail. The same input must give the same bytes, because a retry must send the same mail.
 * The text is plain text without format=flowed, and attachments are in base64. No input can forge a header line.
 *
 * @throws MailError `bad-address`, `bad-message-id`
 */
export async function composeMail(letter: Content, envelope: Envelope): Promise<Uint8Array> {
  for (const address of [envelope.from.address, envelope.replyTo, envelope.to]) {
    if (!isAddress(address))
      throw new MailError(
        'bad-address',
        'An address of the outgoing mail is not a plain address, so the mail was not written. Correct the address.',
      )
  }
  if (!isMessageId(envelope.messageId))
    throw new MailError(
      'bad-message-id',
      'The Message-ID of the outgoing mail is invalid, so the mail was not written.',
    )
  const references = withinLimit(envelope.references ?? [])
  const automatic = letter.automatic ? (envelope.automatic ?? 'auto-generated') : undefined
  const node = new MailComposer({
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: '\r\n',
    boundaryPrefix: '=_embargo',
    baseBoundary: createHash('sha256').update(envelope.messageId).digest('hex').slice(0, 32),
    from: { name: visibleLine(envelope.from.name, MAX_NAME), address: envelope.from.address },
    to: { name: '', address: envelope.to },
    replyTo: { name: '', address: envelope.replyTo },
    subject: visibleLine(letter.subject, MAX_SUBJECT),
    messageId: envelope.messageId,
    date: new Date(envelope.date),
    ...(envelope.inReplyTo !== undefined && isMessageId(envelope.inReplyTo) && { inReplyTo: envelope.inReplyTo }),
    ...(references.length > 0 && { references: [...references] }),
    headers: {
      ...(automatic !== undefined && { 'Auto-Submitted': automatic }),
      ...autocrypt(envelope),
    },
    text: {
      content: letter.text.replaceAll(/\r\n?|\n/gu, '\r\n'),
      contentType: 'text/plain; charset=utf-8',
      contentTransferEncoding: transferEncoding(letter.text),
    },
    attachments: letter.attachments.map((file, index) => ({
      filename: fileName(file.filename, `attachment-${index + 1}`),
      contentType: mediaType(file.contentType.split(';')[0]?.trim() ?? ''),
      contentDisposition: 'attachment',
      contentTransferEncoding: 'base64',
      content: typeof file.content === 'string' ? Buffer.from(file.content, 'utf8') : Buffer.from(file.content),
    })),
  }).compile()
  return new Uint8Array(await node.build())
}

/**
 * A longer key is left out. In base64, it could make the header longer than 10 KiB, and other programs ignore such a
 * header (Autocrypt level 1, section 2.1).
 */
const MAX_AUTOCRYPT_KEY = 7 * 1024

/**
 * The key is folded into lines of 72 characters, because a header line may have at most 998 characters (RFC 5322
 * section 2.1.1).
 */
function autocrypt({ from, publicKey }: Envelope): { readonly Autocrypt?: { prepared: true; value: string } } {
  if (publicKey === undefined || publicKey.length > MAX_AUTOCRYPT_KEY) return {}
  const lines =
    Buffer.from(publicKey)
      .toString('base64')
      .match(/.{1,72}/gu) ?? []
  const value = [`addr=${from.address}; prefer-encrypt=mutual; keydata=`, ...lines].join('\r\n ')
  return { Autocrypt: { prepared: true, value } }
}

/**
 * Text of short ASCII lines is sent unencoded, and stays readable in the raw mail. Other text is encoded, because it
 * could be damaged in transit.
 */
function transferEncoding(text: string): '7bit' | 'quoted-printable' {
  return /^[\t\n\r -~]*$/u.test(text) && text.split('\n').every((line) => line.length <= 76)
    ? '7bit'
    : 'quoted-printable'
}

function withinLimit(references: readonly string[]): readonly string[] {
  const valid = [...new Set(references.filter(isMessageId))]
  const [first] = valid
  return first === undefined || valid.length <= KEPT_REFERENCES ? valid : [first, ...valid.slice(1 - KEPT_REFERENCES)]
}
