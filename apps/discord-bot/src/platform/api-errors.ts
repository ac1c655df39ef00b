import { isNeverSent, networkCode } from '@embargo/bot-kit'
import { OutsideError } from '@embargo/engine'
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js'
import { z } from 'zod'
import { CloudflareBan } from './cloudflare-ban.ts'

/** JSON error codes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const CODE = {
  unknownChannel: 10_003,
  unknownGuild: 10_004,
  unknownMember: 10_007,
  unknownMessage: 10_008,
  unknownOverwrite: 10_009,
  unknownUser: 10_013,
  unknownInteraction: 10_062,
  pinsFull: 30_003,
  channelsFull: 30_013,
  commandsDaily: 30_034,
  acknowledged: 40_060,
  missingAccess: 50_001,
  missingPermissions: 50_013,
  invalidForm: 50_035,
  twoFactor: 60_003,
} as const

const NEW_TOKEN =
  'The bot token is no longer valid. Reset it at discord.com/developers/applications → the application → Bot → Reset Token, and replace the old token by the new one.'

/** Errors that remain until somebody changes a setting or invites the bot again. */
const FOR_A_PERSON: ReadonlySet<number | string> = new Set([
  CODE.channelsFull,
  CODE.unknownGuild,
  CODE.missingAccess,
  CODE.missingPermissions,
  CODE.twoFactor,
])
/** The pause before the next attempt after an error that concerns every channel. */
const LOOK_AGAIN_MS = 30_000

const WHAT_TO_DO: Readonly<Record<number, string>> = {
  [CODE.unknownChannel]: 'The channel was deleted. Embargo moves the case to a new channel as soon as it notices.',
  [CODE.unknownGuild]:
    'The bot is not in the server. Invite it again with the link that “embargo init discord” prints.',
  [CODE.unknownMessage]: 'The message was deleted in Discord.',
  [CODE.channelsFull]:
    'The server has 500 channels, which is all that Discord allows. First delete the oldest channels in the category “Embargo archive” that nobody needs, then others. Embargo then continues automatically, and nothing is lost.',
  [CODE.commandsDaily]:
    'Discord allows 200 new commands a day in a server, and that many were created. Embargo retries automatically, and succeeds one day after the first of them was created. Look for a program that invites the bot over and over, or registers commands with its token.',
  [CODE.missingAccess]:
    'The bot can no longer see the channel. Give it “View Channel” there again, or invite it again with the link that “embargo init discord” prints.',
  [CODE.missingPermissions]:
    'The bot lacks a permission. Run “embargo doctor discord”, which says which one, and where to switch it on.',
  [CODE.twoFactor]:
    'The server requires two-factor authentication of all moderators. For a bot, the owner of its application must have it: the account that owns the application, or the team that owns it. Switch it on in the owner’s account, at User Settings → My Account → Enable Authenticator App. Embargo then continues automatically, and nothing is lost.',
}

/** Whether a call can change anything at Discord. If a `read` fails, certainly nothing has changed. */
export type CallKind = 'read' | 'write'

/**
 * Runs one API call and parses its response.
 * @throws {OutsideError} `refused` with the setting to change, `rate-limited` with the wait, `unreachable` if the call
 *   certainly had no effect, `unknown` if it may have had one
 */
export async function calling<T>(
  task: string,
  kind: CallKind,
  call: () => Promise<unknown>,
  answer: z.ZodType<T>,
): Promise<T> {
  let body: unknown
  try {
    body = await call()
  } catch (error) {
    throw outsideError(task, kind, error)
  }
  const read = answer.safeParse(body)
  if (read.success) return read.data
  throw new OutsideError(
    kind === 'read' ? 'unreachable' : 'unknown',
    `Discord’s answer to the request “${task}” cannot be read. Check the API address and any proxy in between.`,
    { away: true },
  )
}

/** The schema for the response to a call that returns nothing. */
export const NOTHING = z.unknown()

