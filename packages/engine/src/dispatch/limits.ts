import { HOUR, MINUTE } from '@embargo/core'

/**
 * How long a worker holds an effect's row in the outbox. After that, another worker may take the row. The time is
 * longer than the timeout of any call.
 */
export const LEASE_MS = 30_000

/** A lease is renewed whenever a third of its time is over, so two renewals may fail. */
export const RENEW_MS = LEASE_MS / 3

/**
 * How many effects run at once for each capability, such as mail or one chat platform. Each capability has its own
 * limit, so a slow platform does not delay the others. Effects that begin together share one write to the database, so
 * a smaller number would cost more writes. A larger number would make the platforms answer 429.
 */
export const MAX_AT_ONCE = 24

/** How often the outbox is read even if nothing notifies this process: another process may have added effects. */
export const POLL_MS = 5000

/** The shortest pause when a row looked free but another worker got it, to avoid a busy loop against the database. */
export const SHORTEST_PAUSE_MS = 50

/**
 * While at least this many effects run, further effects are claimed in batches. With fewer, the next effect is claimed
 * as soon as one ends, so people see each step of a card.
 */
export const CROWD = 8

/**
 * While many effects run, the dispatcher waits between two claims: this many times as long as the last claim took, but
 * at most for `MAX_REST_MS`.
 */
export const REST_TIMES = 4
export const MAX_REST_MS = 20

/**
 * The bounds of the random wait before a retry ("full jitter"), so workers that failed together do not retry together.
 */
export const FIRST_BACKOFF_MS = 500
export const MAX_BACKOFF_MS = 15 * MINUTE

/** How often an effect that waits for a person is tried again. */
export const HELD_MS = MINUTE / 2

/**
 * An effect that waits for something else waits longer from try to try. From this try on, the tries no longer count and
 * the wait no longer grows. The wait is then at most about `HELD_MS`.
 */
export const MAX_COUNTED_WAITS = 7

/**
 * How many times an effect is tried if its service works for other effects. The attempts take some hours; after the
 * last one, a person is asked.
 */
export const MAX_ATTEMPTS = 30

/**
 * If the relay refuses a mail temporarily: how many times the mail is tried, and the longest wait between two tries.
 * The average wait is half of the longest, so a person is asked after about five days (RFC 5321 section 4.5.4.1).
 */
export const MAX_MAIL_ATTEMPTS = 250
export const MAX_MAIL_BACKOFF_MS = HOUR

/**
 * From this try on, about four hours after the first, people are told that a mail is delayed. Mail servers do the same.
 */
export const DELAY_NOTICE_ATTEMPT = 20

/**
 * When an external service is unreachable, we retry after `FIRST_PROBE_MS` and double the wait each time, up to
 * `MAX_PROBE_MS`.
 */
export const FIRST_PROBE_MS = 500
export const MAX_PROBE_MS = MINUTE

/** A broken or hostile Retry-After must not silence us for days. */
export const MAX_RETRY_AFTER_MS = HOUR

/** A reason that is longer than this is cut in an event. */
export const MAX_REASON = 500
