import type { JsonObject, Json } from '../../slack/json.ts'
import { asJson } from '../../slack/json.ts'
import { FLAGS } from '../check/messages.ts'
import type { Guild } from '../guild.ts'
import { GUILD_FEATURES } from '../guild.ts'
import { timeOf } from '../snowflake.ts'
import type { Attachment, Channel, Member, Message, RegisteredCommand, Role, User } from '../state.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

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
  flags: 0,
  pending: false,
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
  type: channel.kind === 'category' ? 4 : 0,
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

/** https://docs.discord.com/developers/resources/message#attachment-object, with a signed link that expires. */
export const presentAttachment = (guild: Guild, channel: string, file: Attachment): JsonObject => {
  const url = guild.cdn.link(channel, file)
  return {
    id: file.id,
    filename: file.filename,
    size: file.bytes.length,
    url,
    proxy_url: url,
    content_type: file.contentType,
    ...(file.description === undefined ? {} : { description: file.description }),
  }
}

// SUPPRESS_EMBEDS hides every embed, the app's own too: …/resources/message#message-object-message-flags
const presentEmbeds = (message: Message): Json =>
  (message.flags & FLAGS.suppressEmbeds) === 0 ? asJson(message.embeds.map((each) => ({ type: 'rich', ...each }))) : []

/** Gives every component the id that Discord gives it, counting from 1 in reading order. */
const numbered = (components: Json): Json => {
  let last = 0
  const walk = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((each: Json) => walk(each))
    if (typeof value !== 'object' || value === null) return value
    const isComponent = 'type' in value && typeof value['type'] === 'number'
    const own = isComponent ? { id: (last += 1) } : {}
    const walked: JsonObject = Object.fromEntries(
      Object.entries(value as JsonObject).map(([key, each]) => [key, walk(each ?? null)]),
    )
    return { ...walked, ...own }
  }
  return walk(components)
}

/**
 * https://docs.discord.com/developers/resources/message#message-object. `readable` is false where the app lacks the
 * MESSAGE_CONTENT intent: then it sees only its own messages, and those that mention it.
 */
export const presentMessage = (
  guild: Guild,
  message: Message,
  options: { readonly readable?: boolean; readonly withNonce?: boolean } = {},
): JsonObject => {
  const author = guild.userOf(message.author)
  const isOpen = options.readable !== false || message.fromApp || message.pings.users.includes(guild.bot.id)
  return {
    id: message.id,
    channel_id: message.channel,
    type: message.type,
    author: author ? presentUser(author) : null,
    content: isOpen ? message.content : '',
    embeds: isOpen ? presentEmbeds(message) : [],
    components: isOpen ? numbered(asJson(message.components)) : [],
    attachments: isOpen ? message.attachments.map((each) => presentAttachment(guild, message.channel, each)) : [],
    mentions: message.pings.users.flatMap((id) => {
      const user = guild.userOf(id)
      return user ? [presentUser(user)] : []
    }),
    mention_roles: [...message.pings.roles],
    mention_everyone: message.pings.everyone,
    timestamp: iso(timeOf(message.id)),
    edited_timestamp: message.editedAt === undefined ? null : iso(message.editedAt),
    flags: message.flags,
    pinned: message.pinned,
    tts: false,
    ...(message.fromApp && message.interaction !== undefined
      ? { application_id: guild.application.id, webhook_id: guild.application.id }
      : {}),
    ...(options.withNonce === true && message.nonce !== undefined ? { nonce: message.nonce } : {}),
    ...(message.reference === undefined
      ? {}
      : {
          message_reference: {
            type: 0,
            message_id: message.reference,
            channel_id: message.channel,
            guild_id: guild.id,
          },
        }),
    ...(message.type === 19 ? { referenced_message: presentReferenced(guild, message, options) } : {}),
  }
}

const presentReferenced = (
  guild: Guild,
  reply: Message,
  options: { readonly readable?: boolean; readonly withNonce?: boolean },
): Json => {
  const there = guild.channels.get(reply.channel)?.messages
  const found = there?.find((each) => each.id === reply.reference && !each.deleted)
  return found ? presentMessage(guild, found, { ...options, withNonce: false }) : null
}

/** …/interactions/application-commands#application-command-object */
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

/** https://docs.discord.com/developers/resources/guild#guild-object */
export const presentGuild = (guild: Guild): JsonObject => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  description: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  owner_id: guild.ownerId,
  application_id: null,
  region: 'deprecated',
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 0,
  roles: [...guild.roles.values()].map(presentRole),
  default_message_notifications: 0,
  mfa_level: 0,
  explicit_content_filter: 0,
  max_presences: null,
  max_members: 500_000,
  max_stage_video_channel_users: 50,
  max_video_channel_users: 25,
  vanity_url_code: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  preferred_locale: 'en-US',
  rules_channel_id: null,
  safety_alerts_channel_id: null,
  public_updates_channel_id: null,
  premium_progress_bar_enabled: false,
  nsfw: false,
  nsfw_level: 0,
  emojis: [],
  stickers: [],
  incidents_data: null,
  features: [...GUILD_FEATURES],
})

/** The guild as GUILD_CREATE carries it: https://docs.discord.com/developers/events/gateway-events#guild-create */
export const presentGuildCreate = (guild: Guild, members: readonly Member[]): JsonObject => ({
  ...presentGuild(guild),
  joined_at: iso(guild.memberOf(guild.bot.id)?.joinedAt ?? 0),
  large: false,
  unavailable: false,
  member_count: guild.members.size,
  members: members.map(presentMember),
  channels: [...guild.channels.values()].map((channel) => presentChannel(guild, channel)),
  threads: [],
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
})
