import type { Bucket } from '../rate-limits.ts'
import * as application from './application.ts'
import type { Handler } from './call.ts'
import * as callbacks from './callbacks.ts'
import * as channels from './channels.ts'
import * as commands from './commands.ts'
import * as guilds from './guilds.ts'
import * as messages from './messages.ts'
import * as overwrites from './overwrites.ts'
import * as pins from './pins.ts'
import * as threads from './threads.ts'
import * as webhooks from './webhooks.ts'

/** One operation of the HTTP API, as far as the emulator supports it. */
export type Operation = {
  /** The id of the operation in Discord's API description. */
  readonly id: string
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** `none` for interaction answers and follow-ups, which have their token in the path. */
  readonly auth: 'bot' | 'none'
  readonly bucket: Bucket
  readonly play: Handler
}

// Makes a bucket. Discord does not publish the sizes of its buckets, but sends them in headers. The sizes in this file
// are the common ones. In one channel, five messages can be posted in five seconds, five edited in five seconds, and
// five deleted in one second.
const bucket = (name: string, max: number, windowMs: number): Bucket => ({ name, max, windowMs })
const READ = bucket('read', 50, 1000)
const HISTORY = bucket('history', 5, 1000)
const SEND = bucket('send', 5, 5000)
const EDIT = bucket('edit', 5, 5000)
const DELETE = bucket('delete', 5, 1000)
const PIN = bucket('pin', 5, 4000)
const CHANNEL = bucket('channel', 10, 10_000)
const OVERWRITE = bucket('overwrite', 10, 10_000)
const MEMBER = bucket('member', 10, 10_000)
const COMMANDS = bucket('commands', 5, 20_000)
const ANSWER = bucket('answer', 5, 1000)
const FOLLOW_UP = bucket('follow-up', 5, 2000)

type Row = readonly [id: string, route: string, bucket: Bucket, play: Handler]

const GUILD_COMMANDS = '/applications/{application_id}/guilds/{guild_id}/commands'
const MESSAGES = '/channels/{channel_id}/messages'
const WEBHOOK = '/webhooks/{webhook_id}/{webhook_token}'

const WITH_TOKEN: readonly Row[] = [
  ['get_bot_gateway', 'GET /gateway/bot', READ, application.gatewayBot],
  ['get_my_user', 'GET /users/@me', READ, application.me],
  ['list_my_guilds', 'GET /users/@me/guilds', READ, guilds.listMine],
  ['get_user', 'GET /users/{user_id}', READ, guilds.getUser],
  ['get_my_application', 'GET /applications/@me', READ, application.getApplication],
  ['list_guild_application_commands', `GET ${GUILD_COMMANDS}`, READ, commands.list],
  ['bulk_set_guild_application_commands', `PUT ${GUILD_COMMANDS}`, COMMANDS, commands.bulkSet],
  ['create_guild_application_command', `POST ${GUILD_COMMANDS}`, COMMANDS, commands.create],
  ['get_guild_application_command', `GET ${GUILD_COMMANDS}/{command_id}`, READ, commands.get],
  ['delete_guild_application_command', `DELETE ${GUILD_COMMANDS}/{command_id}`, COMMANDS, commands.remove],
  ['get_guild', 'GET /guilds/{guild_id}', READ, guilds.get],
  ['list_guild_channels', 'GET /guilds/{guild_id}/channels', READ, channels.list],
  ['create_guild_channel', 'POST /guilds/{guild_id}/channels', CHANNEL, channels.create],
  ['list_guild_roles', 'GET /guilds/{guild_id}/roles', READ, guilds.listRoles],
  ['get_guild_role', 'GET /guilds/{guild_id}/roles/{role_id}', READ, guilds.getRole],
  ['list_guild_members', 'GET /guilds/{guild_id}/members', MEMBER, guilds.listMembers],
  ['search_guild_members', 'GET /guilds/{guild_id}/members/search', MEMBER, guilds.searchMembers],
  ['get_guild_member', 'GET /guilds/{guild_id}/members/{user_id}', READ, guilds.getMember],
  ['add_guild_member_role', 'PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id}', MEMBER, guilds.addRole],
  [
    'delete_guild_member_role',
    'DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id}',
    MEMBER,
    guilds.removeRole,
  ],
  ['get_channel', 'GET /channels/{channel_id}', READ, channels.get],
  ['update_channel', 'PATCH /channels/{channel_id}', CHANNEL, channels.update],
  ['delete_channel', 'DELETE /channels/{channel_id}', CHANNEL, channels.remove],
  [
    'set_channel_permission_overwrite',
    'PUT /channels/{channel_id}/permissions/{overwrite_id}',
    OVERWRITE,
    overwrites.set,
  ],
  [
    'delete_channel_permission_overwrite',
    'DELETE /channels/{channel_id}/permissions/{overwrite_id}',
    OVERWRITE,
    overwrites.remove,
  ],
  ['trigger_typing_indicator', 'POST /channels/{channel_id}/typing', SEND, messages.typing],
  ['list_pins', `GET ${MESSAGES}/pins`, READ, pins.list],
  ['create_pin', `PUT ${MESSAGES}/pins/{message_id}`, PIN, pins.create],
  ['delete_pin', `DELETE ${MESSAGES}/pins/{message_id}`, PIN, pins.remove],
  ['deprecated_list_pins', 'GET /channels/{channel_id}/pins', READ, pins.listDeprecated],
  ['deprecated_create_pin', 'PUT /channels/{channel_id}/pins/{message_id}', PIN, pins.create],
  ['deprecated_delete_pin', 'DELETE /channels/{channel_id}/pins/{message_id}', PIN, pins.remove],
  ['list_messages', `GET ${MESSAGES}`, HISTORY, messages.list],
  ['create_message', `POST ${MESSAGES}`, SEND, messages.create],
  ['create_thread', 'POST /channels/{channel_id}/threads', CHANNEL, threads.create],
  ['create_thread_from_message', `POST ${MESSAGES}/{message_id}/threads`, CHANNEL, threads.createFromMessage],
  ['get_active_guild_threads', 'GET /guilds/{guild_id}/threads/active', READ, threads.listActive],
  ['get_message', `GET ${MESSAGES}/{message_id}`, HISTORY, messages.get],
  ['update_message', `PATCH ${MESSAGES}/{message_id}`, EDIT, messages.update],
  ['delete_message', `DELETE ${MESSAGES}/{message_id}`, DELETE, messages.remove],
]

