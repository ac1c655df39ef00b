import { createMessage, enums, LiteralDataPacket, readKey } from 'openpgp'
import type { Key, SignaturePacket } from 'openpgp'
import { CONFIG } from './config.ts'
import { MAX_SIGNATURES } from './limits.ts'

/**
 * What a signature is worth, regardless of who made it. `good`: these bytes were signed with this key, which was valid
 * then and is valid now. `weak`: the hash that it uses can be forged, so it proves nothing.
 */
export type SignatureState = 'good' | 'bad' | 'unknown-key' | 'expired-key' | 'revoked-key' | 'weak'

export type SignatureFact = {
  readonly state: SignatureState
  /** As the signature claims: 16 upper-case hexadecimal digits. */
  readonly keyId: string
  /** Of the primary key that the bytes were checked with; absent if nobody has it. */
  readonly fingerprint?: string
  /** As the signature claims. */
  readonly signedAt?: number
}

/** Public keys by the ids of their primary key or subkeys. Several keys may have the same id. */
export type FindKeys = (keyIds: readonly string[]) => Promise<readonly Uint8Array[]>

/** Clocks differ; a signature from further in the future than this is no signature of now. */
const CLOCK_SKEW_MS = 24 * 60 * 60 * 1_000

/** Checks each signature over these exact bytes. `at`: when the mail arrived. */
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
      state: await stateOf(signature, literal, key, at),
    })),
  )
  // Somebody may have made a key with the same id: the one that made the signature counts.
  return facts.find(({ state }) => state !== 'bad') ?? { ...claim, state: 'bad' }
}

async function stateOf(
  signature: SignaturePacket,
  literal: LiteralDataPacket,
  key: Key,
  at: number,
): Promise<SignatureState> {
  const { created, hashAlgorithm, signatureType, issuerKeyID } = signature
  if (created === null || created.getTime() > at + CLOCK_SKEW_MS) return 'bad'
  if (signatureType !== enums.signature.binary && signatureType !== enums.signature.text) return 'bad'
  if (hashAlgorithm === null || CONFIG.rejectMessageHashAlgorithms.has(hashAlgorithm)) return 'weak'
  const [part] = key.getKeys(issuerKeyID)
  if (part === undefined) return 'bad'
  try {
    await signature.verify(part.keyPacket, signatureType, literal, created, false, CONFIG)
  } catch {
    return 'bad'
  }
  // The key must be valid both at the claimed time and when the mail came, because the owner of an expired key can
  // claim any time.
  const cameAt = new Date(Math.max(at, created.getTime()))
  for (const date of [created, cameAt]) {
    if (await isRevoked(key, date)) return 'revoked-key'
    const valid = await key.getSigningKey(issuerKeyID, date, undefined, CONFIG).then(
      () => true,
      () => false,
    )
    if (!valid) return (await isExpired(key, date)) ? 'expired-key' : 'bad'
  }
  return signature.isExpired(cameAt) ? 'expired-key' : 'good'
}

const isRevoked = async (key: Key, date: Date): Promise<boolean> =>
  key.isRevoked(undefined, undefined, date, CONFIG).catch(() => true)

async function isExpired(key: Key, date: Date): Promise<boolean> {
  const expires = await key.getExpirationTime(undefined, CONFIG).catch(() => null)
  return expires instanceof Date && expires <= date
}
