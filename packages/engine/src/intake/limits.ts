import { MINUTE } from '@embargo/core'

/**
 * Small mails that are read before the next large one, so that neither kind waits for all of the other. Each is
 * finished before the next begins, and only its bytes are in memory.
 */
export const MAILS_AT_ONCE = 16

const MEGABYTE = 1024 * 1024

/**
 * The most bytes of strangers' mail that may wait to be read. A reader takes a second or two for the largest mail, so
 * this is half a minute of work.
 */
export const UNREAD_BYTES = 500 * MEGABYTE

/**
 * The most bytes of strangers' mail that are stored in a day. Stops somebody who fills the disk; a busy security
 * address gets a tenth of it. Further mail stays with its sender's server, which tries again for days.
 */
export const DAY_BYTES = 2_000 * MEGABYTE

/** Disk space that strangers' mail must leave free, so that work on cases can go on. */
export const DISK_RESERVE_BYTES = 1_000 * MEGABYTE

/**
 * A mail that kills its reader (out of time or memory) this often is quarantined with its bytes; once may have been
 * another program's use of the memory. A try may delay the others by `PARSE_TIMEOUT_MS`, so the next one comes when
 * nothing else waits.
 */
export const READER_TRIES = 2

/**
 * If the whole program dies this often while a reader has one mail, that mail is taken for the cause and quarantined
 * unread. More than a power cut, a deployment and a bad night cause together; and less than five, since systemd gives a
 * service up after five starts (StartLimitBurst).
 */
export const DEATHS_FOR_ONE_MAIL = 4

/**
 * Even a quarantine may fail because of a bug of ours: a mail that fails this often holds up the others and is set
 * aside. A full disk is no mail's fault and does not count.
 */
export const GIVE_UP_AFTER = 20

/** The safety net under the wake-up: another process may have stored a mail. */
export const POLL_MS = 5000

/** After a failure of the database; the mails wait in it and are not lost. */
export const PAUSE_AFTER_FAILURE_MS = MINUTE
