import { MINUTE } from '@embargo/core'

/**
 * How many small mails are read before the next large one, so that neither kind must wait for all of the other. Each
 * mail is finished before the next begins, and only its bytes are in memory.
 */
export const MAILS_AT_ONCE = 16

const MEGABYTE = 1024 * 1024

/**
 * The most bytes of strangers' mail that may be unread. Parsing the largest mail takes a second or two, so this is half
 * a minute of work.
 */
export const UNREAD_BYTES = 500 * MEGABYTE

/**
 * The most bytes of strangers' mail that are stored in a day, so that nobody can fill the disk. A busy security address
 * gets a tenth of this. Further mail stays with the sending server, which retries for days.
 */
export const DAY_BYTES = 2_000 * MEGABYTE

/** Disk space that strangers' mail must leave free, so that work on cases can go on. */
export const DISK_RESERVE_BYTES = 1_000 * MEGABYTE

/**
 * A mail that kills its parser (out of time or memory) this often is quarantined with its bytes. It may kill one for
 * another reason: other programs used the memory. Parsing it again may delay other mails by `PARSE_TIMEOUT_MS`, so it
 * is tried again only when no other mail waits.
 */
export const READER_TRIES = 2

/**
 * If the whole program dies this often while it parses the same mail, the mail counts as the cause and is quarantined
 * unread. The number is larger than what a power cut, a deployment and a bad night cause together, and smaller than
 * five, because systemd does not restart a service after five starts (StartLimitBurst).
 */
export const DEATHS_FOR_ONE_MAIL = 4

/**
 * Even quarantining a mail may fail because of a bug of ours. A mail with this many failures is set aside, because it
 * delays the others. Failures because of a full disk do not count.
 */
export const GIVE_UP_AFTER = 20

/** How often the spool is read even without a wake-up, because another process may have stored a mail. */
export const POLL_MS = 5000

/** The pause after a failure of the database. The mails wait in the spool and are not lost. */
export const PAUSE_AFTER_FAILURE_MS = MINUTE
