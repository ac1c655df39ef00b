import { isNeverSent, networkCode } from '@embargo/bot-kit'
import type { ChannelLoss } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'

/**
 * Errors by which Slack says that it does not know whether the call had an effect:
 * https://docs.slack.dev/reference/methods, common errors.
 */
const UNSURE: readonly string[] = [
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]
const SLOW_DOWN: readonly string[] = ['ratelimited', 'rate_limited', 'message_limit_exceeded', 'accesslimited']
/** How long to wait if Slack names no time. */
const WAIT_MS = 30_000

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  restricted_action:
    'A workspace setting forbids it. An admin can allow apps and members to create private channels and to post.',
  not_in_channel: 'The app is not in the channel. Invite it there: /invite @embargo.',
  is_archived: 'The channel is archived. Unarchive it in Slack, or continue in a new channel.',
  channel_not_found:
    'The channel is gone, or the app was removed from it. Invite the app again, or open the case in a new channel.',
  invalid_auth:
    'The bot token is no longer valid. Copy it again from api.slack.com/apps → the app → OAuth & Permissions.',
  token_revoked: 'The bot token was revoked. Install the app again and copy the new one from OAuth & Permissions.',
  account_inactive: 'The app was removed from the workspace. Install it again from api.slack.com/apps.',
  not_allowed_token_type: 'The two tokens are mixed up: the bot token begins with xoxb-, the app token with xapp-.',
  user_is_restricted: 'A guest may not do this. Give the person a full account, or leave them out of this channel.',
  message_not_found: 'The message was deleted in Slack.',
}

/**
 * What happened to a private channel that no longer accepts our messages, by Slack's error. `channel_not_found` can
 * mean that the channel was deleted or that we are not in it:
 * https://docs.slack.dev/reference/methods/conversations.info
 */
const LOSSES: Readonly<Record<string, ChannelLoss>> = {
  is_archived: 'archived',
  channel_not_found: 'out-of-reach',
  not_in_channel: 'bot-removed',
}

/**
 * Each of these methods is called by all effects of one kind. So a rate limit on the method stops all effects of that
 * kind. Posts are left out, because Slack counts them for each channel. Pins are left out, because only some effects
 * pin: https://docs.slack.dev/apis/web-api/rate-limits
 */
const FOR_ALL: readonly string[] = [
  'conversations.create',
  'conversations.invite',
  'conversations.kick',
  'conversations.archive',
  'chat.update',
]

/**
 * Errors with which Slack refuses every call until a person fixes the cause: https://docs.slack.dev/reference/methods,
 * common errors.
 */
const FOR_A_PERSON: readonly string[] = [
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'not_allowed_token_type',
  'access_denied',
  'team_access_not_granted',
  'org_login_required',
  'ekm_access_denied',
]
/** How often we check whether a person has fixed the cause. */
const LOOK_AGAIN_MS = 30_000

/** What a call can change: a `read` that failed has certainly changed nothing. */
export type CallKind = 'read' | 'write'

/**
 * Runs one Web API call.
 * @throws {OutsideError} `refused` with the setting to change, `rate-limited` with the wait, `unreachable` if the call
 *   certainly had no effect, `unknown` if it may have had one
 */
export async function calling<T>(method: string, kind: CallKind, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw outsideError(method, kind, error)
  }
}

export function outsideError(method: string, kind: CallKind, cause: unknown): OutsideError {
  const doubtful = kind === 'read' ? 'unreachable' : 'unknown'
  if (cause instanceof OutsideError) return cause
  if (cause instanceof WebAPIRateLimitedError) {
    return new OutsideError('rate-limited', `Slack asked Embargo to slow down (${method}).`, {
      cause,
      retryAfterMs: cause.retryAfter * 1000,
      forAll: FOR_ALL.includes(method),
    })
  }
  if (cause instanceof WebAPIPlatformError) return platformError(method, doubtful, cause)
  if (cause instanceof WebAPIHTTPError) {
    if (cause.statusCode >= 500)
      return new OutsideError(doubtful, `Slack answered ${cause.statusCode} to ${method}.`, { cause, away: true })
    // Slack's own refusals are in the body of a response with status 200. Any other status comes from something between
    // us and Slack, and concerns every call.
    return new OutsideError(
      'refused',
      `Slack answered ${cause.statusCode} to ${method}. Check the API address and any proxy in between.`,
      { cause, forAPerson: true, forAll: true, away: true, retryAfterMs: LOOK_AGAIN_MS },
    )
  }
  const code = networkCode(cause instanceof WebAPIRequestError ? cause.original : cause)
  if (code !== undefined && isNeverSent(code)) {
    return new OutsideError(
      'unreachable',
      `Slack could not be reached (${code}). Check the network and the API address.`,
      { cause, away: true },
    )
  }
  return new OutsideError(doubtful, `No answer from Slack to ${method}${code === undefined ? '' : ` (${code})`}.`, {
    cause,
    away: true,
  })
}

function platformError(method: string, doubtful: 'unreachable' | 'unknown', cause: WebAPIPlatformError): OutsideError {
  const { error } = cause.data
  if (UNSURE.includes(error))
    return new OutsideError(doubtful, `Slack answered ${error} to ${method}.`, { cause, away: true })
  if (SLOW_DOWN.includes(error)) {
    return new OutsideError('rate-limited', `Slack asked Embargo to slow down (${method}).`, {
      cause,
      retryAfterMs: WAIT_MS,
    })
  }
  const loss = LOSSES[error]
  return new OutsideError('refused', `Slack refused ${method}: ${error}. ${advice(error, cause)}`, {
    cause,
    ...(loss === undefined ? {} : { gone: loss }),
    ...(error === 'message_not_found' ? { messageGone: true } : {}),
    ...(error === 'missing_scope' ? { forAPerson: true } : {}),
    ...(FOR_A_PERSON.includes(error)
      ? { forAPerson: true, forAll: true, away: true, retryAfterMs: LOOK_AGAIN_MS }
      : {}),
  })
}

function advice(error: string, cause: WebAPIPlatformError): string {
  if (error !== 'missing_scope')
    return WHAT_TO_DO[error] ?? `https://docs.slack.dev/reference/methods says what it means.`
  const scope = neededScope(cause) ?? 'a scope of the manifest'
  return `The app lacks ${scope}. Paste the generated manifest at api.slack.com/apps → the app → App Manifest, and install the app again.`
}

/** Which scopes a call lacked, as Slack lists them; undefined for other errors. */
export function neededScope(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError) || error.data.error !== 'missing_scope') return undefined
  const needed: unknown = 'needed' in error.data ? error.data.needed : undefined
  return typeof needed === 'string' ? needed : undefined
}

/** Slack's own error code, by which callers decide what to do. Undefined for other errors. */
export const slackCode = (error: unknown): string | undefined =>
  error instanceof WebAPIPlatformError ? error.data.error : undefined
