import { MINUTE } from '@embargo/core'

/** How many small mails are read before the next large one, so neither kind must wait for all mails of the other. */
export const MAILS_AT_ONCE = 32

/**
 * After a large mail was read, small mails go first for a while: this many times the time that reading the large mail
 * took. So even a flood of small mails leaves a fifth of the time to large ones.
 */
export const REST_AFTER_LARGE = 4

/**
 * How many small mails are taken in at the same time. One is parsed while others wait for the DNS or the disk. The
 * number is limited because a process claims a mail only for two minutes. The last mail must be placed in that time,
 * even if parsing each of the others takes the full `PARSE_TIMEOUT_MS`.
 */
export const TAKEN_IN_AT_ONCE = 7

const MEGABYTE = 1024 * 1024

/**
 * The most bytes of strangers' mail that may be unread. Parsing a mail of 25 MB, the largest, takes a second or two, so
 * this is half a minute of work.
 */
export const UNREAD_BYTES = 500 * MEGABYTE

/**
 * The most bytes of strangers' mail that are stored in a day, so nobody can fill the disk. A busy security address
 * receives about a tenth of this. Further mail stays with the sending server, which retries for days.
 */
export const DAY_BYTES = 2_000 * MEGABYTE

/** Disk space that strangers' mail must leave free, so work on cases can continue. */
export const DISK_RESERVE_BYTES = 1_000 * MEGABYTE

/**
 * If a mail crashes its parser (out of time or memory) this many times, the mail is quarantined, and its bytes are
 * kept. One crash may have another cause, such as other programs that used the memory. After a crash, the mail is tried
 * again only when no other mail waits.
 */
export const READER_TRIES = 3

/**
 * If the whole program dies this many times while it parses the same mail, the mail is quarantined unread. Power cuts
 * and deployments hardly reach this number. It must be below five, because systemd stops restarting a service after
 * five starts (StartLimitBurst).
 */
export const DEATHS_FOR_ONE_MAIL = 4

/**
 * If a bug of ours makes even the quarantine of a mail fail this many times, the mail is set aside, because it delays
 * the others. A full disk does not count.
 */
export const GIVE_UP_AFTER = 20

/** How often the spool is read even without a wake-up, because another process may have stored a mail. */
export const POLL_MS = 5000

/** The pause after a mail could not be placed. Mails wait in the spool and are not lost. */
export const PAUSE_AFTER_FAILURE_MS = MINUTE

/**
 * How many receipts one address gets within a day. Anybody can send many reports in the name of somebody else, who
 * would get a receipt for each.
 */
export const MAX_RECEIPTS = 3

/**
 * The most reports whose senders are kept in memory, to find the earlier cases of a sender. When the first new report
 * arrives after a start, the cases of these earlier reports are read one by one, which takes about a second.
 */
export const REPORTS_REMEMBERED = 300
