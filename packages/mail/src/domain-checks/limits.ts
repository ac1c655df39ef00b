/**
 * How long to wait for one DNS query, in milliseconds. Some name servers never answer. A distant one takes a quarter of
 * a second.
 */
export const LOOKUP_MS = 2_000

/**
 * Time for all DNS queries of one step (DKIM and ARC, SPF, DMARC), in milliseconds. Each step has its own time. So a
 * sender's slow name servers cannot prevent the query for the author's domain.
 */
export const STEP_MS = 8_000

/**
 * The most DNS queries in one step; a sender's records could cause thousands. The standards allow even more than this:
 * SPF ten terms with up to ten hosts each (RFC 7208 section 4.6.4), and DMARC eight queries for each domain (RFC 9989
 * section 4.10). Real domains need far fewer.
 */
export const MAX_LOOKUPS = 60

/**
 * The most records that are read from one DNS answer. A hostile answer could have thousands, and SPF would compare the
 * client's address with each. SPF allows ten hosts for an `mx` or `ptr` term (RFC 7208 section 4.6.4).
 */
export const MAX_RECORDS = 100

/**
 * The most characters in one DNS answer; a hostile record could have hundreds of kilobytes. A key of 4,096 bits takes
 * 750 characters, and all TXT records of a large company take 6,000.
 */
export const MAX_ANSWER = 16_384

/** The smallest RSA key that counts, in bits (RFC 8301 section 3.2). */
export const MIN_KEY_BITS = 1_024

/**
 * How many DKIM signatures are verified, counted from the top. Each may need its own hash of the whole mail. Honest
 * mail has up to four signatures.
 */
export const MAX_SIGNATURES = 10

/**
 * The most ARC sets of a mail. Each forwarder adds a set, and each set needs a DNS query for its key. RFC 8617 allows
 * 50; real mail has fewer than five.
 */
export const MAX_ARC_SETS = 10

/**
 * If a header has more bytes or lines than this, no signature is verified, because the library's time grows with the
 * square of the lines of a field. Honest headers have less than a tenth of this.
 */
export const MAX_SIGNED_HEADER = 128 * 1024
export const MAX_SIGNED_LINES = 4_000

/** The most characters in an Authentication-Results field. */
export const MAX_RESULTS_FIELD = 8_192
