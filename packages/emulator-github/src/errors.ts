import type { Reply } from '@embargo/emulator-kit'
import type { RateLimitHit } from './rate-limits.ts'

const DOCUMENTATION = 'https://docs.github.com/rest'

export const json = (status: number, body: unknown, headers: Reply['headers'] = {}): Reply => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
})

const error = (status: number, message: string, headers: Reply['headers'] = {}): Reply =>
  json(status, { message, documentation_url: DOCUMENTATION, status: String(status) }, headers)

export const notFound = (): Reply => error(404, 'Not Found')
export const badCredentials = (): Reply => error(401, 'Bad credentials')
export const badRequest = (message: string): Reply => error(400, message)
export const unauthorized = (message: string): Reply => error(401, message)
export const forbidden = (message: string, needed?: string): Reply =>
  error(403, message, needed === undefined ? {} : { 'x-accepted-github-permissions': needed })

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
export const invalid = (message: string, field?: string): Reply =>
  json(422, {
    message: field === undefined ? message : 'Validation Failed',
    documentation_url: DOCUMENTATION,
    status: '422',
    ...(field !== undefined && { errors: [{ resource: 'RepositoryAdvisory', field, code: 'custom', message }] }),
  })

/**
 * A refusal by the primary limit, which counts the calls of an hour, or by the secondary limit, which counts writes.
 */
export const limited = ({ limit, seconds }: RateLimitHit, now: number): Reply =>
  limit === 'primary'
    ? error(403, 'API rate limit exceeded for installation.', {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.ceil(now / 1000) + seconds),
      })
    : error(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
        'retry-after': String(seconds),
      })

export const planned = (status: number): Reply => {
  if (status === 404) return notFound()
  if (status === 403) return forbidden('Resource not accessible by integration')
  if (status === 422) return invalid('Validation Failed')
  return error(status, status === 503 ? 'Service unavailable' : 'Server Error')
}