export function outsideError(task: string, kind: CallKind, cause: unknown): OutsideError {
  if (cause instanceof OutsideError) return cause
  if (cause instanceof CloudflareBan) {
    const { message, retryAfterMs } = cause
    return new OutsideError('rate-limited', message, { retryAfterMs, forAll: true, forAPerson: true, away: true })
  }
  const doubtful = kind === 'read' ? 'unreachable' : 'unknown'
  if (cause instanceof RateLimitError) {
    return new OutsideError('rate-limited', `Discord asked Embargo to slow down (${task}).`, {
      retryAfterMs: Math.max(cause.retryAfter, cause.timeToReset),
      // For calls under `/guilds/`, Discord has one limit for all channels of a server. For other calls, each channel
      // has its own limit.
      forAll: cause.global || cause.route.startsWith('/guilds/'),
    })
  }
  // The library's errors contain what was sent, such as a card, so they are not kept as the cause.
  if (cause instanceof DiscordAPIError) return refused(task, cause)
  if (cause instanceof HTTPError)
    return new OutsideError(
      doubtful,
      `Discord answered ${cause.status} (${task}). If this continues, see status.discord.com.`,
      { away: true },
    )
  // After Discord has refused a token, the library forgets the token and throws this error.
  if (cause instanceof Error && cause.message.startsWith('Expected token')) return withoutToken(task)
  const code = networkCode(cause)
  if (code !== undefined && isNeverSent(code))
    return new OutsideError(
      'unreachable',
      `Discord could not be reached (${code}). Check the network and the API address.`,
      { away: true },
    )
  const answer = `No answer from Discord (${task}${code === undefined ? '' : `, ${code}`}).`
  return new OutsideError(doubtful, answer, { away: true })
}

function refused(task: string, cause: DiscordAPIError): OutsideError {
  const { code, status } = cause
  if (status === 401) return withoutToken(task)
  const advice = WHAT_TO_DO[Number(code)] ?? fieldsOf(cause)
  const loss = lossOf(code)
  const noRoom = code === CODE.channelsFull || (code === CODE.twoFactor && isOpening(cause))
  return new OutsideError('refused', `Discord refused to ${task} (${code}). ${advice}`, {
    ...(loss === undefined ? {} : { gone: loss }),
    ...(code === CODE.unknownMessage ? { messageGone: true } : {}),
    ...(FOR_A_PERSON.has(code) ? { forAPerson: true } : {}),
    ...(code === CODE.unknownGuild || noRoom ? { forAll: true, retryAfterMs: LOOK_AGAIN_MS } : {}),
    ...(code === CODE.unknownGuild ? { away: true } : {}),
    ...(noRoom ? { noRoom: true } : {}),
  })
}

/**
 * Whether the call creates a channel or category. When Discord refuses one such call, it would refuse every other such
 * call too.
 */
const isOpening = ({ method, url }: DiscordAPIError): boolean => method === 'POST' && url.endsWith('/channels')

const withoutToken = (task: string): OutsideError =>
  new OutsideError('refused', `Discord refused to ${task}. ${NEW_TOKEN}`, {
    forAPerson: true,
    forAll: true,
    away: true,
    retryAfterMs: LOOK_AGAIN_MS,
  })

/**
 * The fields of a request that Discord refused, and the rules that they break. Never contains the values of the fields.
 */
function fieldsOf({ rawError }: DiscordAPIError): string {
  const rules = 'errors' in rawError ? [...rulesIn(rawError.errors)] : []
  return rules.length === 0
    ? 'docs.discord.com/developers/topics/opcodes-and-status-codes says what it means.'
    : `It rejected ${rules.map(([field, rule]) => `${field} (${rule})`).join(', ')}.`
}

const FieldErrors = z.object({ _errors: z.array(z.object({ code: z.string() })) })

function* rulesIn(tree: unknown, path: readonly string[] = []): Generator<readonly [string, string]> {
  const broken = FieldErrors.safeParse(tree)
  if (broken.success) for (const { code } of broken.data._errors) yield [path.join('.'), code]
  if (typeof tree !== 'object' || tree === null) return
  for (const [key, below] of Object.entries(tree)) if (key !== '_errors') yield* rulesIn(below, [...path, key])
}

const lossOf = (code: number | string): 'deleted' | 'bot-removed' | undefined => {
  if (code === CODE.unknownChannel) return 'deleted'
  return code === CODE.missingAccess || code === CODE.unknownGuild ? 'bot-removed' : undefined
}

/** Discord's own error number, for decisions; undefined for other errors. */
export const discordCode = (error: unknown): number | undefined =>
  error instanceof DiscordAPIError && typeof error.code === 'number' ? error.code : undefined

/** Whether this field of the request broke a rule (`parent_id`, `CHANNEL_PARENT_MAX_CHANNELS`). */
export const refusedField = (error: unknown, field: string): boolean =>
  error instanceof DiscordAPIError &&
  'errors' in error.rawError &&
  [...rulesIn(error.rawError.errors)].some(([path]) => path === field)
