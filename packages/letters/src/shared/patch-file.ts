import type { LetterAttachment } from './letter.ts'

/** A patch for one branch. `sha256` is the lower-case hexadecimal digest of the UTF-8 bytes of `text`. */
export type Patch = { branch: string; text: string; sha256: string }

/**
 * The attachment of a patch. Its name is made from case and branch, because the author's file name may describe the
 * vulnerability.
 */
export function patchFile(caseNumber: string, patch: Patch): LetterAttachment {
  return {
    filename: `${caseNumber}-${patch.branch}`.replaceAll(/[^A-Za-z0-9._-]+/gu, '-') + '.patch',
    contentType: 'text/x-patch; charset=utf-8',
    content: patch.text,
  }
}
