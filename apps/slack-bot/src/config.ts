export type HostPort = { readonly host: string; readonly port: number }

/** A listener that Slack sends to. */
export type HttpListener = {
  /** Basic Information → App Credentials → Signing Secret. */
  readonly signingSecret: string
  /** On the loopback address unless it says otherwise: what is public ends TLS before it. */
  readonly listen: HostPort
  /** Milliseconds since 1970, for the age of a request. */
  readonly wallMs?: () => number
}

/** How the app reaches Slack and Slack the app. */
export type SlackConfig = {
  /** `xapp-…`, with connections:write. Socket Mode cannot be without it; HTTP does not need it. */
  readonly appToken?: string | undefined
  /** `xoxb-…` */
  readonly botToken: string
  /** For tests and proxies; Slack itself when absent. */
  readonly apiUrl?: string | undefined
  /** Renames every command: `/sec`, `/sec-ack`. */
  readonly prefix?: string | undefined
  /** Connections in Socket Mode, 1 to 10; two without it. */
  readonly sockets?: number | undefined
  /** Instead of Socket Mode: Slack sends to this listener, through whatever ends TLS before it. */
  readonly http?: HttpListener | undefined
}
