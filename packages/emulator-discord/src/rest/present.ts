import type { JsonObject } from '@embargo/emulator-kit'
import { asJson } from '@embargo/emulator-kit'
import type { Guild } from '../guild.ts'
import type { Channel, Member, RegisteredCommand, Role, User } from '../state.ts'

/** A time as Discord writes it. */
export const iso = (ms: number): string => new Date(ms).toISOString()

/** https://docs.discord.com/developers/resources/user#user-object */
export const presentUser = (user: User): JsonObject => ({
  id: user.id,
  username: user.username,
  discriminator: user.isBot ? '4242' : '0',
  global_name: user.globalName ?? null,
  avatar: null,
  banner: null,
  accent_color: null,
  bot: user.isBot,
  system: false,
  public_flags: 0,
  flags: 0,
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
})

/** https://docs.discord.com/developers/resources/guild#guild-member-object */
export const presentMember = (member: Member): JsonObject => ({
  user: presentUser(member.user),
  nick: member.nick ?? null,
  avatar: null,
  banner: null,
  roles: [...member.roles],
  joined_at: iso(member.joinedAt),
  premium_since: null,
  deaf: false,
  mute: false,
  flags: member.isGuest === true ? 1 << 4 : 0,
  pending: member.isPending === true,
  communication_disabled_until: null,
  avatar_decoration_data: null,
  collectibles: null,
})

/** https://docs.discord.com/developers/topics/permissions#role-object */
export const presentRole = (role: Role): JsonObject => ({
  id: role.id,
  name: role.name,
  description: null,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  icon: null,
  unicode_emoji: null,
  position: role.position,
  permissions: String(role.permissions),
  managed: role.managed,
  mentionable: role.mentionable,
  flags: 0,
})

/** https://docs.discord.com/developers/resources/channel#channel-object */
export const presentChannel = (guild: Guild, channel: Channel): JsonObject => ({
  id: channel.id,
  type: channel.kind === 'category' ? 4 : channel.isAnnouncement === true ? 5 : 0,
  guild_id: guild.id,
  name: channel.name,
  position: channel.position,
  permission_overwrites: channel.overwrites.map((each) => ({
    id: each.id,
    type: each.type,
    allow: String(each.allow),
    deny: String(each.deny),
  })),
  parent_id: channel.parentId ?? null,
  nsfw: false,
  flags: 0,
  ...(channel.kind === 'text' && {
    topic: channel.topic ?? null,
    rate_limit_per_user: 0,
    last_message_id: channel.messages.at(-1)?.id ?? null,
  }),
})

/** https://docs.discord.com/developers/resources/channel#channel-object, with the fields that only threads have. */
export const presentThread = (guild: Guild, { thread, ...channel }: Channel): JsonObject => {
  const created = iso(thread?.createdAt ?? 0)
  return {
    id: channel.id,
    type: thread?.isPrivate === true ? 12 : 11,
    guild_id: guild.id,
    parent_id: channel.parentId ?? null,
    owner_id: thread?.ownerId ?? '0',
    name: channel.name,
    flags: 0,
    rate_limit_per_user: 0,
    last_message_id: channel.messages.at(-1)?.id ?? null,
    message_count: channel.messages.filter((each) => !each.deleted).length,
    total_message_sent: channel.messages.length,
    member_count: thread?.members.size ?? 0,
    thread_metadata: {
      archived: false,
      archive_timestamp: created,
      auto_archive_duration: 4320,
      locked: false,
      create_timestamp: created,
      ...(thread?.isPrivate === true ? { invitable: true } : {}),
    },
  }
}

/** A channel, category or thread in the format of the API. */
export const presentPlace = (guild: Guild, place: Channel): JsonObject =>
  place.kind === 'thread' ? presentThread(guild, place) : presentChannel(guild, place)

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object */
export const presentCommand = (guild: Guild, { id, version, command }: RegisteredCommand): JsonObject => ({
  id,
  application_id: guild.application.id,
  guild_id: guild.id,
  version,
  type: command.type,
  name: command.name,
  name_localizations: null,
  description: command.description ?? '',
  description_localizations: null,
  options: asJson(command.options ?? []),
  default_member_permissions: command.default_member_permissions?.toString() ?? null,
  dm_permission: command.dm_permission ?? true,
  contexts: asJson(command.contexts ?? null),
  integration_types: asJson(command.integration_types ?? [0]),
  nsfw: command.nsfw ?? false,
})
