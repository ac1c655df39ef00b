export type HostPort = { readonly host: string; readonly port: number }

/** A listener for Slack's requests. */
export type HttpListener = {
  /** Basic Information → App Credentials → Signing Secret. */
  readonly signingSecret: string
  /** On the loopback address unless set otherwise: a public proxy ends TLS before it. */
  readonly listen: HostPort
  /** Milliseconds since 1970, for the age of a request. */
  readonly wallMs?: () => number
}

/** The connection between the app and Slack. */
export type SlackConfig = {
  /** `xapp-…`, with connections:write. Required for Socket Mode; HTTP does not need it. */
  readonly appToken?: string | undefined
  /** `xoxb-…` */
  readonly botToken: string
  /** For tests and proxies; Slack itself if absent. */
  readonly apiUrl?: string | undefined
  /** Prefixes every command: `/sec`, `/sec-ack`. */
  readonly prefix?: string | undefined
  /** Connections in Socket Mode, 1 to 10; two if absent. */
  readonly sockets?: number | undefined
  /** Instead of Socket Mode: Slack sends to this listener, through a proxy that ends TLS. */
  readonly http?: HttpListener | undefined
}
