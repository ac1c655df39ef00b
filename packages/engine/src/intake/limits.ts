import { MINUTE } from '@embargo/core'

/**
 * Mails taken from the spool at once; each is finished before the next begins. Few, because all of them are in memory
 * whole: a flood of the largest mails must not fill it.
 */
export const MAILS_AT_ONCE = 4

/**
 * A mail that ends its reader (out of time, out of memory) this often is quarantined with its bytes. Each try may hold up
 * the others for `PARSE_TIMEOUT_MS`.
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
