import { MINUTE } from '@embargo/core'

/**
 * Mails taken from the spool at once; each is finished before the next begins. Few, because all of them are in memory
 * whole: a flood of the largest mails must not fill it.
 */
export const MAILS_AT_ONCE = 4

/** A mail that kills the parser, or the program, is quarantined with its bytes at this try. */
export const LAST_TRY = 3

/** Even a quarantine may fail while the database does; a mail that fails so often holds up the others and is set aside. */
export const GIVE_UP_AFTER = 20

/** The safety net under the wake-up: another process may have stored a mail. */
export const POLL_MS = 5000

/** After the database failed; the mails wait in it and are not lost. */
export const PAUSE_AFTER_FAILURE_MS = MINUTE
