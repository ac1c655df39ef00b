import type { MailAttachment, MailHeaders } from '../parsed-mail.ts'
import { MAX_KEY_BLOCKS, MAX_KEY_BYTES } from './limits.ts'

/**
 * The key blocks that come with a mail: attached files (RFC 3156 section 7), and the Autocrypt header of its sender.
 * Nothing proves whose keys they are.
 */
export function carriedKeys(
  attachments: readonly Pick<MailAttachment, 'type' | 'name' | 'content'>[],
  headers: MailHeaders,
): readonly Uint8Array[] {
  const attached = attachments
    .filter(({ type, content }) => type === 'application/pgp-keys' || isKeyBlock(content))
    .map(({ content }) => content)
  const header = (headers.get('autocrypt') ?? []).map(keydata)
  return [...attached, ...header]
    .filter((block) => block.length > 0 && block.length <= MAX_KEY_BYTES)
    .slice(0, MAX_KEY_BLOCKS)
}

/** A block with a private key counts as well, so the sender learns that they sent a private key. */
const BEGIN = /^\s*-----BEGIN PGP (?:PUBLIC|PRIVATE) KEY BLOCK-----/u
const BEGIN_LENGTH = 60

const isKeyBlock = (content: Uint8Array): boolean =>
  BEGIN.test(Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, BEGIN_LENGTH)).toString('latin1'))

/** Autocrypt level 1: `addr=…; prefer-encrypt=…; keydata=<base64>`, the key last. */
const keydata = (value: string): Uint8Array =>
  Buffer.from((/(?:^|;)\s*keydata\s*=([A-Za-z0-9+/=\s]*)$/u.exec(value)?.[1] ?? '').replaceAll(/\s/gu, ''), 'base64')
