import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import type { Config, DatabaseConfig } from '@embargo/config'
import { createMovedClock, startSlackEmulator, startSmtpSink } from '@embargo/testkit'
import type { MovedClock, SlackEmulator, SmtpSink } from '@embargo/testkit'
import { slackApp, startProgram } from 'embargo'
import type { Program } from 'embargo'
import { ANA, BEN, OPENING, QUILLMARK, WORKSPACE } from './cast.ts'

/** Bytes of a master key. */
const KEY_BYTES = 32

/** Everything that the play needs, running. Disposing stops all of it and removes the folder. */
export type StageSetting = AsyncDisposable & {
  /** Where the program keeps everything. */
  readonly folder: string
  readonly clock: MovedClock
  readonly slack: SlackEmulator
  /** The relay that takes what Embargo mails. */
  readonly relay: SmtpSink
  readonly program: Program
  /** What the program logged, one line each, and what it said to its operator. Live. */
  readonly logged: readonly string[]
}

/**
 * Sets the stage: the real program in a folder of its own, a Slack workspace, a mail relay, a clock to move. The database
 * is SQLite in that folder unless another is named.
 */
export async function setStage(database?: DatabaseConfig): Promise<StageSetting> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'embargo-demo-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const clock = createMovedClock(OPENING)
  const app = slackApp('')
  const slack = stack.use(
    await startSlackEmulator({
      users: [ANA, BEN].map(({ name, slack: id }) => ({ id, name: name.toLowerCase(), realName: name })),
      ...WORKSPACE,
      scopes: app.oauth_config.scopes.bot,
      events: app.settings.event_subscriptions.bot_events,
      commands: app.features.slash_commands.map(({ command, should_escape: shouldEscape }) => ({
        command,
        shouldEscape,
      })),
    }),
  )
  const relay = stack.use(await startSmtpSink())
  const logged: string[] = []
  const keep = (level: string) => (message: string, data?: object) => {
    logged.push(`${level} ${message} ${JSON.stringify(data ?? {})}`)
  }
  const masterKey = new Secret<Uint8Array>(randomBytes(KEY_BYTES))
  const program = stack.use(
    await startProgram({
      config: configOf({ folder, slack, relay, masterKey, database }),
      secrets: { masterKey },
      clock,
      log: { info: keep('info'), warn: keep('warn'), error: keep('error') },
      say: (text) => logged.push(`said ${text}`),
    }),
  )
  const owned = stack.move()
  return { folder, clock, slack, relay, program, logged, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

type Around = {
  readonly folder: string
  readonly slack: SlackEmulator
  readonly relay: SmtpSink
  readonly masterKey: Secret<Uint8Array>
  readonly database: DatabaseConfig | undefined
}

/** What the environment and a policy file would say. Ports are free ones. */
function configOf({ folder, slack, relay, masterKey, database }: Around): Config {
  return {
    dataFolder: folder,
    database: database ?? { is: 'sqlite', file: join(folder, 'embargo.db') },
    masterKey: { is: 'given', key: masterKey },
    smtp: {
      listen: { host: '127.0.0.1', port: 0 },
      relay: { host: '127.0.0.1', port: relay.port, secure: false },
    },
    slack: {
      appToken: new Secret<string>(WORKSPACE.appToken),
      botToken: new Secret<string>(WORKSPACE.botToken),
      apiUrl: slack.apiUrl,
      prefix: '',
    },
    capabilities: new Set(['slack', 'mail', 'clock', 'publish']),
    policy: { policy: QUILLMARK, hash: policyHash(QUILLMARK) },
    notices: [],
  }
}
