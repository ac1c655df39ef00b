import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  randomBytes,
  randomFillSync,
  type KeyObject,
} from 'node:crypto'
import { StoreError } from '../errors.ts'

/** AES-256. */
export const KEY_BYTES = 32

/**
 * A nonce has 96 random bits, so one key may seal up to 2^32 rows (NIST SP 800-38D, sections 8.2.2 and 8.3). No key
 * seals nearly as many.
 */
const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The first byte of everything that is sealed. It names the format, so the cipher can be changed later. */
const FORMAT = 1
const HEADER_BYTES = 1 + NONCE_BYTES
/** How many bytes are sealed at a time. */
const PIECE_BYTES = 1024 * 1024

export type Key = Uint8Array
export type Bytes = Uint8Array<ArrayBuffer>

/**
 * Encodes the place to which ciphertext belongs. The place is authenticated, so a sealed row that is copied over
 * another row cannot be unsealed. Each part has its length in front, so different parts never give the same bytes.
 */
export function place(...parts: readonly (string | number)[]): Uint8Array {
  return Buffer.from(parts.map((part) => `${Buffer.byteLength(String(part))}:${part}`).join(''))
}

const prepared = new WeakMap<Key, KeyObject>()

/**
 * Prepares a key for use, because Node takes four times as long with a key of raw bytes. The prepared key stays in
 * memory only as long as the raw bytes.
 */
export function prepare(key: Key): KeyObject {
  const known = prepared.get(key)
  if (known) return known
  const object = createSecretKey(key)
  prepared.set(key, object)
  return object
}

export const newKey = (): Key => randomBytes(KEY_BYTES)

/**
 * A supply of random nonces. It is faster to make many nonces at once. They may wait in memory, because a nonce need
 * not be secret.
 */
const nonces = new Uint8Array(NONCE_BYTES * 256)
let used = nonces.length

function newNonce(): Uint8Array {
  if (used === nonces.length) {
    randomFillSync(nonces)
    used = 0
  }
  used += NONCE_BYTES
  return nonces.subarray(used - NONCE_BYTES, used)
}

/** Seals with AES-256-GCM. The result consists of the format byte, the nonce, the ciphertext and the tag. */
export function seal(key: Key, at: Uint8Array, plain: Uint8Array): Bytes {
  const nonce = newNonce()
  const cipher = createCipheriv('aes-256-gcm', prepare(key), nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(at)
  // This is a new array and not a piece of Node's shared pool of buffers, because database drivers use the ArrayBuffer
  // behind the array.
  const sealed = new Uint8Array(HEADER_BYTES + plain.byteLength + TAG_BYTES)
  sealed[0] = FORMAT
  sealed.set(nonce, 1)
  // Encrypts in pieces. In one piece, Node would return the whole ciphertext of a large mail in another buffer, besides
  // `sealed`.
  for (let from = 0; from < plain.byteLength; from += PIECE_BYTES)
    sealed.set(cipher.update(plain.subarray(from, from + PIECE_BYTES)), HEADER_BYTES + from)
  cipher.final()
  sealed.set(cipher.getAuthTag(), HEADER_BYTES + plain.byteLength)
  return sealed
}

/** @throws StoreError `damaged` unless `seal` made exactly these bytes with the same key and the same place */
export function unseal(key: Key, at: Uint8Array, sealed: Uint8Array): Buffer {
  if (sealed[0] !== FORMAT || sealed.byteLength < HEADER_BYTES + TAG_BYTES) {
    throw new StoreError(
      'damaged',
      'A sealed row does not have the form that this program writes. Restore it from a backup.',
    )
  }
  const decipher = createDecipheriv('aes-256-gcm', prepare(key), sealed.subarray(1, HEADER_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(at)
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    const plain = decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES))
    // This call verifies the tag. In GCM, it never returns further bytes.
    decipher.final()
    return plain
  } catch (cause) {
    throw new StoreError(
      'damaged',
      'A sealed row cannot be opened with its key: it was altered, or moved to another place. Restore it from a backup.',
      { cause },
    )
  }
}

export const sealJson = (key: Key, at: Uint8Array, value: unknown): Bytes =>
  seal(key, at, Buffer.from(JSON.stringify(value)))

export const unsealJson = (key: Key, at: Uint8Array, sealed: Uint8Array): unknown =>
  JSON.parse(unseal(key, at, sealed).toString('utf8'))
