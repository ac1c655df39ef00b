/** How the bot reaches Discord. */
export type DiscordConfig = {
  readonly token: string
  /** The server's id. */
  readonly guild: string
  /** For tests and proxies, without the version; Discord itself when absent. */
  readonly apiUrl?: string | undefined
}
