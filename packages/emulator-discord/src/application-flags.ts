import type { Guild } from './guild.ts'

/**
 * The flags for the switches in the developer portal, for an app in fewer than a hundred guilds:
 * https://docs.discord.com/developers/resources/application#application-object-application-flags
 */
export const applicationFlags = (guild: Guild): number =>
  (guild.privilegedIntents.has('GuildPresences') ? 1 << 13 : 0) |
  (guild.privilegedIntents.has('GuildMembers') ? 1 << 15 : 0) |
  (guild.privilegedIntents.has('MessageContent') ? 1 << 19 : 0)
