import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import type { Config, DatabaseConfig } from '@embargo/config'
import type { Instant, Policy } from '@embargo/core'
import { startDiscordEmulator } from '@embargo/emulator-discord'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { startGitHubEmulator } from '@embargo/emulator-github'
import type { GitHubEmulator } from '@embargo/emulator-github'
import { startSlackEmulator } from '@embargo/emulator-slack'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { startSmtpSink } from '@embargo/emulator-smtp'
import type { SmtpSink } from '@embargo/emulator-smtp'
import { createMovedClock } from '@embargo/testkit'
import type { MovedClock } from '@embargo/testkit'
import { slackApp, startProgram } from 'embargo'
import type { Program } from 'embargo'
import { FILES, GITHUB, OPENING, QUILLMARK, REPOSITORY, SERVER, WORKSPACE } from './cast.ts'
import { discordChat } from './chat/discord-chat.ts'
import type { PlayedChat } from './chat/played-chat.ts'
import { slackChat } from './chat/slack-chat.ts'
import { createKeys } from './keys.ts'
import type { StageKeys } from './keys.ts'

const HOST = '127.0.0.1'
/** The secret by which the program recognises Slack's requests. */
const SIGNING_SECRET = 'a signing secret of the stage'

const KEY_BYTES = 32

/** Everything that the play needs, running. Disposal stops all of it and removes the folder. */
export type StageSetting = AsyncDisposable & {
  /** Where the program keeps everything. */
  readonly folder: string
  readonly clock: MovedClock
  /** The policy's chat platforms as their users see them. */
  readonly chats: readonly PlayedChat[]
  /** Present if the policy names Slack. */
  readonly slack: SlackEmulator | undefined
  readonly discord: DiscordEmulator | undefined
  /** The emulated GitHub. Absent unless the play publishes at GitHub and in files. */
  readonly github: GitHubEmulator | undefined
  /** The folder of the published files. */
  readonly published: string
  /** The relay that accepts Embargo's mail. */
  readonly relay: SmtpSink
  /** The OpenPGP keys of the project and of the reporter. Undefined unless the option `encrypted` is set. */
  readonly keys: StageKeys | undefined
  readonly program: Program
  /** Stops the program and starts it again, which loses everything that was only in memory. */
  readonly restart: () => Promise<void>
  /** The program's log and its messages to the operator, one line each. The list grows. */
  readonly logged: readonly string[]
}

/** Differences from the set-up of the demo's own case. */
export type StageOptions = {
  /** The database. By default, it is SQLite in the stage's folder. */
  readonly database?: DatabaseConfig | undefined
  /** The policy. Each of its people who has a Slack account becomes a member of the workspace. */
  readonly policy?: Policy
  /** The ids of further members of the workspace. */
  readonly strangers?: readonly string[]
  /** The clock's time at the start. */
  readonly opening?: Instant
  /** The key that seals the database; a random one if absent. */
  readonly masterKey?: Uint8Array
  /** Whether Slack sends its requests over HTTP, instead of in Socket Mode. */
  readonly slackOverHttp?: boolean
  /** Whether the project and the reporter have keys, and the reporter's mails are encrypted. */
  readonly encrypted?: boolean
  /** Whether the project has a repository at GitHub and a folder for published files. */
  readonly publishes?: boolean
}

/**
 * Sets the stage: the real program in a folder of its own, its chat platforms, a mail relay, and a clock that the play
 * moves.
 */
