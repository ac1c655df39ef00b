import { SetupError } from '@embargo/bot-kit'
import { WebAPIPlatformError } from '@slack/web-api'
import type { SlackConfig } from './config.ts'

const BOT_TOKEN_AT = 'api.slack.com/apps → the app → OAuth & Permissions → Bot User OAuth Token (begins with xoxb-)'
const APP_TOKEN_AT =
  'api.slack.com/apps → the app → Basic Information → App-Level Tokens, with the scope connections:write (begins with xapp-)'
const SIGNING_SECRET_AT = 'api.slack.com/apps → the app → Basic Information → App Credentials → Signing Secret'

export type SetupCode =
  | 'bot-token-malformed'
  | 'bot-token-refused'
  | 'app-token-malformed'
  | 'app-token-refused'
  | 'socket-mode-off'
  | 'signing-secret-missing'
  | 'installed-org-wide'
  | 'address-taken'
  | 'unreachable'

/** Problems that somebody can fix in Slack while the program runs, or that are temporary. */
const FIXABLE: ReadonlySet<SetupCode> = new Set(['socket-mode-off', 'unreachable'])

/** Why the bot cannot start, and where to get what is missing. Never contains a token. */
export class SlackSetupError extends SetupError<SetupCode> {
  override readonly name = 'SlackSetupError'
  constructor(code: SetupCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(code, message, { fixable: FIXABLE, ...options })
  }
}

/** @throws {SlackSetupError} if a token or the signing secret is missing or of the wrong kind */
export function checkTokens(config: SlackConfig): void {
  const { botToken, appToken = '', http } = config
  if (!botToken.startsWith('xoxb-'))
    throw new SlackSetupError('bot-token-malformed', wrong('bot token', botToken, BOT_TOKEN_AT))
  if (http === undefined && !appToken.startsWith('xapp-'))
    throw new SlackSetupError('app-token-malformed', wrong('app token', appToken, APP_TOKEN_AT))
  // An empty secret would make every signature easy to forge.
  if (http !== undefined && http.signingSecret === '')
    throw new SlackSetupError(
      'signing-secret-missing',
      `The Slack signing secret is missing. Copy it from ${SIGNING_SECRET_AT}.`,
    )
}

function wrong(name: string, token: string, place: string): string {
  if (token === '') return `The Slack ${name} is missing. Copy it from ${place}.`
  const mixedUp = token.startsWith('xoxb-') || token.startsWith('xapp-') ? ' The two tokens may have been swapped.' : ''
  return `The Slack ${name} does not look like one.${mixedUp} Copy it from ${place}.`
}

/** Turns the failure of the first call with a token into an error that says what to fix. */
export function setupError(kind: 'bot' | 'app', cause: unknown): SlackSetupError {
  if (cause instanceof WebAPIPlatformError) {
    const { error } = cause.data
    if (error === 'forbidden_team' || error === 'socket_mode_not_enabled' || error === 'not_allowed') {
      return new SlackSetupError(
        'socket-mode-off',
        `Slack refused a Socket Mode connection: ${error}. Switch on Socket Mode at api.slack.com/apps → the app → Socket Mode.`,
        { cause },
      )
    }
    const place = kind === 'bot' ? BOT_TOKEN_AT : APP_TOKEN_AT
    return new SlackSetupError(
      `${kind}-token-refused`,
      `Slack refused the ${kind} token: ${error}. Copy it again from ${place}.`,
      { cause },
    )
  }
  return new SlackSetupError(
    'unreachable',
    'Slack could not be reached. Check the network, any proxy in between, and the API address if one is set.',
    { cause },
  )
}
