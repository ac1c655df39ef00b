/**
 * The most bytes of a whole mail. A larger mail could fill the memory, because decoding needs several times its size.
 */
export const MAX_MAIL_BYTES = 25 * 1024 * 1024

/**
 * The most parts of a mail, multiparts included. Each part costs at least one object, and an attacker can send a
 * million empty parts.
 */
export const MAX_PARTS = 500

/**
 * How deep multiparts may be nested. This limit stops a mail that exhausts the stack, or in which each line must be
 * compared with very many boundaries.
 */
export const MAX_NESTING = 30

/**
 * The most header fields of one part. This limit stops a flood of empty fields. Real mail with long delivery paths
 * stays under 200.
 */
export const MAX_HEADER_FIELDS = 1_000

/**
 * The most header bytes of all parts together. This limit stops a mail that consists of a huge header, because headers
 * are kept in memory as strings.
 */
export const MAX_HEADER_BYTES = 512 * 1024

/**
 * The most bytes of one header field. This limit stops fields that make the parsing of addresses and encoded words
 * slow.
 */
export const MAX_HEADER_FIELD_BYTES = 128 * 1024

/**
 * The most characters of an address field. A longer field is not parsed, such as a From with ten thousand mailboxes.
 */
export const MAX_ADDRESS_FIELD = 2_000

/**
 * The most attached files. With a thousand files, the chat's card about the mail would be too long, and a thousand
 * hashes would have to be computed.
 */
export const MAX_ATTACHMENTS = 100

/**
 * The most characters of readable text. Longer text is cut, because it is too long for a chat or a database row. The
 * stored mail has all of it.
 */
export const MAX_TEXT = 1_000_000

/**
 * The most bytes of text that are decoded, all texts together: as many as `MAX_TEXT` characters may need. Without this
 * limit, a mail of 24 MB of short lines took 166 s and 3 GB.
 */
export const MAX_TEXT_BYTES = 4 * MAX_TEXT

/**
 * The most characters of HTML that are turned into text. The limit is needed because a converter's time grows faster
 * than its input.
 */
export const MAX_HTML = 1_000_000

/**
 * The most HTML tags that are processed. This limit stops a mail with a third of a million open tags, which takes a
 * converter minutes.
 */
export const MAX_HTML_TAGS = 30_000

/** How deep HTML elements may be nested. This limit stops recursion through a million open tags. */
export const MAX_HTML_DEPTH = 200

/**
 * How deep quotes and lists are indented; deeper ones become plain blocks. Each level copies all of its lines, so a
 * mail of 1 MB with 190 levels took the parser more than 20 s.
 */
export const MAX_HTML_INDENTS = 5

/** The most characters of a subject. RFC 5322 allows any length, but nobody reads more than this. */
export const MAX_SUBJECT = 500

/** The most characters of a display name, the same as for identities in core. */
export const MAX_NAME = 300

/**
 * RFC 5321 section 4.5.3.1 allows 64 characters for the local part, and 256 for a path with two brackets, so 254 for an
 * address.
 */
export const MAX_LOCAL_PART = 64
export const MAX_ADDRESS = 254

/**
 * The most characters of an attachment's name. This limit stops names that hide their extension or are too long for a
 * file system (255 bytes).
 */
export const MAX_FILE_NAME = 120

/** The most Message-IDs that are read from References, so a header cannot cause thousands of lookups. */
export const MAX_REFERENCES = 100

/** The most characters of one Message-ID. RFC 5322 section 2.1.1 allows lines of at most 998 characters. */
export const MAX_MESSAGE_ID = 500