const WITHOUT_TOKEN: readonly Row[] = [
  ['get_gateway', 'GET /gateway', READ, application.gateway],
  [
    'create_interaction_response',
    'POST /interactions/{interaction_id}/{interaction_token}/callback',
    ANSWER,
    callbacks.create,
  ],
  ['execute_webhook', `POST ${WEBHOOK}`, FOLLOW_UP, webhooks.execute],
  ['get_original_webhook_message', `GET ${WEBHOOK}/messages/@original`, FOLLOW_UP, webhooks.get],
  ['update_original_webhook_message', `PATCH ${WEBHOOK}/messages/@original`, FOLLOW_UP, webhooks.update],
  ['delete_original_webhook_message', `DELETE ${WEBHOOK}/messages/@original`, FOLLOW_UP, webhooks.remove],
  ['get_webhook_message', `GET ${WEBHOOK}/messages/{message_id}`, FOLLOW_UP, webhooks.get],
  ['update_webhook_message', `PATCH ${WEBHOOK}/messages/{message_id}`, FOLLOW_UP, webhooks.update],
  ['delete_webhook_message', `DELETE ${WEBHOOK}/messages/{message_id}`, FOLLOW_UP, webhooks.remove],
]

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const operation = ([id, route, limits, play]: Row, auth: Operation['auth']): Operation => {
  const [verb, path = ''] = route.split(' ')
  return { id, verb: VERBS.find((each) => each === verb) ?? 'GET', path, auth, bucket: limits, play }
}

/**
 * Every operation that the emulator supports, with the ids and paths of Discord's API description. A test compares this
 * table with the description. https://docs.discord.com/developers/reference
 */
export const OPERATIONS: readonly Operation[] = [
  ...WITH_TOKEN.map((row) => operation(row, 'bot')),
  ...WITHOUT_TOKEN.map((row) => operation(row, 'none')),
]

/** The first parts of all paths of Discord, supported by the emulator or not. */
export const ROOTS: readonly string[] = [
  'applications',
  'channels',
  'gateway',
  'guilds',
  'interactions',
  'invites',
  'lobbies',
  'oauth2',
  'partner-sdk',
  'skus',
  'soundboard-default-sounds',
  'stage-instances',
  'sticker-packs',
  'stickers',
  'users',
  'voice',
  'webhooks',
]

/** Whether the path begins like a path of Discord. The emulator may not support it. */
export const isOfDiscord = (path: string): boolean => ROOTS.includes(path.split('/')[1] ?? '')

/**
 * The bucket of each operation, by the id of the operation: how many calls the bucket allows in how many milliseconds.
 * The numbers do not take the option `speed` into account.
 */
export const BUCKETS: Readonly<Record<string, Pick<Bucket, 'max' | 'windowMs'>>> = Object.fromEntries(
  OPERATIONS.map(({ id, bucket: { max, windowMs } }) => [id, { max, windowMs }]),
)

/** An operation, with the parameters in its path. */
export type RouteMatch = { readonly operation: Operation; readonly params: Readonly<Record<string, string>> }

const PARTS = OPERATIONS.map((operation) => ({
  operation,
  parts: operation.path.split('/').map((part) => ({ literal: part, name: /^\{(.+)\}$/.exec(part)?.[1] })),
}))

const matchPath = (
  parts: (typeof PARTS)[number]['parts'],
  given: readonly string[],
): Record<string, string> | undefined => {
  if (parts.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, { literal, name }] of parts.entries()) {
    // Libraries write `%40original` for `@original`.
    const value = decodeURIComponent(given[index] ?? '')
    if (name === undefined && literal !== value) return undefined
    if (name !== undefined) params[name] = value
  }
  return params
}

/**
 * The operations at a path, for every HTTP method: those with more literal parts first, then in the order of the table.
 */
export const matching = (path: string): readonly RouteMatch[] => {
  const given = path.split('/')
  return PARTS.flatMap(({ operation: found, parts }) => {
    const params = matchPath(parts, given)
    return params ? [{ operation: found, params }] : []
  })
}
