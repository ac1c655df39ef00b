import { TokenError } from './token-error.ts'
import { tokenForm } from './token-request.ts'
import type { TokenGrant } from './token-request.ts'

/** Access tokens for one account. A token is reused while it is valid. */
export type TokenSource = {
  /**
   * `refused`: a token from this source that a mail server has refused. If it is given, a new token is requested.
   *
   * @throws TokenError
   */
  token(refused?: string): Promise<string>
}

/** A longer answer is an error, so no endpoint can send without end. A normal answer has a few kilobytes. */
const MAX_ANSWER_BYTES = 64 * 1024
const ANSWER_MS = 20_000

/** A token is renewed this long before it expires, so that it is still valid when it is used. */
const BEFORE_END_MS = 5 * 60_000
/** `assumed` applies if the endpoint does not say how long a token is valid, or says more than `most`. */
const VALID_SECONDS = { assumed: 300, most: 86_400 }

/** Only the characters of RFC 6750 section 2.1 are allowed, so that no token can end a command of SMTP or IMAP. */
const TOKEN = /^[\w.~+/=-]+$/u

type Answer = { readonly token: string; readonly seconds: number; readonly refreshToken?: string }

function answerOf(json: unknown): Answer | undefined {
  const field = (name: string): unknown =>
    typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined
  const token = field('access_token')
  if (typeof token !== 'string' || !TOKEN.test(token)) return undefined
  const written = Number(field('expires_in'))
  const seconds = written > 0 && written <= VALID_SECONDS.most ? written : VALID_SECONDS.assumed
  const refreshToken = field('refresh_token')
  return { token, seconds, ...(typeof refreshToken === 'string' && refreshToken !== '' && { refreshToken }) }
}

/**
 * The error codes of RFC 6749 section 5.2. Only these are shown, because an endpoint's own words may contain a secret.
 */
const REFUSALS: readonly string[] = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]

type CachedToken = { readonly token: string; readonly until: number }

export type TokenSourceOptions = {
  readonly now?: () => number
  readonly post?: PostForm
  /**
   * Called with a new refresh token. It must be stored, because the endpoint may no longer accept the former token when
   * the program starts again.
   */
  readonly onRefreshToken?: (token: string) => void
}

export function createTokenSource(
  grant: TokenGrant,
  { now = Date.now, post = postForm, onRefreshToken }: TokenSourceOptions = {},
): TokenSource {
  let kept: CachedToken | undefined
  let asking: Promise<CachedToken> | undefined
  /**
   * The grant with the latest refresh token. Some endpoints return a new refresh token each time, and accept the
   * previous one only for a while.
   */
  let current = grant

  async function ask(): Promise<CachedToken> {
    const at = now()
    const { ok, text } = await post(current.endpoint, formOf(current, at))
    const json = parsed(text)
    if (!ok) throw new TokenError('refused', refusalInWords(json))
    const answer = answerOf(json)
    if (answer === undefined)
      throw new TokenError('bad-answer', 'The token endpoint gave an answer without a usable token.')
    const { token, seconds, refreshToken } = answer
    if (refreshToken !== undefined && current.grant === 'refresh_token' && refreshToken !== current.refreshToken) {
      current = { ...current, refreshToken }
      onRefreshToken?.(refreshToken)
    }
    const validMs = seconds * 1000
    return { token, until: at + Math.max(validMs - BEFORE_END_MS, validMs / 2) }
  }

  return {
    async token(refused) {
      if (kept !== undefined && kept.token !== refused && now() < kept.until) return kept.token
      asking ??= ask().finally(() => {
        asking = undefined
      })
      kept = await asking
      return kept.token
    },
  }
}

function formOf(grant: TokenGrant, at: number): URLSearchParams {
  try {
    return tokenForm(grant, at)
  } catch {
    // No cause is attached, because it could contain the key's text.
    throw new TokenError('refused', 'The private key of the OAuth settings cannot sign. It must be an RSA key in PEM.')
  }
}

function refusalInWords(json: unknown): string {
  const code: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'error') : undefined
  const known = REFUSALS.find((one) => one === code)
  return `The token endpoint gave no access token (${known ?? 'without a reason'}). Check the OAuth settings: the consent may have ended.`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export type PostForm = (
  endpoint: string,
  form: URLSearchParams,
) => Promise<{ readonly ok: boolean; readonly text: string }>

/** Follows no redirect, because the secret would be sent there too. @throws TokenError `unreachable` */
async function postForm(endpoint: string, form: URLSearchParams): ReturnType<PostForm> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      body: form,
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    // These statuses mean that the endpoint is in trouble, and not that it refuses the request.
    if (response.status >= 500 || response.status === 429) throw new Error(`status ${response.status}`)
    let bytes = 0
    const parts: Uint8Array[] = []
    for await (const part of response.body ?? []) {
      bytes += part.length
      if (bytes > MAX_ANSWER_BYTES) throw new Error('too large')
      parts.push(part)
    }
    return { ok: response.ok, text: Buffer.concat(parts).toString('utf8') }
  } catch (cause) {
    throw new TokenError('unreachable', 'The token endpoint cannot be reached, or did not answer as expected.', {
      cause,
    })
  }
}
