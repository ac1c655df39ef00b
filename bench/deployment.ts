import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import { instant, Policy, PROFILES } from '@embargo/core'
import type { Clock } from '@embargo/engine'
import { startSlackEmulator } from '@embargo/testkit'
import type { SlackEmulator } from '@embargo/testkit'
import { slackApp, startProgram } from 'embargo'
import type { Program } from 'embargo'

export const ADDRESS = 'security@quillmark.example'
export const ANA = 'U0ANA'
export const APP = { appToken: 'xapp-bench', botToken: 'xoxb-bench' } as const

const MANY = 10_000

const policy = Policy.parse({
  ...PROFILES.team,
  projects: [{ id: 'quillmark', name: 'Quillmark', address: ADDRESS }],
  people: [{ id: 'ana', name: 'Ana', roles: ['admin', 'team'], mail: 'ana@quillmark.example', slack: ANA }],
  platforms: ['slack'],
  // A bench is a flood on purpose.
  intake: { ...PROFILES.team.intake, newCases: { perHour: MANY, perProject: MANY, perSender: MANY } },
})

/** No clock rings within a bench. */
const clock: Clock = {
  now: () => instant(Date.now()),
  wait: (_until, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
}

export type Deployment = AsyncDisposable & {
  readonly slack: SlackEmulator
  readonly program: Program
  readonly smtpPort: number
}

/** The whole program as in real life, on SQLite, with a Slack workspace on the same machine. */
export async function deploy(): Promise<Deployment> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const app = await slackApp('')
  const slack = stack.use(
    await startSlackEmulator({
      users: [{ id: ANA, name: 'ana', realName: 'Ana' }],
      ...APP,
      scopes: app.oauth_config.scopes.bot,
      events: app.settings.event_subscriptions.bot_events,
      commands: app.features.slash_commands.map(({ command, should_escape: shouldEscape }) => ({
        command,
        shouldEscape,
      })),
    }),
  )
  const masterKey = new Secret<Uint8Array>(randomBytes(32))
  const program = stack.use(
    await startProgram({
      config: {
        dataFolder: folder,
        database: { is: 'sqlite', file: join(folder, 'embargo.db') },
        masterKey: { is: 'given', key: masterKey },
        smtp: { listen: { host: '127.0.0.1', port: 0 } },
        slack: {
          appToken: new Secret<string>(APP.appToken),
          botToken: new Secret<string>(APP.botToken),
          apiUrl: slack.apiUrl,
          prefix: '',
        },
        capabilities: new Set(['slack', 'mail', 'clock', 'publish']),
        policy: { policy, hash: policyHash(policy) },
        notices: [],
      },
      secrets: { masterKey },
      clock,
      log: { info: () => undefined, warn: console.error, error: console.error },
      say: () => undefined,
    }),
  )
  const owned = stack.move()
  return { slack, program, smtpPort: program.smtpPort ?? 0, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
