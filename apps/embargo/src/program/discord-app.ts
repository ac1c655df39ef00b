import type { DiscordConfig } from '@embargo/config'

/** The settings of the bot, with its token in plain sight: for the bot alone. */
export const discordBotConfig = ({ token, guild, apiUrl }: DiscordConfig) => ({
  token: token.reveal(),
  guild,
  apiUrl,
})
