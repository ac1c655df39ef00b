import type { DiscordConfig } from '@embargo/config'

/** The settings for the bot, with its token revealed. Only the bot may get them. */
export const discordBotConfig = ({ token, guild, apiUrl }: DiscordConfig) => ({
  token: token.reveal(),
  guild,
  apiUrl,
})
