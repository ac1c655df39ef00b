/** Bytes of one message after decompression. Stops 400 kB that decompress to more than a gigabyte. */
export const MAX_DECOMPRESSED_BYTES = 50 * 1024 * 1024

/**
 * The most memory for checking a passphrase, as a power of two in KiB (RFC 9106). Stops a key whose passphrase check
 * would need 2 TiB.
 */
export const MAX_ARGON2_MEMORY_EXPONENT = 20

/**
 * Bytes of a key with its certifications. Stops keys that other people flooded with signatures, which grow to tens of
 * megabytes.
 */
export const MAX_KEY_BYTES = 512 * 1024

/** Keys in one block. Stops an attachment with thousands of keys. */
export const MAX_KEYS_IN_BLOCK = 20

/**
 * Subkeys in one block, and packets in it, which are mostly certifications. Stops a key whose check takes 15 seconds,
 * because for each subkey the library checks the others again.
 */
export const MAX_SUBKEYS = 50
export const MAX_KEY_PACKETS = 500

/** Key blocks that are read in one mail. Stops a mail that repeats the largest block twenty times. */
export const MAX_KEY_BLOCKS = 5

/** User ids that are read from one key. Stops a key that names thousands of addresses. */
export const MAX_USER_IDS = 50

/**
 * Encrypted session keys in one message, one for each recipient. Stops a message with a thousand of them that hide
 * their recipient: each is tried with each of our keys, which takes seconds.
 */
export const MAX_SESSION_KEYS = 50

/** Signatures that are checked in one message. Stops a message whose check takes minutes. */
export const MAX_SIGNATURES = 10

/** Encrypted or signed parts that are opened in one mail, side by side or one inside another. */
export const MAX_OPENED_PARTS = 4

/**
 * Encrypted files that are opened in one mail. Some programs encrypt each attached file separately, so these are more
 * than parts. Together the files may have as many bytes as one message.
 */
export const MAX_OPENED_FILES = 10

/**
 * Bytes of a text or HTML that may count as blank; what Exchange adds is shorter. Stops a mail with many large HTML
 * parts, each of which would be turned into text only to see whether it is blank.
 */
export const MAX_BLANK_BYTES = 4 * 1024

/** How many encryptions inside one another are opened. Deeper ones stay closed and are shown as files. */
export const MAX_LAYERS = 3

/** Bits of an RSA key below which it counts as weak (RFC 9580 section 12.4). */
export const MIN_RSA_BITS = 2_047
