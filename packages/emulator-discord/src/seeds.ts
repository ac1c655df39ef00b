import type { DiscordEmulatorOptions, OverwriteSeed } from './options.ts'
import type { PermissionName } from './permissions.ts'
import { bitsOf } from './permissions.ts'
import type { Snowflakes } from './snowflake.ts'
import type { Channel, Member, Overwrite, Role, User } from './state.ts'

/** The permissions of @everyone in a new guild, as far as tests need them. */
const EVERYONE: readonly PermissionName[] = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'ADD_REACTIONS',
  'USE_APPLICATION_COMMANDS',
  'CHANGE_NICKNAME',
  'CREATE_PUBLIC_THREADS',
  'CREATE_PRIVATE_THREADS',
  'SEND_MESSAGES_IN_THREADS',
]

/** The permissions with which a bot that manages channels is invited; never ADMINISTRATOR. */
const BOT: readonly PermissionName[] = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'MANAGE_CHANNELS',
  'MANAGE_ROLES',
  'PIN_MESSAGES',
  'ATTACH_FILES',
  'EMBED_LINKS',
  'READ_MESSAGE_HISTORY',
  'CREATE_PUBLIC_THREADS',
  'CREATE_PRIVATE_THREADS',
  'SEND_MESSAGES_IN_THREADS',
  'USE_APPLICATION_COMMANDS',
]

type Names = {
  readonly id: string
  readonly ownerId: string
  readonly ids: Snowflakes
  readonly bot: User
  readonly botRoleId: string
  readonly application: { readonly name: string }
  readonly isInstalled: boolean
  readonly clock: { readonly wall: () => number }
}

const role = (
  seed: { readonly id: string; readonly name: string; readonly permissions: readonly PermissionName[] },
  more: { readonly position: number; readonly mentionable?: boolean; readonly managed?: boolean },
): Role => ({
  id: seed.id,
  name: seed.name,
  permissions: bitsOf(seed.permissions),
  position: more.position,
  mentionable: more.mentionable ?? false,
  managed: more.managed ?? false,
})

/** The role that the bot gets with its invitation, in the position that the options give. */
export const botRole = (options: Pick<DiscordEmulatorOptions, 'bot' | 'roles'>, guild: Names): Role =>
  role(
    { id: guild.botRoleId, name: guild.application.name, permissions: options.bot?.permissions ?? BOT },
    { position: options.bot?.isLow === true ? 1 : (options.roles?.length ?? 0) + 1, managed: true },
  )

/** @everyone, the roles of the options, and the bot's own. */
export const seedRoles = (options: DiscordEmulatorOptions, guild: Names): Map<string, Role> => {
  const everyone = { id: guild.id, name: '@everyone', permissions: options.guild?.everyone ?? EVERYONE }
  const lift = options.bot?.isLow === true ? 2 : 1
  const seeded = (options.roles ?? []).map((seed, index) =>
    role(
      { id: seed.id, name: seed.name, permissions: seed.permissions ?? [] },
      { position: index + lift, mentionable: seed.mentionable ?? false, managed: seed.managed ?? false },
    ),
  )
  const all = [role(everyone, { position: 0 }), ...seeded, ...(guild.isInstalled ? [botRole(options, guild)] : [])]
  return new Map(all.map((each) => [each.id, each]))
}

/** The bot as a member that joins the guild now. */
export const botMemberOf = (guild: Names): Member => ({
  user: guild.bot,
  roles: new Set([guild.botRoleId]),
  joinedAt: guild.clock.wall(),
  nick: undefined,
})

/** The people of the options, an owner if the options name none, and the bot. */
export const seedMembers = (options: DiscordEmulatorOptions, guild: Names): Map<string, Member> => {
  const owner = options.members.some((each) => each.id === guild.ownerId)
    ? []
    : [{ id: guild.ownerId, username: 'owner' }]
  const people = [...owner, ...options.members].map((seed): Member => ({
    user: {
      id: seed.id,
      username: seed.username,
      globalName: 'globalName' in seed ? seed.globalName : undefined,
      isBot: 'isBot' in seed && seed.isBot === true,
    },
    roles: new Set('roles' in seed ? seed.roles : []),
    joinedAt: guild.clock.wall(),
    nick: undefined,
  }))
  const all = guild.isInstalled ? [...people, botMemberOf(guild)] : people
  return new Map(all.map((each) => [each.user.id, each]))
}

/** Makes a permission overwrite from the names of permissions. */
export const overwriteOf = (seed: OverwriteSeed): Overwrite => ({
  id: seed.id,
  type: seed.type === 'role' ? 0 : 1,
  allow: bitsOf(seed.allow ?? []),
  deny: bitsOf(seed.deny ?? []),
})

/** #general and the channels of the options. */
export const seedChannels = (options: DiscordEmulatorOptions, guild: Names): Map<string, Channel> => {
  const channels = [{ name: 'general' }, ...(options.channels ?? [])].map((seed, position): Channel => ({
    id: ('id' in seed ? seed.id : undefined) ?? guild.ids.next(),
    kind: ('kind' in seed ? seed.kind : undefined) ?? 'text',
    name: seed.name,
    topic: 'topic' in seed ? seed.topic : undefined,
    parentId: 'parent' in seed ? seed.parent : undefined,
    position,
    overwrites: 'overwrites' in seed ? (seed.overwrites ?? []).map(overwriteOf) : [],
    messages: [],
  }))
  return new Map(channels.map((channel) => [channel.id, channel]))
}
