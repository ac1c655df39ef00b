/** How long one call may take, in milliseconds. This limit stops a call to a server that never answers. */
export const CALL_MS = 30_000

/**
 * The largest answer that is read, in bytes. A page of 100 advisories has at most about 20 MB: each description has
 * 65,535 characters of up to three bytes. A larger answer would fill the memory.
 */
export const ANSWER_BYTES_MAX = 32 * 1024 * 1024

/** The most pages of a list: a server that always names a next page must not be followed for ever. */
export const PAGES_MAX = 20
/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const PAGE_SIZE = 100

/** The version that the calls are written for: https://docs.github.com/rest/about-the-rest-api/api-versions */
export const API_VERSION = '2022-11-28'

/**
 * How long to wait if GitHub limits the rate of calls without saying for how long. GitHub's page on limits demands "at
 * least one minute".
 */
export const WAIT_MS = 60_000
/** The longest wait that we accept from GitHub, in milliseconds: an hour, because GitHub limits the calls per hour. */
export const WAIT_MS_MAX = 3_600_000

/** https://docs.github.com/rest/security-advisories/repository-advisories: `summary` and `description`. */
export const SUMMARY_MAX = 1024
export const DESCRIPTION_MAX = 65_535

/**
 * The largest payload that is read, in bytes. A real payload is much smaller: a description has at most about 200 kB
 * (65,535 characters of up to three bytes), and the rest about a tenth of that.
 */
export const PAYLOAD_BYTES_MAX = 1024 * 1024
/** How long a request to the webhook may take to arrive: a slow one takes up a connection. */
export const REQUEST_MS = 10_000
/** Connections to the webhook at the same time. */
export const CONNECTIONS_MAX = 50
