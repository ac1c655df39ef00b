import { MINUTE } from '@embargo/core'

/**
 * Small mails that are taken in before the next large one, so that neither kind waits for all of the other. Each is
 * finished before the next begins, and only its bytes are in memory.
 */
export const MAILS_AT_ONCE = 16

const MEGABYTE = 1024 * 1024

/** Bytes of strangers' mail that wait to be read. A reader takes a second or two for the largest, so this is half a minute. */
export const UNREAD_BYTES = 500 * MEGABYTE

/**
 * Bytes of strangers' mail that are stored in a day. Stops one who fills the disk; a busy security address gets a tenth.
 * What is above it is left with its sender, who tries again for days.
 */
export const DAY_BYTES = 2_000 * MEGABYTE

/** Left free on the disk by strangers' mail, so that the cases go on. */
export const DISK_RESERVE_BYTES = 1_000 * MEGABYTE

/**
 * A mail that ends its reader (out of time, out of memory) this often is quarantined with its bytes: the machine may have
 * taken the reader's memory for somebody else. Each try may hold up the others for `PARSE_TIMEOUT_MS`, so that the next
 * one comes when nothing else waits.
 */
export const READER_TRIES = 2

/**
 * Deaths of the whole program while a reader has one mail, after which that mail is taken for the cause and quarantined
 * without being looked into. More than a power cut, a deployment and a bad night bring together by chance; at the fifth
 * start at the latest, since systemd gives a service up after five (StartLimitBurst).
 */
export const DEATHS_FOR_ONE_MAIL = 4

/**
 * Even a quarantine may fail, by a mistake of ours: a mail that fails so often holds up the others and is set aside. A
 * full disk is nobody's mistake and does not count.
 */
export const GIVE_UP_AFTER = 20

/** The safety net under the wake-up: another process may have stored a mail. */
export const POLL_MS = 5000

/** After the database failed; the mails wait in it and are not lost. */
export const PAUSE_AFTER_FAILURE_MS = MINUTE
