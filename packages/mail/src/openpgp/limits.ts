/** Decompressed content of one message, bytes. Stops 400 kB that unfold into more than a gigabyte. */
export const MAX_DECOMPRESSED_BYTES = 50 * 1024 * 1024

/**
 * The most memory for a passphrase, as a power of two in KiB (RFC 9106). Stops a key whose passphrase needs 2 TiB to be
 * tried.
 */
export const MAX_ARGON2_MEMORY_EXPONENT = 20

/**
 * Bytes of a key with its certifications. Stops keys that others flooded with signatures: they grow to tens of
 * megabytes.
 */
export const MAX_KEY_BYTES = 512 * 1024

/** Keys in one block. Stops an attachment that makes a list of thousands. */
export const MAX_KEYS_IN_BLOCK = 20

/** User ids that are read of one key. Stops a key that claims to be everybody. */
export const MAX_USER_IDS = 50

/** Signatures that are checked of one message. Stops a message whose check takes minutes. */
export const MAX_SIGNATURES = 10

/** Encrypted or signed parts that are opened in one mail, one inside the other or side by side. */
export const MAX_OPENED_PARTS = 4

/** Bits of an RSA key below which it counts as weak (RFC 9580 section 12.4). */
export const MIN_RSA_BITS = 2_047
