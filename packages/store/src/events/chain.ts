import { mac } from '../sealing/master-keys.ts'
import { place, type Bytes, type Key } from '../sealing/seal.ts'

export type ChainRow = {
  readonly stream: string
  readonly version: number
  readonly schema: number
  readonly at: number
  readonly sealed: Uint8Array
}

/** The hash that the first event of a stream uses as the hash before it. */
export const genesis = (key: Key, stream: string): Bytes => mac(key, place('genesis', stream))

/**
 * The hash of an event: HMAC-SHA-256 over the hash before it, the plain columns and the ciphertext. Without the HMAC
 * key, nobody can rewrite history, even with write access to the database. The hash covers the ciphertext and not the
 * content, so the chain stays valid when a key is erased.
 */
export const chainHash = (key: Key, previous: Uint8Array, row: ChainRow): Bytes =>
  mac(key, place('event', row.stream, row.version, row.schema, row.at), previous, row.sealed)

/**
 * Authenticates the last hash of a stream together with the stream's version. So nobody can remove the last events
 * unnoticed, unless they also restore an older head.
 */
export const headMac = (key: Key, stream: string, version: number, head: Uint8Array): Bytes =>
  mac(key, place('head', stream, version), head)
