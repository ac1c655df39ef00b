import type { JsonObject } from '@embargo/emulator-kit'
import type { Guild } from '../guild.ts'
import type { Member } from '../state.ts'
import { iso, presentChannel, presentMember, presentRole, presentThread } from './present.ts'

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
  mfa_level: guild.requiresTwoFactor ? 1 : 0,
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
  features: [],
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
  threads: [...guild.threads.values()]
    .filter((thread) => guild.permissionsOf(guild.bot.id, thread) !== 0n)
    .map((thread) => presentThread(guild, thread)),
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
})
