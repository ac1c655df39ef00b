import { HOUR, MINUTE } from '@embargo/core'

/** How long a worker holds a row before another may take it: longer than any call's timeout. */
export const LEASE_MS = 30_000

/** A lease is renewed at a third of its time, so that two renewals may fail. */
export const RENEW_MS = LEASE_MS / 3

/**
 * Effects of different lanes at once, of each capability: a platform that is slow or away holds up no other. What begins and
 * ends together is marked in one write, so fewer would cost more writes for each effect; more would only make the platforms
 * answer 429.
 */
export const MOST_AT_ONCE = 24

/** The safety net under the wake-up: another process may have enqueued. */
export const POLL_MS = 5000

/** The shortest pause when a row looks free and another worker got it: no busy loop against the database. */
export const SHORTEST_PAUSE_MS = 50

/** So many effects at once are a crowd: fewer are looked after at once, so that people see each step of what moves. */
export const CROWD = 8

/**
 * While a crowd of effects runs, the outbox is left alone for so many times as long as the last claim took, and no longer
 * than this in milliseconds: looking for work takes no more than a fifth of the time then.
 */
export const REST_TIMES = 4
export const MOST_REST_MS = 20

/** Full jitter below these: workers that failed together do not come back together. */
export const FIRST_BACKOFF_MS = 500
export const MOST_BACKOFF_MS = 15 * MINUTE

/** How often an effect that waits for a person is tried again. */
export const HELD_MS = MINUTE / 2

/** The tries of what waits for something else that count: by then it is looked at as seldom as what waits for a person. */
export const MOST_COUNTED_WAITS = 7

/** Some hours of tries that failed while the outside worked for others; then a person is asked. */
export const MOST_ATTEMPTS = 30

/** An outside that is away is asked again after the first of these, then after twice as long each time, up to the second. */
export const FIRST_PROBE_MS = 500
export const MOST_PROBE_MS = MINUTE

/** A broken or hostile Retry-After does not silence us for days. */
export const MOST_RETRY_AFTER_MS = HOUR

/** What an event keeps of a reason. */
export const MOST_REASON = 500
