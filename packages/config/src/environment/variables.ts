import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'

/**
 * Every variable that the program knows, with its meaning. The table in the documentation is generated from this list.
 */
export const VARIABLES = {
  EMBARGO_DATA: 'the data folder; ./embargo-data by default',
  EMBARGO_DATABASE: 'file:<path> or postgresql://…; a SQLite file in the data folder by default',
  EMBARGO_POLICY: 'the policy file; embargo.policy.yaml in the data folder or the current folder by default',
  EMBARGO_MASTER_KEY: 'the master key itself, 64 hexadecimal digits',
  EMBARGO_MASTER_KEY_FILE:
    'the file with the master key, outside the data folder; ~/.config/embargo/master.key by default',
  EMBARGO_SMTP_LISTEN: 'host:port where mail comes in; 127.0.0.1:2525 by default',
  EMBARGO_SMTPS_LISTEN:
    'host:port where mail comes in over SMTPS (TLS from the first byte); requires EMBARGO_SMTP_CERT_FILE',
  EMBARGO_LMTP_LISTEN: 'host:port or unix:path where a mail server hands mail over by LMTP',
  EMBARGO_MAIL_NETWORKS:
    'networks from which mail is accepted, besides this machine: for example 192.0.2.0/24,2001:db8::/32; all by default',
  EMBARGO_IMAP:
    'the mailboxes to read, separated by spaces: imaps://user:password@host/, imap://… (STARTTLS) or, unencrypted, imap+plain://…',
  EMBARGO_IMAP_FILE: 'a file with more mailboxes to read, one on each line',
  EMBARGO_SMTP_CERT_FILE:
    'the PEM file with the certificate of the mail listener and its chain; with it the listener offers STARTTLS',
  EMBARGO_SMTP_KEY_FILE: 'the PEM file with the key of that certificate',
  EMBARGO_SMTP_RELAY:
    'smtp://user:password@host:port (STARTTLS), smtps://… or, unencrypted, smtp+plain://…, with /?oauth=<file> at the end for a login by OAuth 2; without a relay, mails wait until there is one',
  EMBARGO_SLACK_APP_TOKEN: 'Slack, app-level token (xapp-…) with connections:write, for Socket Mode',
  EMBARGO_SLACK_BOT_TOKEN: 'Slack, bot token (xoxb-…)',
  EMBARGO_SLACK_API_URL: 'another server that speaks Slack’s Web API',
  EMBARGO_SLACK_PREFIX: 'a prefix for all commands: with sec they are /sec, /sec-ack and so on',
  EMBARGO_SLACK_SOCKETS: 'Slack in Socket Mode: how many connections are kept open, 1 to 10; 2 by default',
  EMBARGO_SLACK_SIGNING_SECRET: 'Slack over HTTP instead of Socket Mode: its signing secret',
  EMBARGO_SLACK_LISTEN: 'Slack over HTTP: host:port where its requests come in; 127.0.0.1:3000 by default',
  EMBARGO_DISCORD_TOKEN: 'Discord, bot token',
  EMBARGO_DISCORD_GUILD: 'Discord, the id of the server',
  EMBARGO_DISCORD_API_URL: 'another server that speaks Discord’s API',
  EMBARGO_GITHUB_APP: 'GitHub, the id of your app',
  EMBARGO_GITHUB_KEY_FILE: 'the PEM file with the private key of that app',
  EMBARGO_GITHUB_TOKEN: 'GitHub, a personal access token instead of an app',
  EMBARGO_GITHUB_WEBHOOK_SECRET:
    'the secret of the app’s webhook; without it, Embargo finds private reports only by polling',
  EMBARGO_GITHUB_LISTEN: 'host:port where GitHub’s webhook comes in; 127.0.0.1:3001 by default',
  EMBARGO_GITHUB_API_URL: 'another server that speaks GitHub’s REST API',
  EMBARGO_CVE_ORG: 'CVE Services, the short name of your CNA',
  EMBARGO_CVE_USER: 'CVE Services, the user that this CNA made for Embargo',
  EMBARGO_CVE_KEY: 'CVE Services, the API key of that user',
  EMBARGO_CVE_INSTANCE: 'the instance of CVE Services to which the key belongs: test (default) or production',
  EMBARGO_CVE_API_URL: 'another server that speaks the API of CVE Services',
  EMBARGO_PUBLISH_FOLDER:
    'the folder in which publications are written as files; if it is in a Git repository, they are also committed, but not pushed',
  EMBARGO_PUBLISH_URL: 'where that folder is served, so that a publication can link to its files',
  EMBARGO_REHEARSAL_FOLDER: 'the folder in which rehearsals of publications write their files',
  EMBARGO_REHEARSAL_GITHUB_API_URL: 'a test server that speaks GitHub’s REST API, for rehearsals',
  EMBARGO_REHEARSAL_GITHUB_TOKEN: 'a token of that test server',
  EMBARGO_NPM_API_URL: 'another registry of npm packages, in which fixed versions are looked for',
  EMBARGO_PYPI_API_URL: 'another index of Python packages, in which fixed versions are looked for',
  EMBARGO_ROLE: 'what this process does: all, or some of slack, discord, terminal, mail, clock, separated by commas',
} as const
export type VariableName = keyof typeof VARIABLES

/** An empty variable counts as absent, because people switch a variable off with `FOO= npm start`. */
export type Variables = { get(name: VariableName): string | undefined }

export function variablesOf(env: Readonly<Record<string, string | undefined>>): Variables {
  return {
    get: (name) => {
      const value = env[name]?.trim()
      return value === '' ? undefined : value
    },
  }
}

const PREFIX = 'EMBARGO_'

/**
 * Reports variables that are set and resemble one of ours. They are probably misspelt, and would otherwise be ignored
 * silently.
 */
export function misspelt(env: Readonly<Record<string, string | undefined>>): readonly Problem[] {
  return unknown(env).flatMap(({ name, meant }) =>
    meant === undefined
      ? []
      : [{ at: { is: 'variable', name }, because: 'Embargo has no such variable.', instead: `Did you mean ${meant}?` }],
  )
}

/**
 * The names of variables that have our prefix but resemble no variable of ours. Another program may use them, so they
 * are only mentioned.
 */
export const unfamiliar = (env: Readonly<Record<string, string | undefined>>): readonly string[] =>
  unknown(env).flatMap(({ name, meant }) => (meant === undefined ? [name] : []))

function unknown(
  env: Readonly<Record<string, string | undefined>>,
): readonly { name: string; meant: string | undefined }[] {
  const known = Object.keys(VARIABLES).map((name) => name.slice(PREFIX.length))
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name.slice(PREFIX.length)))
    .toSorted()
    .map((name) => {
      const suggestion = nearest(name.slice(PREFIX.length), known)
      return { name, meant: suggestion === undefined ? undefined : `${PREFIX}${suggestion}` }
    })
}
