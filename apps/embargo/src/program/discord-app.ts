import type { DiscordConfig } from '@embargo/config'

/** The settings of the bot, with its token revealed: for the bot alone. */
export const discordBotConfig = ({ token, guild, apiUrl }: DiscordConfig) => ({
  token: token.reveal(),
  guild,
  apiUrl,
})
