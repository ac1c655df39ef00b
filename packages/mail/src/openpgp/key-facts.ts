import { readKey, Subkey } from 'openpgp'
import type { Key } from 'openpgp'
import { isAddress } from '../address.ts'
import { visibleLine } from '../clean.ts'
import { MAX_NAME } from '../limits.ts'
import { unarmored } from './armor.ts'
import { CONFIG } from './config.ts'
import { MAX_KEY_BYTES, MAX_KEY_PACKETS, MAX_KEYS_IN_BLOCK, MAX_SUBKEYS, MAX_USER_IDS, MIN_RSA_BITS } from './limits.ts'
import { parsedKeys } from './parsed-keys.ts'
import { packetHeads, PUBLIC_KEY_TAG, PUBLIC_SUBKEY_TAG, SECRET_KEY_TAG } from './packets.ts'

/** A name and address in a key. The person who made the key chose them, and nobody checked them. */
export type UserId = { readonly name?: string; readonly address?: string }

/** Why nothing can be encrypted to a key now. */
export type KeyProblem = 'expired' | 'revoked' | 'sign-only' | 'weak' | 'post-quantum-only'

/** What a public key says about itself at one instant. */
export type KeyFacts = {
  /** Upper-case hexadecimal: 40 digits for a key of version 4, 64 for version 6 (RFC 9580 section 5.5.4). */
  readonly fingerprint: string
  /** The ids of the key and its subkeys, 16 upper-case hexadecimal digits each. */
  readonly keyIds: readonly string[]
  readonly userIds: readonly UserId[]
  readonly createdAt: number
  /** From this time on, nothing can be encrypted to the key. Absent if it never expires. */
  readonly expiresAt?: number
  readonly canEncrypt: boolean
  readonly problem?: KeyProblem
}

/** Why a block is not a public key that we can use. */
export type UnusableKey = 'no-key' | 'private' | 'too-large' | 'too-many' | 'version-3' | 'version-5' | 'unreadable'

/** A public key with its bytes, without private parts. */
export type PublicKeyFile = { readonly facts: KeyFacts; readonly bytes: Uint8Array }

export type KeyReading =
  | { readonly is: 'keys'; readonly keys: readonly PublicKeyFile[] }
  | { readonly is: 'unusable'; readonly because: UnusableKey }

/** The range of algorithm ids that resist quantum computers (draft-ietf-openpgp-pqc). */
const FIRST_POST_QUANTUM = 30
const LAST_POST_QUANTUM = 36

/**
 * Reads public keys, armored (RFC 9580 section 6) or binary. If a block has a private key, the whole block is refused,
 * so nobody stores a private key by mistake.
 */
export async function readPublicKeys(block: Uint8Array, at: number): Promise<KeyReading> {
  if (block.length > MAX_KEY_BYTES * MAX_KEYS_IN_BLOCK) return unusable('too-large')
  const bytes = await unarmored(block)
  if (bytes === undefined) return unusable('no-key')
  const heads = packetHeads(bytes)
  const keys = heads.filter(({ tag }) => tag === PUBLIC_KEY_TAG)
  if (heads.some(({ tag }) => tag === SECRET_KEY_TAG)) return unusable('private')
  if (keys.length === 0) return unusable('no-key')
  if (keys.length > MAX_KEYS_IN_BLOCK) return unusable('too-many')
  if (keys.length === 1 && bytes.length > MAX_KEY_BYTES) return unusable('too-large')
  if (keys.some(({ version }) => version !== undefined && version < 4)) return unusable('version-3')
  if (keys.some(({ version }) => version === 5)) return unusable('version-5')
  try {
    const read = await parsedKeys(bytes)
    if (takesLong(read)) return unusable('too-large')
    const postQuantum = heads.some(
      ({ tag, algorithm = 0 }) =>
        tag === PUBLIC_SUBKEY_TAG && algorithm >= FIRST_POST_QUANTUM && algorithm <= LAST_POST_QUANTUM,
    )
    const files = await Promise.all(
      read.map(async (key) => ({ facts: await factsOf(key, at, postQuantum), bytes: new Uint8Array(key.write()) })),
    )
    return files.length === 0 ? unusable('unreadable') : { is: 'keys', keys: files }
  } catch {
    return unusable('unreadable')
  }
}

/**
 * Adds to the kept key what another copy of the same key says, such as a new expiry date or a revocation. Nothing is
 * removed, so an old copy cannot undo a revocation.
 */
