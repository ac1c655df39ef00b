import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** The operations for making and reading a key file; replaced in tests that need a failing disk. */
export type KeyFiles = {
  exists(path: string): boolean
  /** The permission bits, for example 0o600. */
  mode(path: string): number
  read(path: string): string
  /** Writes the complete file and syncs it to the disk. Returns `existed` if another process made the file first. */
  create(path: string, text: string): 'created' | 'existed'
}

const OWNER_ONLY_FILE = 0o600
const OWNER_ONLY_FOLDER = 0o700

/**
 * The real files. A new key is written under another name and then linked into place, so a crash never leaves half a
 * key.
 */
export const keyFilesOnDisk: KeyFiles = {
  exists: existsSync,
  mode: (path) => statSync(path).mode & 0o777,
  read: (path) => readFileSync(path, 'utf8'),
  create(path, text) {
    mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER })
    const beside = `${path}.${randomBytes(6).toString('hex')}`
    const file = openSync(beside, 'wx', OWNER_ONLY_FILE)
    try {
      writeSync(file, text)
      fsyncSync(file)
      linkSync(beside, path)
    } catch (cause) {
      if (isExisting(cause)) return 'existed'
      throw cause
    } finally {
      closeSync(file)
      unlinkSync(beside)
    }
    syncFolder(dirname(path))
    return 'created'
  },
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

const isExisting = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
