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
    attachments: mail.attachments.map(({ name, type, bytes, sha256, content }) => ({
      name,
      type: contentKind(content, type),
      bytes,
      sha256,
    })),
    patches: patchesIn(mail).map(({ name }) => name),
  }
}

function senderOf({ from }: ParsedMail): string {
  if (from === undefined) return ''
  return from.name === undefined ? from.address : `${from.name} <${from.address}>`
}