export async function refreshKey(kept: Uint8Array, copy: Uint8Array, at: number): Promise<PublicKeyFile> {
  const before = await readKey({ binaryKey: kept, config: CONFIG })
  const other = await readKey({ binaryKey: copy, config: CONFIG })
  const updated = await before.update(other, new Date(at), CONFIG).catch(() => before)
  // The owner of a key could send larger and larger copies, so a copy that would take too long to check is ignored.
  const key = takesLong([updated]) ? before : updated
  const [was, is] = [await factsOf(before, at, false), await factsOf(key, at, false)]
  const isNew = was.expiresAt !== is.expiresAt || was.canEncrypt !== is.canEncrypt
  return isNew ? { facts: is, bytes: new Uint8Array(key.write()) } : { facts: was, bytes: kept }
}

/** Whether it would take long to check the signatures in these keys. Reading a key does not check them. */
const takesLong = (keys: readonly Key[]): boolean =>
  sum(keys, ({ subkeys }) => subkeys.length) > MAX_SUBKEYS ||
  sum(keys, (key) => key.toPacketList().length) > MAX_KEY_PACKETS

const sum = (keys: readonly Key[], count: (key: Key) => number): number =>
  keys.reduce((total, key) => total + count(key), 0)

const unusable = (because: UnusableKey): KeyReading => ({ is: 'unusable', because })

export async function factsOf(key: Key, at: number, postQuantum: boolean): Promise<KeyFacts> {
  const usable = await encryptionKey(key, at)
  const expires = await key.getExpirationTime(undefined, CONFIG).catch(() => null)
  const subkeyExpires = usable instanceof Subkey ? await usable.getExpirationTime(new Date(at), CONFIG) : Infinity
  const problem = usable === undefined ? await problemOf(key, at, postQuantum) : undefined
  const expiresAt = earliest(expires, subkeyExpires)
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    keyIds: key.getKeyIDs().map((id) => id.toHex().toUpperCase()),
    userIds: userIds(key),
    createdAt: key.getCreationTime().getTime(),
    ...(expiresAt !== undefined && { expiresAt }),
    canEncrypt: usable !== undefined,
    ...(problem !== undefined && { problem }),
  }
}

async function encryptionKey(key: Key, at: number): Promise<Key | Subkey | undefined> {
  return key.getEncryptionKey(undefined, new Date(at), undefined, CONFIG).catch(() => undefined)
}

export function earliest(...dates: readonly (Date | number | null)[]): number | undefined {
  const instants = dates.flatMap((date) => (date instanceof Date ? [date.getTime()] : []))
  return instants.length === 0 ? undefined : Math.min(...instants)
}

async function problemOf(key: Key, at: number, postQuantum: boolean): Promise<KeyProblem> {
  const date = new Date(at)
  if (await key.isRevoked(undefined, undefined, date, CONFIG).catch(() => true)) return 'revoked'
  const expires = await key.getExpirationTime(undefined, CONFIG).catch(() => null)
  if (expires instanceof Date && expires.getTime() <= at) return 'expired'
  if ([key, ...key.subkeys].some(isWeak)) return 'weak'
  // If mail could be encrypted to a subkey at the time when the subkey was made, the subkey must have expired since
  // then.
  const once = key.subkeys.map((subkey) => subkey.getCreationTime())
  for (const created of once) if ((await encryptionKey(key, created.getTime())) !== undefined) return 'expired'
  return postQuantum ? 'post-quantum-only' : 'sign-only'
}

/** Whether the algorithm or the length of a key or subkey is too weak today. */
export function isWeak(part: Key | Subkey): boolean {
  const { algorithm, bits } = part.getAlgorithmInfo()
  return algorithm.startsWith('rsa') ? (bits ?? 0) < MIN_RSA_BITS : algorithm === 'dsa' || algorithm === 'elgamal'
}

/** What a user id says: `Name (comment) <address>`, or an address alone. */
function userIds(key: Key): readonly UserId[] {
  return key.users.slice(0, MAX_USER_IDS).flatMap(({ userID }) => {
    if (userID === null) return []
    const address = userID.email.trim()
    const name = visibleLine(userID.name, MAX_NAME)
    const known = { ...(name !== '' && { name }), ...(isAddress(address) && { address }) }
    return Object.keys(known).length === 0 ? [] : [known]
  })
}
