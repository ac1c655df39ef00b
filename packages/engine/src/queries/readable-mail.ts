import { contentKind, patchesIn } from '@embargo/mail'
import type { ParsedMail } from '@embargo/mail'
import type { ReadableMail } from '../ports/presenter.ts'

/** A parsed mail as the case's people read it: everything but the attachments' bytes. */
export function readableMail(mail: ParsedMail): ReadableMail {
  return {
    from: senderOf(mail),
    ...(mail.from !== undefined && { address: mail.from.address }),
    subject: mail.subject,
    text: mail.text,
    quoted: mail.quoted,
    attachments: mail.attachments.map(({ name, type, bytes, sha256, content, decrypted }) => ({
      name,
      type:
        decrypted === undefined ? contentKind(content, type) : fromEncryptedFile(contentKind(content, type), decrypted),
      bytes,
      sha256,
    })),
    patches: patchesIn(mail).map(({ name }) => name),
  }
}

/** `signature`: words that say what the signature inside the encrypted file proves. */
const fromEncryptedFile = (kind: string, signature: string): string => `${kind}, from an encrypted file, ${signature}`

function senderOf({ from }: ParsedMail): string {
  if (from === undefined) return ''
  return from.name === undefined ? from.address : `${from.name} <${from.address}>`
}
