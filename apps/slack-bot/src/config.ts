export type HostPort = { readonly host: string; readonly port: number }

/** The listener on which Slack's requests arrive. */
export type HttpListener = {
  /** In Slack: Basic Information → App Credentials → Signing Secret. */
  readonly signingSecret: string
  /**
   * Where the bot listens. The default is a loopback address, because Slack reaches the bot through a public proxy,
   * which terminates TLS.
   */
  readonly listen: HostPort
  /** The wall clock in milliseconds since 1970, to compute the age of a request. */
  readonly wallMs?: () => number
}

/** The connection between the app and Slack. */
export type SlackConfig = {
  /** `xapp-…`, with the scope `connections:write`. Required for Socket Mode only. */
  readonly appToken?: string | undefined
  /** The bot token, `xoxb-…`. */
  readonly botToken: string
  /** The address of the Slack API, for tests and proxies; Slack itself if absent. */
  readonly apiUrl?: string | undefined
  /** The prefix of every command: `sec` makes `/sec` and `/sec-ack`. */
  readonly prefix?: string | undefined
  /** The number of connections in Socket Mode, 1 to 10; two if absent. */
  readonly sockets?: number | undefined
  /** Replaces Socket Mode: Slack sends requests to this listener, through a proxy that terminates TLS. */
  readonly http?: HttpListener | undefined
}
