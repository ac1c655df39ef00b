import { z } from 'zod'
import { Instant } from './instant.ts'
import { personal } from './personal.ts'

/** Upper-case hexadecimal: 40 digits for version 4 of OpenPGP keys, 64 for version 6 (RFC 9580 section 5.5.4). */
export const KeyFingerprint = z.string().regex(/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/u)

/**
 * The largest size of a stored key, in bytes. Without this limit, one mail could put a key of half a megabyte into the
 * log.
 */
export const MAX_KEPT_KEY_BYTES = 64 * 1024

/** How many key ids of one key are kept. The key itself and each of its subkeys have a key id. */
const MAX_KEY_IDS = 50

/** An OpenPGP key of somebody else, without private parts. */
export const PublicKey = z
  .object({
    fingerprint: KeyFingerprint,
    keyIds: z
      .array(z.string().regex(/^[0-9A-F]{16}$/u))
      .max(MAX_KEY_IDS)
      .readonly(),
    /** Binary, in base64. */
    file: z.base64().max(Math.ceil(MAX_KEPT_KEY_BYTES / 3) * 4),
    /** The instant from which nothing may be encrypted to the key. Absent if the key never expires. */
    expiresAt: Instant.exactOptional(),
  })
  .readonly()
export type PublicKey = z.infer<typeof PublicKey>

export const PersonalKey = personal(PublicKey)
export type PersonalKey = z.infer<typeof PersonalKey>

/**
 * The key to which our answers to a reporter are encrypted. It came with a mail of theirs or, if `from` is set, from
 * the Web Key Directory of their mail domain. It proves no identity until somebody has checked its fingerprint with the
 * reporter (`confirmed`). `changed` is another key that came later: a person must decide which of the two is used.
 */
export const ReporterKey = z.object({
  key: PersonalKey,
  from: z.literal('directory').exactOptional(),
  confirmed: z.literal(true).exactOptional(),
  confirmedAt: Instant.exactOptional(),
  changed: PersonalKey.exactOptional(),
})
export type ReporterKey = z.infer<typeof ReporterKey>

/** A reporter's key that is known from an earlier case with the same mail address. */
export type EarlierKey = { readonly key: PublicKey; readonly confirmed?: true }

/** A fingerprint in groups of four digits, so that people can compare it. */
export const spacedFingerprint = (fingerprint: string): string =>
  fingerprint.match(/.{1,4}/gu)?.join(' ') ?? fingerprint

/** The last four digits: enough to tell two keys apart, but too few to verify a key. */
export const shortFingerprint = (fingerprint: string): string => `…${fingerprint.slice(-4)}`
