import type { HttpReceiverOptions } from './connection/http-receiver.ts'

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
  readonly http?: Pick<HttpReceiverOptions, 'signingSecret' | 'listen' | 'wallMs'> | undefined
}
