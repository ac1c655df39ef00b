/** Whole mail, bytes. Stops a mail that fills memory: decoding needs several times its size. */
export const MAX_MAIL_BYTES = 25 * 1024 * 1024

/** Leaves and multiparts together. Stops a mail of a million empty parts, each of which costs an object or more. */
export const MAX_PARTS = 500

/**
 * How deep multiparts may be nested. Stops a mail that exhausts the stack, or for which each line must be compared with
 * each boundary.
 */
export const MAX_NESTING = 30

/** Header fields of one part. Stops a flood of empty fields; real mail with long delivery paths stays under 200. */
export const MAX_HEADER_FIELDS = 1_000

/** Header bytes of all parts together. Stops a mail that is all header, which is kept as decoded strings. */
export const MAX_HEADER_BYTES = 512 * 1024

/** One header field, bytes. Stops fields that make address and encoded-word parsing slow. */
export const MAX_HEADER_FIELD_BYTES = 128 * 1024

/** The longest address field that is parsed, characters. Stops a From with ten thousand mailboxes. */
export const MAX_ADDRESS_FIELD = 2_000

/** Files. Stops a card that lists a thousand of them, and as many hashes. */
export const MAX_ATTACHMENTS = 100

/** Characters of readable text; the rest stays in the stored bytes. Stops a wall of text that no chat or database row takes. */
export const MAX_TEXT = 1_000_000

/**
 * Bytes of all texts together that are decoded: as many as `MAX_TEXT` characters may need. The rest stays in the stored
 * bytes. Stops 24 MB of short lines, each of which cost objects in every step: 166 s and 3 GB.
 */
export const MAX_TEXT_BYTES = 4 * MAX_TEXT

/** Characters of HTML that are turned into text. Stops converters whose time grows faster than their input. */
export const MAX_HTML = 1_000_000

/** Tags of HTML that are followed. Stops a third of a million open tags, which take a tree walker minutes. */
export const MAX_HTML_TAGS = 30_000

/** Nested HTML elements that are followed. Stops recursion through a million open tags. */
export const MAX_HTML_DEPTH = 200

/**
 * How deep quotes and lists are indented; deeper ones become plain blocks. Each level copies all of its lines: a mail
 * of 1 MB with 190 levels took its parser more than the 20 s that it has.
 */
export const MAX_HTML_INDENTS = 5

/** Characters of a subject. RFC 5322 allows any length; nobody reads more. */
export const MAX_SUBJECT = 500

/** Characters of a display name, as the domain's identity has it. */
export const MAX_NAME = 300

/** RFC 5321 section 4.5.3.1: local part 64, path 256 with its brackets. */
export const MAX_LOCAL_PART = 64
export const MAX_ADDRESS = 254

/** Characters of an attachment's name. Stops names that hide their ending or overflow a file system (255 bytes). */
export const MAX_FILE_NAME = 120

/** Message-IDs taken from References. Stops a header that makes each lookup run thousands of times. */
export const MAX_REFERENCES = 100

/** Characters of one Message-ID. RFC 5322 section 2.1.1: a line has 998 at most. */
export const MAX_MESSAGE_ID = 500
