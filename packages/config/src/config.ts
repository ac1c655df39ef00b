import type { Capability, PolicyInForce } from '@embargo/core'
import type { Secret } from './secrets/secret.ts'

export type HostPort = { readonly host: string; readonly port: number }

export type DatabaseConfig =
  | { readonly is: 'sqlite'; readonly file: string }
  /** The whole URL is secret: it may carry a password. */
  | { readonly is: 'postgresql'; readonly url: Secret }

export type RelayConfig = HostPort & {
  /** From the first byte (`smtps:`), by a STARTTLS that must succeed (`smtp:`), or none (`smtp+plain:`, and loopback). */
  readonly tls: 'implicit' | 'starttls' | 'plain'
  readonly login?: { readonly user: string; readonly password: Secret }
}

/** PEM files of the listener's certificate (with its chain) and of its key. */
export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }

/** Instead of Socket Mode: Slack sends what happens to a listener of this process. */
export type SlackHttpConfig = { readonly signingSecret: Secret; readonly listen: HostPort }

export type SlackConfig = {
  /** For Socket Mode alone. */
  readonly appToken?: Secret
  readonly botToken: Secret
  /** Ends in a slash. Slack's own, unless a test says otherwise. */
  readonly apiUrl: string
  /** Renames all commands (`sec` makes `/sec` and `/sec-ack`), where another app already has the bare names. Empty: none. */
  readonly prefix: string
  /** Connections in Socket Mode, 1 to 10. */
  readonly sockets?: number
  readonly http?: SlackHttpConfig
}

export type DiscordConfig = {
  readonly token: Secret
  /** The one server whose channels it opens. */
  readonly guild: string
  /** Without a slash at its end. Discord's own, unless a test says otherwise. */
  readonly apiUrl: string
}

export type MasterKeyConfig =
  | { readonly is: 'given'; readonly key: Secret<Uint8Array> }
  | { readonly is: 'file'; readonly path: string }

/** One deployment, read once at the start. All paths are absolute. */
export type Config = {
  readonly dataFolder: string
  readonly database: DatabaseConfig
  readonly masterKey: MasterKeyConfig
  readonly smtp: {
    readonly listen: HostPort
    /** Absent: incoming mail is not encrypted on its way. */
    readonly certificate?: CertificateFiles
    /** Absent: outgoing mails wait, `embargo mail` shows them, and they leave when there is one. */
    readonly relay?: RelayConfig
  }
  readonly slack?: SlackConfig
  readonly discord?: DiscordConfig
  /** What this process takes on (EMBARGO_ROLE); all of it by default. */
  readonly capabilities: ReadonlySet<Capability>
  readonly policy: PolicyInForce
  /** Absent: nobody wrote a policy, the profile `solo` stands. */
  readonly policyFile?: string
  /** Things that work but are probably not meant, one sentence each. */
  readonly notices: readonly string[]
}
