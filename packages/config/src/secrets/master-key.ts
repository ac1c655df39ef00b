import { randomBytes } from 'node:crypto'
import { Secret } from './secret.ts'

/** AES-256 and HMAC-SHA-256 take 32 bytes. */
export const MASTER_KEY_BYTES = 32

export const MASTER_KEY_SHAPE = '64 hexadecimal digits, as `openssl rand -hex 32` prints them'

const WRITTEN = /^[0-9a-f]{64}$/i

/** The key in this text, ignoring spaces around it. Undefined if the text is not a key. */
export function parseMasterKey(text: string): Secret<Uint8Array> | undefined {
  const trimmed = text.trim()
  return WRITTEN.test(trimmed) ? new Secret<Uint8Array>(Uint8Array.from(Buffer.from(trimmed, 'hex'))) : undefined
}

/** A new key in its written form, from the operating system's randomness. */
export const newMasterKey = (): string => `${randomBytes(MASTER_KEY_BYTES).toString('hex')}\n`
