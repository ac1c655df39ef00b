/** The most bytes of one message after decompression. A message of 400 kB can decompress to more than a gigabyte. */
export const MAX_DECOMPRESSED_BYTES = 50 * 1024 * 1024

/** The most memory for checking a passphrase: two to this power, in KiB (RFC 9106). A key can demand up to 2 TiB. */
export const MAX_ARGON2_MEMORY_EXPONENT = 20

/**
 * The most bytes of a key with its certifications. A key that other people flooded with signatures has tens of
 * megabytes.
 */
export const MAX_KEY_BYTES = 512 * 1024

/** The most keys in one block. This limit stops an attachment with thousands of keys. */
export const MAX_KEYS_IN_BLOCK = 20

/**
 * The most subkeys and the most packets in one block. The packets are mainly certifications. For each subkey, the
 * library checks all other subkeys again, so a larger block could take 15 seconds.
 */
export const MAX_SUBKEYS = 50
export const MAX_KEY_PACKETS = 500

/** The most key blocks that are read in one mail. This limit stops a mail with many large blocks. */
export const MAX_KEY_BLOCKS = 5

/** The most user ids that are read from one key. This limit stops a key that names thousands of addresses. */
export const MAX_USER_IDS = 50

/**
 * The most encrypted session keys in one message. A message has one for each recipient. If the session keys hide the
 * recipients, we try each of our keys with each session key, so a thousand would take seconds.
 */
export const MAX_SESSION_KEYS = 50

/** The most signatures that are checked in one message. This limit stops a message whose check takes minutes. */
export const MAX_SIGNATURES = 10

/** The most encrypted or signed parts that are opened in one mail, side by side or one inside another. */
export const MAX_OPENED_PARTS = 4

/**
 * The most encrypted files that are opened in one mail. The limit is higher than for parts, because some programs
 * encrypt each attached file separately. All files together can have at most `MAX_DECOMPRESSED_BYTES`.
 */
export const MAX_OPENED_FILES = 10

/**
 * The most bytes of a text or HTML part that can count as blank. The blank part that Exchange adds is smaller. A larger
 * part is not even parsed, because a mail can have many large parts.
 */
export const MAX_BLANK_BYTES = 4 * 1024

/** How many encryptions inside one another are opened. Deeper encryptions stay closed and are shown as files. */
export const MAX_LAYERS = 3

/** An RSA key with fewer bits counts as weak (RFC 9580 section 12.4). */
export const MIN_RSA_BITS = 2_047
