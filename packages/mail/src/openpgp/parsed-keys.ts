import { createHash } from 'node:crypto'
import { readKeys, readPrivateKey } from 'openpgp'
import type { Key, PrivateKey } from 'openpgp'
import { CONFIG } from './config.ts'

/** The most keys that stay parsed in memory: enough for the reporters who write within a few hours. */
const MAX_PARSED = 200

/**
 * A key with more bytes is not kept, but parsed each time. The parsed form of a key takes many times as much memory
 * as the bytes of the key. Without this limit, a flood of large keys would fill the memory.
 */
const MAX_PARSED_BYTES = 16 * 1024

/**
 * Keeps parsed keys, and finds them by their bytes. In a parsed key, the library remembers which of the key's own
 * signatures are valid. For a large RSA key, checking them again would take longer than all other work on a mail.
 */
class ParsedKeys<T> {
  readonly #parsed = new Map<string, T>()
  readonly #parse: (bytes: Uint8Array) => Promise<T>
  readonly #keysIn: (parsed: T) => readonly Key[]

  constructor(parse: (bytes: Uint8Array) => Promise<T>, keysIn: (parsed: T) => readonly Key[]) {
    this.#parse = parse
    this.#keysIn = keysIn
  }

  /** @throws Error if the bytes are not a key */
  async get(bytes: Uint8Array): Promise<T> {
    if (bytes.length > MAX_PARSED_BYTES) return this.#parse(bytes)
    const digest = createHash('sha256').update(bytes).digest('base64')
    const known = this.#parsed.get(digest)
    const parsed = known ?? (await this.#parse(bytes))
    if (known === undefined && this.#keysIn(parsed).some(hasRevocation)) return parsed
    // Re-inserted at the end, so the least recently used key is dropped first.
    this.#parsed.delete(digest)
    this.#parsed.set(digest, parsed)
    for (const oldest of this.#parsed.keys()) {
      if (this.#parsed.size <= MAX_PARSED) break
      this.#parsed.delete(oldest)
    }
    return parsed
  }
}

/**
 * A key with a revocation must be parsed each time. Otherwise the library would count a revoked part as revoked at
 * earlier times, too.
 */
const hasRevocation = (key: Key): boolean =>
  [key, ...key.users, ...key.subkeys].some(({ revocationSignatures }) => revocationSignatures.length > 0)

const PUBLIC = new ParsedKeys(
  async (bytes) => readKeys({ binaryKeys: bytes, config: CONFIG }),
  (keys) => keys,
)
const PRIVATE = new ParsedKeys(
  async (bytes) => readPrivateKey({ binaryKey: bytes, config: CONFIG }),
  (key) => [key],
)

/** All keys in a binary block. The keys must not be changed. @throws Error if the block is not readable */
export const parsedKeys = async (bytes: Uint8Array): Promise<readonly Key[]> => PUBLIC.get(bytes)

/** The key in these bytes. It must not be changed. @throws Error if they are not a key */
export async function parsedKey(bytes: Uint8Array): Promise<Key> {
  const [key] = await parsedKeys(bytes)
  if (key === undefined) throw new Error('The block has no key.')
  return key
}

/** The private key in these bytes. It must not be changed. @throws Error if they are not a private key */
export const parsedPrivateKey = async (bytes: Uint8Array): Promise<PrivateKey> => PRIVATE.get(bytes)
