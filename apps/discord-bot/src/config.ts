/** How the bot reaches Discord. */
export type DiscordConfig = {
  readonly token: string
  /** The server's id. */
  readonly guild: string
  /** The address of the Discord API without the version, for tests and proxies; Discord itself if absent. */
  readonly apiUrl?: string | undefined
}
