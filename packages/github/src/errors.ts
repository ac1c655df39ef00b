import { connectionFailure, OutsideError } from '@embargo/engine'
import { z } from 'zod'
import { WAIT_MS, WAIT_MS_MAX } from './limits.ts'

/** `read`: the call changes nothing at GitHub, so it may be repeated at any time. */
export type Kind = 'read' | 'write'

/** What Octokit throws. It has a `response` if GitHub answered with an error, and none if the connection failed. */
const RequestError = z.object({
  status: z.number(),
  response: z.object({ headers: z.record(z.string(), z.unknown()), data: z.unknown() }).optional(),
})

/** The fields that GitHub names in a refusal. Its sentences are left out, because they may quote what was sent. */
const Refusal = z.object({
  errors: z.array(z.object({ field: z.string().regex(/^[\w.]{1,60}$/u) })).min(1),
})

/** How often we check whether a person has fixed the cause. */
const LOOK_AGAIN_MS = 60_000

/**
 * The error of a call. It has no `cause`, because the original error contains the answer and the request with its
 * headers.
 */
export function outsideError(kind: Kind, error: unknown): OutsideError {
  if (error instanceof OutsideError) return error
  const read = RequestError.safeParse(error)
  const response = read.success ? read.data.response : undefined
  return response === undefined || !read.success ? silence(kind, error) : refusal(kind, read.data.status, response)
}

/** The status and the message of an answer with an error. */
export type Failure = { readonly status: number; readonly message: string }

const Message = z.object({ message: z.string() })

/** The answer with which GitHub refused a call; undefined if there was no answer. */
export function failureOf(error: unknown): Failure | undefined {
  const read = RequestError.safeParse(error)
  if (!read.success || read.data.response === undefined) return undefined
  const data = Message.safeParse(read.data.response.data)
  return { status: read.data.status, message: data.success ? data.data.message : '' }
}

function refusal(
  kind: Kind,
  status: number,
  { headers, data }: { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown },
): OutsideError {
  const retryAfterMs = waitOf(headers)
  if (status === 429 || (status === 403 && retryAfterMs !== undefined))
    return new OutsideError('rate-limited', 'GitHub asks us to wait.', {
      retryAfterMs: retryAfterMs ?? WAIT_MS,
      forAll: true,
    })
  // GitHub may have carried the call out before it failed.
  if (status >= 500) {
    const code = kind === 'read' ? 'unreachable' : 'unknown'
    return new OutsideError(code, `GitHub failed (${status}).`, { away: true })
  }
  if (status === 401)
    return forAPerson(
      'GitHub does not accept our token or key: check EMBARGO_GITHUB_TOKEN, or EMBARGO_GITHUB_APP and its key file.',
      { away: true },
    )
  if (status === 403)
    return forAPerson('GitHub does not let our app or token do this: `embargo doctor github` says what is missing.')
  if (status === 404) return new OutsideError('refused', 'GitHub has no such advisory, or does not show it to us.')
  const named = Refusal.safeParse(data)
  const fields = named.success ? `: ${named.data.errors.map(({ field }) => field).join(', ')}` : ''
  return new OutsideError('refused', `GitHub refused this (${status})${fields}.`)
}

/** A refusal that ends when a person changes a setting. */
const forAPerson = (text: string, more: { readonly away?: boolean } = {}): OutsideError =>
  new OutsideError('refused', text, { forAPerson: true, forAll: true, retryAfterMs: LOOK_AGAIN_MS, ...more })

/** The error for a redirect. It is not followed, because our token must not be sent to another server. */
export const moved = (): OutsideError =>
  forAPerson('GitHub says that the repository has moved: write its new address into the policy.')

/** How long GitHub asks us to wait: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function waitOf(headers: Readonly<Record<string, unknown>>): number | undefined {
  const after = numberAt(headers, 'retry-after')
  if (after !== undefined) return bounded(after * 1000)
  const reset = numberAt(headers, 'x-ratelimit-reset')
  if (headers['x-ratelimit-remaining'] !== '0' || reset === undefined) return undefined
  return bounded(reset * 1000 - Date.now())
}

const bounded = (ms: number): number => Math.min(Math.max(1000, ms), WAIT_MS_MAX)

function numberAt(headers: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = Number(headers[name] ?? Number.NaN)
  return Number.isFinite(value) ? value : undefined
}

function silence(kind: Kind, error: unknown): OutsideError {
  const { code, nothingSent } = connectionFailure(error)
  if (kind === 'read' || nothingSent)
    return new OutsideError('unreachable', `GitHub cannot be reached${code === undefined ? '' : ` (${code})`}.`, {
      away: true,
    })
  return new OutsideError('unknown', 'GitHub did not answer, so nobody knows whether it did this.', { away: true })
}

/** The error for an answer that cannot be read. A call that writes may have succeeded nevertheless. */
export const unreadable = (kind: Kind): OutsideError =>
  new OutsideError(kind === 'read' ? 'unreachable' : 'unknown', 'The answer of GitHub cannot be read.')
