import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { policyHash, Secret } from '@embargo/config'
import { instant, Policy, PROFILES } from '@embargo/core'
import type { Clock } from '@embargo/engine'
import { startDiscordEmulator } from '@embargo/emulator-discord'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { startSlackEmulator } from '@embargo/emulator-slack'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { slackApp, startProgram } from 'embargo'
import type { Program } from 'embargo'

export const ADDRESS = 'security@quillmark.example'
export const ANA = 'U0ANA'
export const ANA_ON_DISCORD = '900000000000000011'
export const APP = { appToken: 'xapp-bench', botToken: 'xoxb-bench' } as const
export const BOT = { botToken: 'bench-bot-token', guild: '900000000000000001' } as const

const MANY = 40_000
const LOOK_EVERY_MS = 50

const policy = Policy.parse({
  ...PROFILES.team,
  projects: [{ id: 'quillmark', name: 'Quillmark', address: ADDRESS }],
  people: [
    {
      id: 'ana',
      name: 'Ana',
      roles: ['admin', 'team'],
      mail: 'ana@quillmark.example',
      slack: ANA,
      discord: ANA_ON_DISCORD,
    },
  ],
  platforms: ['slack', 'discord'],
  // A bench sends a flood of reports on purpose, so the limit must not apply.
  intake: { ...PROFILES.team.intake, newCases: MANY },
})

/** No deadline falls due during a bench. */
export const clock: Clock = {
  now: () => instant(Date.now()),
  wait: (_until, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
}

export type ChatName = 'slack' | 'discord'

export type DeploymentOptions = {
  /** Switches on the platforms' rate limits. Their time windows are `speed` times shorter than in reality. */
  readonly limits?: { readonly speed: number }
}

export type Deployment = AsyncDisposable & {
  readonly program: Program
  readonly smtpPort: number
  readonly slack: SlackEmulator
  readonly discord: DiscordEmulator
}

/** The whole program as in production, on SQLite, with its chat platforms on the same machine. */
export async function deploy({ limits }: DeploymentOptions = {}): Promise<Deployment> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const slack = stack.use(await workspace(limits))
  const discord = stack.use(await server(limits))
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
        discord: { token: new Secret<string>(BOT.botToken), guild: BOT.guild, apiUrl: discord.apiUrl },
        capabilities: new Set(['slack', 'discord', 'mail', 'clock']),
        policy: { policy, hash: policyHash(policy) },
        notices: [],
      },
      secrets: { masterKey },
      clock,
      // With `limits`, a bench measures what happens when a platform asks us to wait. Warnings are expected then, so
      // they are not shown.
      log: {
        info: () => undefined,
        warn: limits === undefined ? console.error : () => undefined,
        error: console.error,
      },
      say: () => undefined,
    }),
  )
  const owned = stack.move()
  return {
    program,
    smtpPort: program.smtpPort ?? 0,
    slack,
    discord,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

export async function workspace(limits?: DeploymentOptions['limits']): Promise<SlackEmulator> {
  const app = await slackApp('')
  return startSlackEmulator({
    users: [{ id: ANA, name: 'ana', realName: 'Ana' }],
    ...APP,
    scopes: app.oauth_config.scopes.bot,
    events: app.settings.event_subscriptions.bot_events,
    commands: app.features.slash_commands.map(({ command, should_escape: shouldEscape }) => ({
      command,
      shouldEscape,
    })),
    ...(limits !== undefined && { limits: { windowMs: 60_000 / limits.speed } }),
  })
}

export const server = async (limits?: DeploymentOptions['limits']): Promise<DiscordEmulator> =>
  startDiscordEmulator({
    botToken: BOT.botToken,
    guild: { id: BOT.guild },
    members: [{ id: ANA_ON_DISCORD, username: 'ana', globalName: 'Ana' }],
    ...(limits !== undefined && { limits }),
  })

/**
 * Waits until each mail is in its case and each effect has ended.
 * @throws if that takes longer than `patienceMs`
 */
export function untilDone({ program }: Deployment, patienceMs: number): Promise<void> {
  const { spool, outbox } = program.store
  let idle = 0
  return until(async () => {
    const busy = (await spool.waiting(1)).length > 0 || (await outbox.nextAt(['slack', 'discord'])) !== undefined
    idle = busy ? 0 : idle + 1
    return idle > 1
  }, patienceMs)
}

/** @throws if it takes longer than `patienceMs` */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  patienceMs: number,
  lookEveryMs = LOOK_EVERY_MS,
): Promise<void> {
  const most = performance.now() + patienceMs
  for (; !(await isSo()); await pause(lookEveryMs)) {
    if (performance.now() > most) throw new Error(`The work on the reports took longer than ${patienceMs} ms.`)
  }
}
