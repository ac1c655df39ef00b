import { Secret, policyHash } from '@embargo/config'
import type { Config } from '@embargo/config'
import { instant, Policy } from '@embargo/core'
import { confirmProjectKey, createProjectKey } from '@embargo/engine'
import type { Log } from '@embargo/engine'
import { createMovedClock } from '@embargo/testkit'
import { startProgram } from '../../apps/embargo/src/program/program.ts'
import { answer } from './answer.ts'
import { deathAt, watchReplies } from './death.ts'
import { APP_TOKEN, BOT_TOKEN, CNA, GITHUB_TOKEN, POLICY, START } from './house.ts'
import { publicationFolder } from './targets.ts'
import type { FromChild, FromParent, Settings } from './messages.ts'

const KEY = new Uint8Array(32).fill(7)

/**
 * The real program in a separate process. The harness talks to the program through a pipe. The program kills itself at
 * the points that the settings name.
 */
const settings = JSON.parse(process.argv[2] ?? '{}') as Settings
const death = deathAt(settings)
const clock = createMovedClock(instant(settings.now))
const tell = (message: FromChild): void => void process.send?.(message)

const say =
  (level: string) =>
  (message: string, data: Readonly<Record<string, unknown>> = {}): void =>
    void process.stderr.write(`${level} ${message} ${JSON.stringify(data)}\n`)
const log: Log = {
  warn: say('warn'),
  error: say('error'),
  info(message) {
    // This message is logged while the migration's transaction is open.
    if (message === 'Applied a migration') death.passed('migration-applied')
  },
}

let lmtpPort = 0
watchReplies(() => lmtpPort, death.passed)
const program = await startProgram({
  config: configOf(settings),
  secrets: { masterKey: new Secret<Uint8Array>(KEY) },
  clock,
  log,
  say: () => undefined,
  crashPoint: death.reached,
  monotonic: () => performance.timeOrigin + performance.now() + settings.offMs,
})
await haveKey()
lmtpPort = program.lmtpPort ?? 0
process.on('message', ({ id, question }: FromParent) => {
  answer({ program, clock }, question).then(
    (value) => tell({ is: 'answer', id, value }),
    (error: unknown) =>
      tell({ is: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }),
  )
})
tell({ is: 'ready', ports: { smtp: program.smtpPort ?? 0, lmtp: lmtpPort } })

/**
 * Makes and confirms a key for the project, so encrypted mails are signed too. If an earlier process died before it
 * confirmed its key, this process does both again.
 */
async function haveKey(): Promise<void> {
  const { deps, policy } = program.engine
  const [project] = policy.policy.projects
  if (project === undefined || (await deps.ownKeys.list()).some(({ confirmedAt }) => confirmedAt !== undefined)) return
  await createProjectKey(deps, project, 'a passphrase')
  await confirmProjectKey(deps, project)
}

function configOf({
  folder,
  database,
  slackApiUrl,
  relayPort,
  imapPort,
  githubApiUrl,
  cveApiUrl,
  registryUrl,
}: Settings): Config {
  const policy = Policy.parse(POLICY)
  return {
    dataFolder: folder,
    database:
      database === undefined
        ? { is: 'sqlite', file: `${folder}/embargo.db` }
        : { is: 'postgresql', url: new Secret(database) },
    masterKey: { is: 'given', key: new Secret<Uint8Array>(KEY) },
    smtp: {
      listen: { host: '127.0.0.1', port: 0 },
      lmtp: { host: '127.0.0.1', port: 0 },
      relay: { host: '127.0.0.1', port: relayPort, tls: 'plain' },
    },
    mailboxes: [
      {
        host: '127.0.0.1',
        port: imapPort,
        tls: 'plain',
        user: 'security',
        login: { is: 'password', password: new Secret('a password') },
        projects: policy.projects.map(({ id }) => id),
        since: START,
      },
    ],
    github: { apiUrl: githubApiUrl, login: { is: 'token', token: new Secret(GITHUB_TOKEN) } },
    cveServices: { ...CNA, key: new Secret(CNA.key), instance: 'production', apiUrl: cveApiUrl },
    publish: { folder: publicationFolder(folder), registries: { npm: registryUrl } },
    slack: { appToken: new Secret(APP_TOKEN), botToken: new Secret(BOT_TOKEN), apiUrl: slackApiUrl, prefix: '' },
    capabilities: new Set(['slack', 'mail', 'clock']),
    policy: { policy, hash: policyHash(policy) },
    notices: [],
  }
}
