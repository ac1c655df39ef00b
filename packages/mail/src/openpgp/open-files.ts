import type { Reading } from '../reading.ts'
import { decryptMessage } from './decrypt.ts'
import { isEncryptedFile } from './encrypted-file.ts'
import { MAX_DECOMPRESSED_BYTES, MAX_LAYERS, MAX_OPENED_FILES } from './limits.ts'
import type { Entity } from './open-mail.ts'
import { CLOSED_FILE } from './protection.ts'

/** A file that came with a mail. The sender chose its name and type. */
export type MailFile = {
  readonly filename: string | null
  readonly mimeType: string
  readonly content: Uint8Array
  /**
   * Set only for a file that came encrypted: how the file itself is encrypted and signed. Any other file is encrypted
   * and signed like the entity that contains it.
   */
  readonly cover?: FileCover
}

export type FileCover = Pick<Entity, 'encryption' | 'unreadable' | 'signature' | 'signatures' | 'depth'>

/** How many more files of a mail may be opened, and how many bytes these may have in total. */
export type FileBudget = { files: number; bytes: number }

export const fileBudget = (): FileBudget => ({ files: MAX_OPENED_FILES, bytes: MAX_DECOMPRESSED_BYTES })

const CLOSED: FileCover = { ...CLOSED_FILE, signature: 'none', signatures: [] }

/**
 * The files of an entity, with encrypted files opened. A file that cannot be opened stays as it came. So does an
 * encrypted file inside an encrypted file.
 */
export async function openFiles(
  files: readonly MailFile[],
  { encryption, depth = 0 }: Pick<Entity, 'encryption' | 'depth'>,
  reading: Reading,
  budget: FileBudget,
): Promise<readonly MailFile[]> {
  // If an entity could not be decrypted, its files are only the pieces of its ciphertext.
  if (encryption === 'unreadable' || encryption === 's-mime') return files
  const layer = encryption === 'none' ? {} : { depth: depth + 1 }
  const isTooDeep = depth + 1 >= MAX_LAYERS
  const result: MailFile[] = []
  for (const [index, file] of files.entries()) {
    if (!isEncryptedFile(file.content)) result.push(file)
    else {
      const isClosed = isTooDeep || isVersion(files[index - 1])
      const opened = isClosed ? undefined : await open(file, reading, budget)
      result.push(
        opened === undefined ? { ...file, cover: CLOSED } : { ...opened, cover: { ...opened.cover, ...layer } },
      )
    }
  }
  return result
}

/**
 * Whether the file before an encrypted file is the version part of a PGP/MIME mail. If so, the encrypted file is the
 * ciphertext of a whole mail, so it is not opened here.
 */
const isVersion = (before: MailFile | undefined): boolean =>
  before?.mimeType === 'application/pgp-encrypted' && !isEncryptedFile(before.content)

async function open(
  { filename, content: block }: MailFile,
  { keyring, at }: Reading,
  budget: FileBudget,
): Promise<(MailFile & { readonly cover: FileCover }) | undefined> {
  if (budget.files === 0 || budget.bytes === 0) return undefined
  budget.files -= 1
  const found = await decryptMessage(block, keyring, at, budget.bytes)
  if (found.is === 'unreadable') return undefined
  const { content, signatures } = found
  budget.bytes -= content.length
  return {
    filename: filename?.replace(ENDING, '') ?? null,
    mimeType: 'application/octet-stream',
    content,
    cover: { encryption: 'openpgp', signature: signatures.length === 0 ? 'none' : 'openpgp', signatures },
  }
}

/** What programs append to the name of a file when they encrypt it. */
const ENDING = /(?<=.)\.(?:gpg|pgp|asc)$/iu
