/**
 * One question, milliseconds. Stops a name server that never answers; one that is far away takes a quarter of a second.
 */
export const LOOKUP_MS = 2_000

/**
 * The questions of one step (DKIM and ARC, SPF, DMARC), milliseconds together. Stops a sender whose own slow servers
 * would keep the question about the author's domain from being asked: each step has time of its own.
 */
export const STEP_MS = 8_000

/**
 * Questions of one step. SPF allows ten terms, each with up to ten hosts (RFC 7208 section 4.6.4), and DMARC eight for each
 * domain (RFC 9989 section 4.10). Stops records that make us ask thousands of times for one mail.
 */
export const MAX_LOOKUPS = 60

/** Records of one answer. Stops answers that cost a comparison each; SPF allows ten hosts. */
export const MAX_RECORDS = 100

/**
 * Characters of one answer. Stops key records of hundreds of kilobytes. A key of 4,096 bits takes 750, and the records
 * beside an SPF record of a large company 6,000.
 */
export const MAX_ANSWER = 16_384

/** Bits of an RSA key, at least (RFC 8301 section 3.2). */
export const MIN_KEY_BITS = 1_024

/**
 * DKIM signatures that are verified, the topmost. Stops a mail with a hundred, each of which may hash the whole mail in its
 * own way; honest ones have up to four.
 */
export const MAX_SIGNATURES = 10

/** ARC sets: forwarders on the way, each with a key to ask for. RFC 8617 allows 50, real ones stay under five. */
export const MAX_ARC_SETS = 10

/**
 * Header bytes and lines with which signatures are verified. The library takes time that grows with the square of a
 * field's lines; honest headers stay under a tenth of this.
 */
export const MAX_SIGNED_HEADER = 128 * 1024
export const MAX_SIGNED_LINES = 4_000

/** One Authentication-Results field, characters. */
export const MAX_RESULTS_FIELD = 8_192
