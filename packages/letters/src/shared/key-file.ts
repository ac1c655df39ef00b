import type { LetterAttachment } from './letter.ts'

/** The key to which a reporter may encrypt. */
export type EncryptionKey = { fingerprint: string; armored: string; fileName: string }

/** Our public key as an attachment, if there is one (RFC 3156 section 7). */
export const keyFile = ({ key }: { readonly key?: EncryptionKey | undefined }): readonly LetterAttachment[] =>
  key === undefined ? [] : [{ filename: key.fileName, contentType: 'application/pgp-keys', content: key.armored }]
