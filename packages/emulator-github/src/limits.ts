/** https://docs.github.com/rest/security-advisories/repository-advisories: `summary` and `description`. */
export const SUMMARY_MAX = 1024
export const DESCRIPTION_MAX = 65_535

/** https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export const PAGE_MAX = 100
export const PAGE_DEFAULT = 30

/**
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export const JWT_LIFE_MAX_SECONDS = 600
/** How far the clock of the app may be ahead. */
export const CLOCK_SKEW_SECONDS = 60

/**
 * https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app
 */
export const INSTALLATION_TOKEN_MS = 3_600_000

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export const PRIMARY_CALLS = 5000
export const PRIMARY_WINDOW_MS = 3_600_000
/** The most requests in a minute that create content: the secondary limit, from the same page. */
export const SECONDARY_CALLS = 80
export const SECONDARY_WINDOW_MS = 60_000

/** The versions that GitHub supports: https://docs.github.com/rest/about-the-rest-api/api-versions */
export const API_VERSIONS: readonly string[] = ['2022-11-28', '2026-03-10']
/** From this version on, an advisory has no `cvss`, only `cvss_severities`. */
export const WITHOUT_CVSS = '2026-03-10'

export const REQUEST_BYTES_MAX = 1_000_000
