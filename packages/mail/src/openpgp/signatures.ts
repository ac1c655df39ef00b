import { createMessage, enums, LiteralDataPacket } from 'openpgp'
import type { Key, KeyID, SignaturePacket, Subkey } from 'openpgp'
import { CONFIG } from './config.ts'
import { earliest, isWeak } from './key-facts.ts'
import { MAX_SIGNATURES } from './limits.ts'
import { parsedKey } from './parsed-keys.ts'

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
  /** The time that the signature claims. */
  readonly signedAt?: number
  /** When the key expired or was revoked, if it did. */
  readonly endedAt?: number
}

/** Finds public keys by the ids of their primary key or subkeys. Several keys may have the same id. */
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
  const keys = await Promise.all(files.map(parsedKey))
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
  // If a copy of the key has been revoked, a copy without the revocation must not make the key valid again.
  const revoked = new Set(facts.flatMap((fact) => (fact.state === 'revoked-key' ? fact.fingerprint : [])))
  const counted = facts.filter(({ state, fingerprint }) => state === 'revoked-key' || !revoked.has(fingerprint))
  // The best result counts. Several keys may have this id: somebody can make another key with it, and an old copy of
  // the right key may have expired.
  return (
    counted.find(({ state }) => state === 'good') ??
    counted.find(({ state }) => state !== 'bad') ?? { ...claim, state: 'bad' }
  )
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
  // The key must have been valid at the claimed time and when the mail came, because the owner of an expired key can
  // claim any time.
  const cameAt = new Date(Math.max(at, created.getTime()))
  for (const date of [created, cameAt]) {
    if (await isRevoked(key, part, date)) return { state: 'revoked-key', ...ended(revokedAt(key, part)) }
    if (await canSign(key, issuerKeyID, date)) continue
    const expires = await expiresAt(key, part, [cameAt, created])
    if (expires !== undefined && expires <= date.getTime()) return { state: 'expired-key', endedAt: expires }
    if (isWeak(key) || isWeak(part)) return { state: 'weak' }
    // A copy of a renewed key often has only the newest self-signature. For all times before that self-signature, the
    // library then counts the key as invalid. So if the key seems invalid at the claimed time but is valid when the
    // mail came, the signature can still be good.
    if (date === cameAt || created < part.getCreationTime()) return bad
  }
  return signature.isExpired(cameAt)
    ? { state: 'expired-key', ...ended(signature.getExpirationTime()) }
    : { state: 'good' }
}

const canSign = async (key: Key, id: KeyID, date: Date): Promise<boolean> =>
  key.getSigningKey(id, date, undefined, CONFIG).then(
    () => true,
    () => false,
  )

/** Whether the key, or the part of it that made the signature, is revoked. */
async function isRevoked(key: Key, part: Key | Subkey, date: Date): Promise<boolean> {
  if (await key.isRevoked(undefined, undefined, date, CONFIG).catch(() => true)) return true
  if (!('bindingSignatures' in part)) return false
  // The library checks a revocation against one signature that binds the subkey. A subkey may have several such
  // signatures, so all are tried.
  const revoked = await Promise.all(
    part.bindingSignatures.map(async (binding) => part.isRevoked(binding, key.keyPacket, date, CONFIG)),
  )
  return revoked.includes(true)
}

/** The earlier of two times: when the key expires, and when the part of it that made the signature expires. */
async function expiresAt(key: Key, part: Key | Subkey, dates: readonly Date[]): Promise<number | undefined> {
  const ends = [await key.getExpirationTime(undefined, CONFIG).catch(() => null)]
  if ('bindingSignatures' in part)
    for (const date of dates) {
      const end = await part.getExpirationTime(date, CONFIG)
      ends.push(end)
      // The library returns null if the signature that binds the subkey has itself expired at `date`. In that case, the
      // library is asked again with the next, earlier date.
      if (end !== null) break
    }
  return earliest(...ends)
}

/** The date of the revocation, as the revocation's signature states it. */
const revokedAt = (key: Key, part: Key | Subkey): Date | null =>
  [...key.revocationSignatures, ...part.revocationSignatures][0]?.created ?? null

const ended = (at: Date | number | null): Pick<SignatureFact, 'endedAt'> =>
  at instanceof Date ? { endedAt: at.getTime() } : {}
