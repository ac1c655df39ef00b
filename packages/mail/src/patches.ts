import { isPatch, PATCH_BYTES_MAX } from '@embargo/core'
import type { ParsedMail } from './parsed-mail.ts'

/** A patch as it came with a mail: an attachment, byte for byte, or lines of the text. */
export type MailPatch = { readonly name: string; readonly text: string }

/** The name of a patch that is in the text of a mail. */
export const INLINE_PATCH = 'mail.patch'

/** Where a patch begins in a text: a mail of `git format-patch`, or a diff that names its two files. */
const INLINE = /^(?:From [0-9a-f]{40} .*|diff --git a\/.*|Index: .*|--- .*\n\+\+\+ .*)$/mu

/** Whether a part of a mail is short enough to be a patch. Longer parts are not searched. */
const fits = ({ bytes }: { readonly bytes: number }): boolean => bytes <= PATCH_BYTES_MAX

/**
 * The patches in a mail. An attachment counts only if it is valid UTF-8. A patch is stored and mailed as text, and that
 * text must have the same hash as the file.
 */
export function patchesIn({ text, attachments }: Pick<ParsedMail, 'text' | 'attachments'>): readonly MailPatch[] {
  const files = attachments.filter(fits).flatMap(({ name, content }) => {
    const found = textOf(content)
    return found !== undefined && isPatch(found) ? [{ name, text: found }] : []
  })
  if (files.length > 0 || !fits({ bytes: Buffer.byteLength(text) })) return files
  const at = INLINE.exec(text)?.index
  return at === undefined ? [] : [{ name: INLINE_PATCH, text: `${text.slice(at).trimEnd()}\n` }]
}

function textOf(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}
