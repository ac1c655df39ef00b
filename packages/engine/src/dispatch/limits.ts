import { HOUR, MINUTE } from '@embargo/core'

/** How long a worker holds a row before another may take it: longer than any call's timeout. */
export const LEASE_MS = 30_000

/** A lease is renewed at a third of its time, so that two renewals may fail. */
export const RENEW_MS = LEASE_MS / 3

/**
 * Effects of different lanes that run at once, for each capability: a platform that is slow or unreachable holds up no
 * other. Effects that begin and end together are marked in one write, so a smaller number would cost more writes for
 * each; a larger one would only make the platforms answer 429.
 */
export const MAX_AT_ONCE = 24

/** The safety net under the wake-up: another process may have enqueued. */
export const POLL_MS = 5000

/** The shortest pause when a row looked free but another worker got it, to avoid a busy loop against the database. */
export const SHORTEST_PAUSE_MS = 50

/**
 * With so many effects at once, claims are made in batches; with fewer, each is followed up at once, so that people see
 * each step of a card.
 */
export const CROWD = 8

/**
 * While many effects run, the outbox rests for this multiple of the time that the last claim took, and no longer than
 * the next constant, in milliseconds: so looking for work takes at most a fifth of the time.
 */
export const REST_TIMES = 4
export const MAX_REST_MS = 20

/** Full jitter between these, so that workers that failed together do not come back together. */
export const FIRST_BACKOFF_MS = 500
export const MAX_BACKOFF_MS = 15 * MINUTE

/** How often an effect that waits for a person is tried again. */
export const HELD_MS = MINUTE / 2

/** How many tries of a waiting effect count. After these it is tried as rarely as one that waits for a person. */
export const MAX_COUNTED_WAITS = 7

/** Tries over some hours, while the outside worked for others; then a person is asked. */
export const MAX_ATTEMPTS = 30

/**
 * An unreachable outside is tried again after the first of these, then after twice as long each time, up to the second.
 */
export const FIRST_PROBE_MS = 500
export const MAX_PROBE_MS = MINUTE

/** A broken or hostile Retry-After must not silence us for days. */
export const MAX_RETRY_AFTER_MS = HOUR

/** The length to which a reason is cut in an event. */
export const MAX_REASON = 500
