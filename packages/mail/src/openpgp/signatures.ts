import { createMessage, enums, LiteralDataPacket, readKey } from 'openpgp'
import type { Key, SignaturePacket } from 'openpgp'
import { CONFIG } from './config.ts'
import { MAX_SIGNATURES } from './limits.ts'

/**
 * What a signature is worth, regardless of whose key made it. `good`: the key signed exactly these bytes, and was valid
 * both when it signed and when the mail arrived. `weak`: the signature uses a hash that can be forged, so it proves
 * nothing.
 */
export type SignatureState = 'good' | 'bad' | 'unknown-key' | 'expired-key' | 'revoked-key' | 'weak'

export type SignatureFact = {
  readonly state: SignatureState
  /** The key id that the signature claims: 16 upper-case hexadecimal digits. */
  readonly keyId: string
  /** The fingerprint of the primary key with which the signature was checked; absent if we do not have the key. */
  readonly fingerprint?: string
  /** As the signature claims. */
  readonly signedAt?: number
  /** When the key expired or was revoked, if it did. */
  readonly endedAt?: number
}

/** Public keys by the ids of their primary key or subkeys. Several keys may have the same id. */
export type FindKeys = (keyIds: readonly string[]) => Promise<readonly Uint8Array[]>

/** How far in the future a signature may be dated, because clocks differ. */
const CLOCK_SKEW_MS = 24 * 60 * 60 * 1_000

/** Checks each signature over exactly these bytes. `at` is when the mail arrived. */
export async function checkSignatures(
  signatures: readonly SignaturePacket[],
  signed: Uint8Array,
  find: FindKeys,
  at: number,
): Promise<readonly SignatureFact[]> {
  const few = signatures.slice(0, MAX_SIGNATURES)
  if (few.length === 0) return []
  const files = await find([...new Set(few.map(keyIdOf))])
  const keys = await Promise.all(files.map(async (file) => readKey({ binaryKey: file, config: CONFIG })))
  const literal = (await createMessage({ binary: signed })).packets.find(
    (packet) => packet instanceof LiteralDataPacket,
  )
  if (literal === undefined) return []
  return Promise.all(few.map(async (signature) => check(signature, literal, keys, at)))
}

const keyIdOf = ({ issuerKeyID }: SignaturePacket): string => issuerKeyID.toHex().toUpperCase()

async function check(
  signature: SignaturePacket,
  literal: LiteralDataPacket,
  keys: readonly Key[],
  at: number,
): Promise<SignatureFact> {
  const claim = {
    keyId: keyIdOf(signature),
    ...(signature.created !== null && { signedAt: signature.created.getTime() }),
  }
  const candidates = keys.filter((key) => key.getKeys(signature.issuerKeyID).length > 0)
  if (candidates.length === 0) return { ...claim, state: 'unknown-key' }
  const facts = await Promise.all(
    candidates.map(async (key) => ({
      ...claim,
      fingerprint: key.getFingerprint().toUpperCase(),
      ...(await stateOf(signature, literal, key, at)),
    })),
  )
  // Somebody may have made another key with the same id, so the key for which the signature verifies counts.
  return facts.find(({ state }) => state !== 'bad') ?? { ...claim, state: 'bad' }
}

async function stateOf(
  signature: SignaturePacket,
  literal: LiteralDataPacket,
  key: Key,
  at: number,
): Promise<Pick<SignatureFact, 'state' | 'endedAt'>> {
  const bad = { state: 'bad' } as const
  const { created, hashAlgorithm, signatureType, issuerKeyID } = signature
  if (created === null || created.getTime() > at + CLOCK_SKEW_MS) return bad
  if (signatureType !== enums.signature.binary && signatureType !== enums.signature.text) return bad
  if (hashAlgorithm === null || CONFIG.rejectMessageHashAlgorithms.has(hashAlgorithm)) return { state: 'weak' }
  const [part] = key.getKeys(issuerKeyID)
  if (part === undefined) return bad
  try {
    await signature.verify(part.keyPacket, signatureType, literal, created, false, CONFIG)
  } catch {
    return bad
  }
  // The key must be valid both at the claimed time and when the mail came, because the owner of an expired key can
  // claim any time.
  const cameAt = new Date(Math.max(at, created.getTime()))
  for (const date of [created, cameAt]) {
    if (await isRevoked(key, date)) return { state: 'revoked-key', ...ended(revokedAt(key)) }
    const valid = await key.getSigningKey(issuerKeyID, date, undefined, CONFIG).then(
      () => true,
      () => false,
    )
    if (!valid) return (await isExpired(key, date)) ? { state: 'expired-key', ...ended(await expiresAt(key)) } : bad
  }
  return signature.isExpired(cameAt)
    ? { state: 'expired-key', ...ended(signature.getExpirationTime()) }
    : { state: 'good' }
}

const isRevoked = async (key: Key, date: Date): Promise<boolean> =>
  key.isRevoked(undefined, undefined, date, CONFIG).catch(() => true)

async function isExpired(key: Key, date: Date): Promise<boolean> {
  const expires = await expiresAt(key)
  return expires instanceof Date && expires <= date
}

const expiresAt = async (key: Key): Promise<Date | number | null> =>
  key.getExpirationTime(undefined, CONFIG).catch(() => null)

/** The date of the revocation, as its signature says. */
const revokedAt = ({ revocationSignatures: [revocation] }: Key): Date | null => revocation?.created ?? null

const ended = (at: Date | number | null): Pick<SignatureFact, 'endedAt'> =>
  at instanceof Date ? { endedAt: at.getTime() } : {}
