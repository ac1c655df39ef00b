import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@embargo/emulator-kit'
import type { DiscordEmulator } from '../emulator.ts'
import type { PermissionName } from '../permissions.ts'
import { ANA, APP, GUILD, SECURITY, api, at, openChannel, refusal, startTestDiscord } from '../testing.ts'
import type { Operation } from './table.ts'
import { OPERATIONS } from './table.ts'

const DOCS = 'https://docs.discord.com/developers'
const NOBODY = '4711'

let discord: DiscordEmulator
let channel: string
let hidden: string
let message: string
let theirs: string
beforeAll(async () => {
  discord = await startTestDiscord()
  channel = await openChannel(discord)
  discord.admin.setOverwrite(channel, { id: ANA, type: 'member', allow: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
  message = String(at(await api(discord, `POST /channels/${channel}/messages`, { content: 'x' }), 'id'))
  theirs = discord.person(ANA).say(channel, 'hers').id
  hidden = discord.admin.createChannel({
    name: 'hidden',
    overwrites: [{ id: APP, type: 'member', deny: ['VIEW_CHANNEL'] }],
  }).id
})
afterAll(() => discord.close())

/** Valid bodies, so a refusal cannot be due to the body. */
const BODIES: Readonly<Record<string, Json>> = {
  create_message: { content: 'x' },
  update_message: { content: 'y' },
  update_channel: { name: 'other' },
  create_guild_channel: { name: 'x' },
  set_channel_permission_overwrite: { type: 0, allow: '1024' },
  bulk_set_guild_application_commands: [],
  create_guild_application_command: { name: 'ack', description: 'x' },
  create_interaction_response: { type: 5 },
  execute_webhook: { content: 'x' },
  update_original_webhook_message: { content: 'x' },
  update_webhook_message: { content: 'x' },
}

const call = (operation: Operation, changes: Readonly<Record<string, string>> = {}, token?: { token: string }) => {
  const params: Readonly<Record<string, string>> = {
    channel_id: channel,
    guild_id: GUILD,
    application_id: APP,
    message_id: message,
    user_id: ANA,
    role_id: SECURITY,
    overwrite_id: SECURITY,
    command_id: NOBODY,
    interaction_id: NOBODY,
    interaction_token: 'unknown',
    webhook_id: APP,
    webhook_token: 'unknown',
    ...changes,
  }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
  return api(discord, `${operation.verb} ${path}`, BODIES[operation.id], token ?? {})
}

const those = (fits: (operation: Operation) => boolean): readonly (readonly [string, Operation])[] =>
  OPERATIONS.filter(fits).map((each) => [each.id, each])
const names =
  (...parts: readonly string[]) =>
  ({ path }: Operation): boolean =>
    parts.every((part) => path.includes(`{${part}}`))

// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
describe('refused', () => {
  it.each(those(({ auth }) => auth === 'bot'))('%s: with another token', async (_, operation) => {
    expect(refusal(await call(operation, {}, { token: 'wrong' }))).toEqual([401, 0])
  })

  it.each(those(names('channel_id')))(
    '%s: a channel that is unknown, or that the bot cannot see',
    async (_, operation) => {
      expect(refusal(await call(operation, { channel_id: NOBODY }))).toEqual([404, 10003])
      expect(refusal(await call(operation, { channel_id: hidden }))).toEqual([403, 50001])
    },
  )

  it.each(those(names('channel_id', 'message_id')))('%s: a message that is unknown', async (_, operation) => {
    expect(refusal(await call(operation, { message_id: NOBODY }))).toEqual([404, 10008])
  })

  it.each(those(({ path }) => path.startsWith('/guilds/')))('%s: a guild that is unknown', async (_, operation) => {
    expect(refusal(await call(operation, { guild_id: NOBODY }))).toEqual([404, 10004])
  })

  it.each(those(names('application_id')))(
    '%s: another application, and a guild that it is not in',
    async (_, operation) => {
      expect(refusal(await call(operation, { application_id: NOBODY }))).toEqual([404, 10002])
      expect(refusal(await call(operation, { guild_id: NOBODY }))).toEqual([403, 50001])
    },
  )

  it.each<[string, string, number]>([
    ['get_guild_role', 'role_id', 10011],
    ['get_guild_member', 'user_id', 10007],
    ['add_guild_member_role', 'role_id', 10011],
    ['add_guild_member_role', 'user_id', 10007],
    ['delete_guild_member_role', 'user_id', 10007],
    ['get_user', 'user_id', 10013],
    ['set_channel_permission_overwrite', 'overwrite_id', 10009],
    ['delete_channel_permission_overwrite', 'overwrite_id', 10009],
    ['get_guild_application_command', 'command_id', 10063],
    ['delete_guild_application_command', 'command_id', 10063],
    ['create_interaction_response', 'interaction_token', 10062],
    ['execute_webhook', 'webhook_token', 10015],
    ['get_original_webhook_message', 'webhook_token', 10015],
    ['update_original_webhook_message', 'webhook_token', 10015],
    ['delete_original_webhook_message', 'webhook_token', 10015],
    ['get_webhook_message', 'webhook_token', 10015],
    ['update_webhook_message', 'webhook_token', 10015],
    ['delete_webhook_message', 'webhook_token', 10015],
  ])('%s: an unknown %s', async (id, name, code) => {
    expect(refusal(await call(operationOf(id), { [name]: NOBODY }))).toEqual([404, code])
  })
})

/** The permission that each operation needs, according to its page of the reference. */
const NEEDED: readonly (readonly [id: string, permission: PermissionName, page: string])[] = [
  ['create_message', 'SEND_MESSAGES', 'resources/message#create-message'],
  ['trigger_typing_indicator', 'SEND_MESSAGES', 'resources/channel#trigger-typing-indicator'],
  ['get_message', 'READ_MESSAGE_HISTORY', 'resources/message#get-channel-message'],
  ['create_pin', 'PIN_MESSAGES', 'resources/message#pin-message'],
  ['delete_pin', 'PIN_MESSAGES', 'resources/message#unpin-message'],
  ['deprecated_create_pin', 'PIN_MESSAGES', 'resources/message#pin-message-deprecated'],
  ['deprecated_delete_pin', 'PIN_MESSAGES', 'resources/message#unpin-message-deprecated'],
  ['update_channel', 'MANAGE_CHANNELS', 'resources/channel#modify-channel'],
  ['delete_channel', 'MANAGE_CHANNELS', 'resources/channel#deleteclose-channel'],
  ['create_guild_channel', 'MANAGE_CHANNELS', 'resources/guild#create-guild-channel'],
  ['set_channel_permission_overwrite', 'MANAGE_ROLES', 'resources/channel#edit-channel-permissions'],
  ['delete_channel_permission_overwrite', 'MANAGE_ROLES', 'resources/channel#delete-channel-permission'],
  ['add_guild_member_role', 'MANAGE_ROLES', 'resources/guild#add-guild-member-role'],
  ['delete_guild_member_role', 'MANAGE_ROLES', 'resources/guild#remove-guild-member-role'],
]

describe('a permission is needed', () => {
  it.each(NEEDED.map(([id, permission, page]) => [id, permission, `${DOCS}/${page}`] as const))(
    '%s: %s (%s)',
    async (id, permission) => {
      discord.admin.setOverwrite(channel, { id: APP, type: 'member', allow: ['VIEW_CHANNEL'], deny: [permission] })
      discord.admin.botPermissions(['VIEW_CHANNEL'])
      expect(refusal(await call(operationOf(id)))).toEqual([403, 50013])
    },
  )

  it('delete_message: MANAGE_MESSAGES for another author’s message', async () => {
    expect(refusal(await call(operationOf('delete_message'), { message_id: theirs }))).toEqual([403, 50013])
  })
})

// The permissions that are marked with a star in
// https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags
describe('two-factor authentication of the account that owns the application', () => {
  const MODERATES = ['MANAGE_CHANNELS', 'MANAGE_ROLES']
  let strict: DiscordEmulator
  let place: string
  beforeAll(async () => {
    strict = await startTestDiscord({
      guild: { id: GUILD, requiresTwoFactor: true },
      application: { id: APP, ownerHasTwoFactor: false },
    })
    place = strict.admin.createChannel({ name: 'place' }).id
  })
  afterAll(() => strict.close())
  const edit = () => api(strict, `PATCH /channels/${place}`, { position: 3 })

  it.each(NEEDED.filter(([, permission]) => MODERATES.includes(permission)).map(([id, , page]) => [id, page] as const))(
    'is needed for %s if the guild requires it of moderators (%s)',
    async (id) => {
      const operation = operationOf(id)
      const path = operation.path
        .replace('{channel_id}', place)
        .replace('{guild_id}', GUILD)
        .replace('{user_id}', ANA)
        .replace(/\{(role|overwrite)_id\}/, SECURITY)
      expect(refusal(await api(strict, `${operation.verb} ${path}`, BODIES[id]))).toEqual([403, 60003])
    },
  )

  it('is needed for no other operation, and in no other guild', async () => {
    expect((await api(strict, `POST /channels/${place}/messages`, { content: 'x' })).status).toBe(200)
    strict.admin.requireTwoFactor(false)
    expect((await edit()).status).toBe(200)
    strict.admin.requireTwoFactor()
    expect(refusal(await edit())).toEqual([403, 60003])
    strict.admin.ownerTwoFactor(true)
    expect((await edit()).status).toBe(200)
  })
})

const operationOf = (id: string): Operation => {
  const found = OPERATIONS.find((each) => each.id === id)
  if (!found) throw new Error(`The emulator does not support ${id}.`)
  return found
}
