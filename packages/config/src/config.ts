import type { Capability, Instant, PolicyInForce } from '@embargo/core'
import type { Secret } from './secrets/secret.ts'

export type HostPort = { readonly host: string; readonly port: number }

/** A Unix socket, by the path of its file. */
export type SocketPath = { readonly path: string }

export type DatabaseConfig =
  | { readonly is: 'sqlite'; readonly file: string }
  /** The whole URL is secret: it may contain a password. */
  | { readonly is: 'postgresql'; readonly url: Secret }

export type RelayConfig = HostPort & {
  /**
   * `implicit`: TLS from the first byte (`smtps:`). `starttls`: a STARTTLS that must succeed (`smtp:`). `plain`: no TLS
   * (`smtp+plain:`, or a server on this machine).
   */
  readonly tls: 'implicit' | 'starttls' | 'plain'
  readonly login?: { readonly user: string } & MailLogin
  /** The maximum number of simultaneous connections to the relay. */
  readonly connections?: number
  /** The maximum number of mails sent to the relay per hour. */
  readonly mailsPerHour?: number
  /**
   * The size in bytes of the largest mail that the relay accepts. Needed only if the relay announces no limit, or one
   * that is too high.
   */
  readonly mailBytes?: number
}

/** How we log in to a mail server. The grant is read from `file`, and a new refresh token is written to it. */
export type MailLogin =
  | { readonly is: 'password'; readonly password: Secret }
  | { readonly is: 'oauth'; readonly grant: Secret<OAuthGrant>; readonly file: string }

/** How an OAuth 2 access token is requested (RFC 6749, RFC 7523). */
export type OAuthGrant = { readonly endpoint: string; readonly scope?: string } & (
  | {
      readonly grant: 'refresh_token'
      readonly client: string
      readonly clientSecret?: string
      readonly refreshToken: string
    }
  | { readonly grant: 'client_credentials'; readonly client: string; readonly clientSecret: string }
  | {
      readonly grant: 'jwt_bearer'
      readonly issuer: string
      readonly subject?: string
      readonly audience?: string
      readonly privateKey: string
      readonly keyId?: string
    }
)

/** A mailbox that is read by IMAP. */
export type MailboxConfig = HostPort & {
  readonly tls: RelayConfig['tls']
  readonly user: string
  readonly login: MailLogin
  /** The ids of the projects whose mail arrives in this mailbox. */
  readonly projects: readonly string[]
  /**
   * The first connection reads the mails received since this time. If absent, only mails that arrive after that
   * connection are read.
   */
  readonly since?: Instant
  /** Set if the Return-Path field can be trusted, because the mailbox's own server writes this field into each mail. */
  readonly returnPath?: 'trust'
}

/** PEM files of the listener's certificate (with its chain) and of its key. */
export type CertificateFiles = { readonly certFile: string; readonly keyFile: string }

/** Settings for HTTP in place of Socket Mode: Slack sends its requests to a listener of this process. */
export type SlackHttpConfig = { readonly signingSecret: Secret; readonly listen: HostPort }

export type SlackConfig = {
  /** The app-level token. Needed only for Socket Mode. */
  readonly appToken?: Secret
  readonly botToken: Secret
  /** The address of Slack's Web API, with a slash at its end. Only tests set another address than Slack's own. */
  readonly apiUrl: string
  /**
   * A prefix for all commands: `sec` makes `/sec` and `/sec-ack`. It is needed if another app of the workspace uses the
   * plain names; otherwise it is empty.
   */
  readonly prefix: string
  /** The number of connections in Socket Mode, from 1 to 10. */
  readonly sockets?: number
  readonly http?: SlackHttpConfig
}

export type DiscordConfig = {
  readonly token: Secret
  /** The server in which the bot opens channels. */
  readonly guild: string
  /** The address of Discord's API, without a slash at its end. Only tests set another address than Discord's own. */
  readonly apiUrl: string
}

/** How the program logs in to GitHub. */
export type GitHubConfig = {
  /** The address of the API, without a slash at its end. The default is GitHub's own address. */
  readonly apiUrl: string
  readonly login:
    | { readonly is: 'token'; readonly token: Secret }
    | { readonly is: 'app'; readonly appId: string; readonly privateKey: Secret }
  /** The listener to which GitHub delivers private reports. If absent, Embargo only polls for them. */
  readonly webhook?: { readonly secret: Secret; readonly listen: HostPort }
}

/** The credentials of a CNA. Each instance of CVE Services has its own credentials. */
export type CveServicesConfig = {
  readonly instance: 'test' | 'production'
  readonly organization: string
  readonly user: string
  readonly key: Secret
  /** The address of the API, with a slash at its end. The default is the usual address of the instance. */
  readonly apiUrl: string
}

export type MasterKeyConfig =
  | { readonly is: 'given'; readonly key: Secret<Uint8Array> }
  | { readonly is: 'file'; readonly path: string }

/** Where a rehearsal puts documents. */
export type RehearsalConfig = {
  readonly folder?: string
  /** A test server that speaks GitHub's REST API. It must not be GitHub itself. */
  readonly github?: { readonly apiUrl: string; readonly token: Secret }
}

/** Where a publication puts documents, and where fixed versions are looked for. */
export type PublishConfig = {
  /** The absolute path of the folder. If absent, nothing is written as files. */
  readonly folder?: string
  /** The web address at which the folder is served, with a slash at its end. */
  readonly url?: string
  /** The addresses of registries that replace the public ones, without a slash at the end. */
  readonly registries?: { readonly npm?: string; readonly pypi?: string }
}

/** The configuration of one deployment, read once at the start. All paths are absolute. */
export type Config = {
  readonly dataFolder: string
  readonly database: DatabaseConfig
  readonly masterKey: MasterKeyConfig
  readonly smtp: {
    readonly listen: HostPort
    /** SMTP with TLS from the first byte; requires `certificate`. */
    readonly smtps?: HostPort
    readonly lmtp?: HostPort | SocketPath
    /** Networks from which mail is accepted, besides this machine. If absent, mail is accepted from everywhere. */
    readonly networks?: readonly string[]
    /** If absent, incoming mail is not encrypted in transit. */
    readonly certificate?: CertificateFiles
    /** If absent, outgoing mails wait until there is a relay. `embargo read mails` shows them. */
    readonly relay?: RelayConfig
  }
  /** The mailboxes that are read by IMAP. */
  readonly mailboxes?: readonly MailboxConfig[]
  readonly slack?: SlackConfig
  readonly discord?: DiscordConfig
  /** If absent, nothing is read or written at GitHub. */
  readonly github?: GitHubConfig
  /** If absent, nothing is reserved or published at CVE Services. */
  readonly cveServices?: CveServicesConfig
  readonly publish?: PublishConfig
  readonly rehearsal?: RehearsalConfig
  /** The tasks of this process (EMBARGO_ROLE); all of them by default. */
  readonly capabilities: ReadonlySet<Capability>
  readonly policy: PolicyInForce
  /** Absent if there is no policy file; in this case the profile `solo` applies. */
  readonly policyFile?: string
  /** Settings that work but are probably not intended, one sentence each. */
  readonly notices: readonly string[]
}