export async function setStage(options: StageOptions = {}): Promise<StageSetting> {
  const { database, policy = QUILLMARK, strangers = [], opening = OPENING, slackOverHttp = false } = options
  const { masterKey: key = randomBytes(KEY_BYTES), encrypted = false, publishes = false } = options
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'embargo-demo-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const clock = createMovedClock(opening)
  const slack = policy.platforms.includes('slack') ? stack.use(await workspace(policy, strangers)) : undefined
  const discord = policy.platforms.includes('discord') ? stack.use(await server(policy, strangers)) : undefined
  const github = publishes ? stack.use(await repository(clock)) : undefined
  const published = join(folder, 'published')
  if (publishes) await mkdir(published)
  const relay = stack.use(await startSmtpSink())
  const logged: string[] = []
  const keep = (level: string) => (message: string, data?: object) => {
    logged.push(`${level} ${message} ${JSON.stringify(data ?? {})}`)
  }
  const slackPort = slackOverHttp ? await freePort() : undefined
  const masterKey = new Secret<Uint8Array>(key)
  const start = () =>
    startProgram({
      config: configOf({ folder, slack, slackPort, discord, github, published, relay, masterKey, database, policy }),
      secrets: { masterKey },
      clock,
      log: { info: keep('info'), warn: keep('warn'), error: keep('error') },
      say: (text) => logged.push(`said ${text}`),
    })
  let program = await start()
  stack.defer(() => program[Symbol.asyncDispose]())
  const keys = encrypted ? await createKeys(opening) : undefined
  const [project] = policy.projects
  if (keys !== undefined && project !== undefined)
    await program.store.ownKeys.add({
      project: project.id,
      serial: 1,
      createdAt: opening,
      confirmedAt: opening,
      ...keys.project,
    })
  if (slackPort !== undefined)
    await slack?.deliverTo({ url: `http://${HOST}:${slackPort}/slack/events`, signingSecret: SIGNING_SECRET })
  const owned = stack.move()
  const chats = [
    ...(slack === undefined ? [] : [slackChat(slack)]),
    ...(discord === undefined ? [] : [discordChat(discord)]),
  ]
  return {
    folder,
    clock,
    chats,
    slack,
    discord,
    github,
    published,
    relay,
    keys,
    get program() {
      return program
    },
    restart: async () => {
      await program[Symbol.asyncDispose]()
      program = await start()
    },
    logged,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** A Slack workspace with the app installed as its manifest says. */
async function workspace({ people }: Policy, strangers: readonly string[]): Promise<SlackEmulator> {
  const app = await slackApp('')
  return startSlackEmulator({
    users: [
      ...people.flatMap(({ id: name, name: realName, slack: id }) =>
        id === undefined ? [] : [{ id, name, realName }],
      ),
      ...strangers.map((id) => ({ id, name: id.toLowerCase() })),
    ],
    ...WORKSPACE,
    scopes: app.oauth_config.scopes.bot,
    events: app.settings.event_subscriptions.bot_events,
    commands: app.features.slash_commands.map(({ command, should_escape: shouldEscape }) => ({
      command,
      shouldEscape,
    })),
  })
}

/** A Discord server with the bot invited by its link. */
async function server({ people }: Policy, strangers: readonly string[]): Promise<DiscordEmulator> {
  const owner = people.find(({ roles }) => roles.includes('admin'))?.discord
  return startDiscordEmulator({
    botToken: SERVER.botToken,
    // The owner of a server can read every channel, so the owner must be on the team.
    guild: { id: SERVER.guild, ...(owner !== undefined && { ownerId: owner }) },
    members: [
      ...people.flatMap(({ id: username, name: globalName, discord: id }) =>
        id === undefined ? [] : [{ id, username, globalName }],
      ),
      ...strangers.map((id) => ({ id, username: `stranger-${id}` })),
    ],
  })
}

/** GitHub with the project's repository, for which a maintainer has a token. */
const repository = (clock: MovedClock): Promise<GitHubEmulator> =>
  startGitHubEmulator({
    now: () => clock.now(),
    repositories: [{ name: REPOSITORY, admins: [GITHUB.login] }],
    tokens: [{ ...GITHUB, permissions: { repository_advisories: 'write' } }],
  })

type StageParts = {
  readonly folder: string
  readonly slack: SlackEmulator | undefined
  /** The port for Slack's requests; undefined in Socket Mode. */
  readonly slackPort: number | undefined
  readonly discord: DiscordEmulator | undefined
  readonly github: GitHubEmulator | undefined
  readonly published: string
  readonly relay: SmtpSink
  readonly masterKey: Secret<Uint8Array>
  readonly database: DatabaseConfig | undefined
  readonly policy: Policy
}

/** A free port, for a listener whose port must be known before it starts. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a port has no number')
  return address.port
}

/** The configuration that environment and policy file would give, with free ports. */
function configOf(around: StageParts): Config {
  const { folder, slack, slackPort, discord, github, published, relay, masterKey, database, policy } = around
  return {
    dataFolder: folder,
    database: database ?? { is: 'sqlite', file: join(folder, 'embargo.db') },
    masterKey: { is: 'given', key: masterKey },
    smtp: {
      listen: { host: '127.0.0.1', port: 0 },
      relay: { host: '127.0.0.1', port: relay.port, tls: 'plain' },
    },
    ...(slack !== undefined && {
      slack: {
        ...(slackPort === undefined
          ? { appToken: new Secret<string>(WORKSPACE.appToken) }
          : { http: { signingSecret: new Secret<string>(SIGNING_SECRET), listen: { host: HOST, port: slackPort } } }),
        botToken: new Secret<string>(WORKSPACE.botToken),
        apiUrl: slack.apiUrl,
        prefix: '',
      },
    }),
    ...(discord !== undefined && {
      discord: { token: new Secret<string>(SERVER.botToken), guild: SERVER.guild, apiUrl: discord.apiUrl },
    }),
    ...(github !== undefined && {
      github: { apiUrl: github.apiUrl, login: { is: 'token', token: new Secret<string>(GITHUB.token) } },
      publish: { folder: published, url: FILES, registries: {} },
    }),
    capabilities: new Set(['slack', 'discord', 'mail', 'clock']),
    policy: { policy, hash: policyHash(policy) },
    notices: [],
  }
}
