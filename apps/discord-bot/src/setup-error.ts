import { networkCode, SetupError } from '@embargo/bot-kit'
import { OutsideError } from '@embargo/engine'
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { outsideError } from './platform/api-errors.ts'
import { CloudflareBan } from './platform/cloudflare-ban.ts'

const PORTAL = 'discord.com/developers/applications → the application'
const TOKEN_AT = `${PORTAL} → Bot → Reset Token`

/** Where the developer portal has the switches that the bot needs. */
export const INTENTS_AT = `${PORTAL} → Bot → Privileged Gateway Intents`

export type SetupCode =
  | 'token-missing'
  | 'token-refused'
  | 'guild-malformed'
  | 'intents-off'
  | 'not-in-guild'
  | 'permissions-missing'
  | 'refused'
  | 'unreachable'

/** Problems that somebody can fix in Discord while the program runs, or that are temporary. */
const FIXABLE: ReadonlySet<SetupCode> = new Set([
  'intents-off',
  'not-in-guild',
  'permissions-missing',
  'refused',
  'unreachable',
])

/** Why the bot cannot start, and which setting to change. Never contains a token. */
export class DiscordSetupError extends SetupError<SetupCode> {
  override readonly name = 'DiscordSetupError'
  constructor(code: SetupCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(code, message, { fixable: FIXABLE, ...options })
  }
}

export const tokenMissing = (): DiscordSetupError =>
  new DiscordSetupError('token-missing', `The Discord bot token is missing. Copy it from ${TOKEN_AT}.`)

export const tokenRefused = (): DiscordSetupError =>
  new DiscordSetupError(
    'token-refused',
    `Discord refused the bot token. Create a new one at ${TOKEN_AT}; the old one then stops working.`,
  )

export const guildMalformed = (): DiscordSetupError =>
  new DiscordSetupError(
    'guild-malformed',
    'The id of the Discord server is not valid: such an id has 17 to 20 digits. In Discord, switch on User Settings → Advanced → Developer Mode, then right-click the server → Copy Server ID.',
  )

export const intentsOff = (names: readonly string[]): DiscordSetupError =>
  new DiscordSetupError(
    'intents-off',
    `Discord refused the connection: ${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} off. Switch on ${names.length === 1 ? 'it' : 'both'} at ${INTENTS_AT}, and save.`,
  )

export const notInGuild = (link: string): DiscordSetupError =>
  new DiscordSetupError(
    'not-in-guild',
    `The bot is not in the Discord server. Somebody who may manage the server must invite it with this link: ${link} . If the bot is in the server already, check the server’s id.`,
  )

export const permissionsMissing = (names: readonly string[], link: string): DiscordSetupError =>
  new DiscordSetupError(
    'permissions-missing',
    `The bot lacks ${names.join(', ')} in the Discord server. Switch them on at Server Settings → Roles → the bot’s role → Permissions, or invite it again with this link: ${link}`,
  )

/** Errors that show that Discord was reached, because they are answers from Discord. */
const ANSWERS = [OutsideError, CloudflareBan, DiscordAPIError, HTTPError, RateLimitError] as const

/**
 * Explains why one of the first calls to Discord failed. With `unreachable`, a later attempt may succeed. With any
 * other code, somebody must change a setting first.
 */
export function setupError(cause: unknown): DiscordSetupError {
  if (cause instanceof DiscordSetupError) return cause
  if (cause instanceof DiscordAPIError && cause.status === 401) return tokenRefused()
  if (cause instanceof Error && ('code' in cause ? cause.code === 'TokenInvalid' : false)) return tokenRefused()
  if (ANSWERS.some((known) => cause instanceof known)) {
    const { code, message } = outsideError('say what is there', 'read', cause)
    return new DiscordSetupError(code === 'refused' ? code : 'unreachable', message)
  }
  const code = networkCode(cause)
  return new DiscordSetupError(
    'unreachable',
    `Discord could not be reached${code === undefined ? '' : ` (${code})`}. Check the network, any proxy in between, and the API address if one is set.`,
  )
}
