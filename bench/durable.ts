import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  clocks,
  CommandId,
  decide,
  evolveRecorded,
  instant,
  MessageId,
  PersonId,
  Policy,
  PROFILES,
  react,
  ReporterId,
  rowOf,
  Sha256,
  streamsFor,
  CaseId,
} from '@embargo/core'
import type { Actor, CaseState } from '@embargo/core'
import { createDispatcher, createEngine } from '@embargo/engine'
import type { ChatPlatform, Log, RunningEngine } from '@embargo/engine'
import { createPresenter } from '@embargo/chat'
import { createParser } from '@embargo/mail'
import { openStore } from '@embargo/store'
import type { Store } from '@embargo/store'
import { startPostgres } from '@embargo/testkit'
import { bareWrites } from './bare-writes.ts'
import { median, percentile, timed } from './figure.ts'
import type { Bench, Figure } from './figure.ts'
import { countStatements } from './statement-count.ts'

const CASES = 20
const COMMANDS = 600
const WRITERS = 20
const RUNS = 3
const PACED_PER_SECOND = 50
const PACED_SECONDS = 6
/** Embargo must reach at least this share of the rate of bare writes, which is measured in the same run. */
const WANTED_SHARE = 0.1
const WANTED_P99_MS = 25
/** The list of cases must be read within this time, so that nobody notices a delay. */
const WANTED_READ_MS = 100
/**
 * How long the dispatcher may take to finish its work after the last command. If the commands left the dispatcher no
 * time, all of its work is still to do, which takes several seconds.
 */
const WANTED_BEHIND_MS = 2000
/** The pause between two reads. */
const READ_EACH_MS = 20

const ANA = PersonId.parse('ana')
const benchPolicy = Policy.parse({
  ...PROFILES.team,
  projects: [{ id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }],
  people: [{ id: ANA, name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' }],
  platforms: ['terminal'],
})
const ana: Actor = { kind: 'person', person: ANA, platform: 'terminal', account: 'ana' }
const quiet: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: (message, data) => console.error(message, data),
}

/** A platform that accepts everything at once, so that the bench measures Embargo and not a platform. */
const instantPlatform: ChatPlatform = {
  platform: 'terminal',
  openChannel: ({ name }) => Promise.resolve({ channel: name, name }),
  invite: () => Promise.resolve(),
  remove: () => Promise.resolve(),
  post: ({ effect }) => Promise.resolve({ message: effect }),
  audience: () => Promise.resolve([]),
  archiveChannel: () => Promise.resolve(),
  transcript: () => Promise.resolve([]),
  update: () => Promise.resolve(),
}

/**
 * Runs commands on the real store. Each is committed with fsync, and its effects are dispatched and recorded.
 * `--sqlite` or `--postgresql` measures only that database.
 */
export const durableBench: Bench = {
  name: 'durable',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
    try {
      const chosen = (name: string): boolean =>
        process.argv.includes(`--${name}`) || !process.argv.some((arg) => arg === '--sqlite' || arg === '--postgresql')
      const figures: Figure[] = []
      if (chosen('sqlite'))
        figures.push(
          ...(await onDatabase('SQLite', {
            database: (n) => Promise.resolve(`file:${join(folder, `${n}.db`)}`),
            bare: () => bareWrites('sqlite', folder),
          })),
        )
      if (chosen('postgresql')) {
        await using postgres = await startPostgres()
        figures.push(
          ...(await onDatabase('PostgreSQL', {
            database: () => postgres.database(),
            bare: async () => bareWrites('postgresql', await postgres.database()),
          })),
        )
      }
      return figures
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

type Places = { readonly database: (n: number) => Promise<string>; readonly bare: () => Promise<number> }

async function onDatabase(name: string, { database, bare }: Places): Promise<readonly Figure[]> {
  const counted = countStatements()
  const rates: number[] = []
  const paced: number[] = []
  const reads: number[] = []
  const behind: number[] = []
  const bares: number[] = []
  const costs: Cost[] = []
  for (let run = 0; run < RUNS; run += 1) {
    await using running = await start(await database(run))
    const { engine, drained, inCommits } = running
    const cases = await openCases(engine)
    await drained()
    const burst = new AbortController()
    const read = reading(engine, burst.signal)
    counted.reset()
    inCommits.ms = 0
    const cpu = process.cpuUsage()
    const waits: number[] = []
    const took = await timed(async () => {
      let next = 0
      const writer = async () => {
        for (let n = next++; n < COMMANDS; n = next++) waits.push(await timed(() => affects(engine, cases, n, 'burst')))
      }
      await Promise.all(Array.from({ length: WRITERS }, writer))
      behind.push(await timed(drained))
    })
    burst.abort()
    costs.push({
      statements: counted.statements / COMMANDS,
      commits: counted.commits / COMMANDS,
      cpuMs: cpuMs(cpu) / COMMANDS,
      commitShare: inCommits.ms / waits.reduce((sum, wait) => sum + wait, 0),
    })
    reads.push(percentile(await read, 0.99))
    rates.push((COMMANDS / took) * 1000)
    paced.push(percentile(await atPace(engine, cases), 0.99))
    bares.push(await bare())
  }
  const rate = Math.round(median(rates))
  const bareRate = Math.round(median(bares))
  const share = median(rates.map((each, run) => each / (bares[run] ?? Number.NaN)))
  const p99 = tenths(median(paced))
  const readP99 = tenths(median(reads))
  const caughtUp = Math.round(median(behind))
  return [
    {
      work: `${name}: command durable, its effects dispatched`,
      value: rate,
      unit: 'commands/s',
      runs: RUNS,
      target: `${WANTED_SHARE} of the bare writes; it is ${share.toFixed(3)}`,
      met: share >= WANTED_SHARE,
      beside: { what: 'small rows committed one by one through the bare driver', value: bareRate, unit: 'rows/s' },
    },
    {
      work: `${name}: answer p99 at ${PACED_PER_SECOND} commands/s`,
      value: p99,
      unit: 'ms',
      runs: RUNS,
      target: `under ${WANTED_P99_MS}`,
      met: p99 < WANTED_P99_MS,
    },
    {
      work: `${name}: reading the list of cases while commands come as fast as they can, p99`,
      value: readP99,
      unit: 'ms',
      runs: RUNS,
      target: `under ${WANTED_READ_MS}`,
      met: readP99 < WANTED_READ_MS,
    },
    {
      work: `${name}: from the last command to the last effect dispatched`,
      value: caughtUp,
      unit: 'ms',
      runs: RUNS,
      target: `under ${WANTED_BEHIND_MS}`,
      met: caughtUp < WANTED_BEHIND_MS,
    },
    ...costFigures(name, costs),
  ]
}

/** What a command costs, including its effects. */
type Cost = {
  readonly statements: number
  readonly commits: number
  readonly cpuMs: number
  /**
   * The commit's share of the response time. A commit waits for the others that are written with it, and for the disk.
   */
  readonly commitShare: number
}

function costFigures(name: string, costs: readonly Cost[]): readonly Figure[] {
  const line = (what: string, of: (cost: Cost) => number, unit: string): Figure => ({
    work: `${name}: ${what}`,
    value: Math.round(median(costs.map(of)) * 100) / 100,
    unit,
    runs: RUNS,
  })
  return [
    line('for each command and its effects', ({ statements }) => statements, 'statements'),
    line('for each command and its effects', ({ commits }) => commits, 'transactions, one fsync each'),
    line('for each command and its effects', ({ cpuMs }) => cpuMs, 'ms of the processor'),
    line('share of the wait for an answer that is spent in the commit', ({ commitShare }) => commitShare * 100, '%'),
  ]
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

const tenths = (value: number): number => Math.round(value * 10) / 10

/** Reads the list of cases repeatedly, and returns how long each read took. */
async function reading(engine: RunningEngine, signal: AbortSignal): Promise<readonly number[]> {
  const waits: number[] = []
  while (!signal.aborted) {
    waits.push(await timed(async () => void (await engine.queries.cases({ open: true, limit: CASES }))))
    await new Promise((resolve) => setTimeout(resolve, READ_EACH_MS))
  }
  return waits
}

type RunningProgram = AsyncDisposable & {
  readonly engine: RunningEngine
  readonly store: Store
  readonly drained: () => Promise<void>
  /** The total time of the commits of people's commands. */
  readonly inCommits: { ms: number }
}

async function start(database: string): Promise<RunningProgram> {
  await using stack = new AsyncDisposableStack()
  const store = stack.use(await openStore({ database, masterKey: new Uint8Array(32).fill(7), log: quiet }))
  const parser = stack.use(createParser())
  const clock = { now: () => instant(Date.now()), wait: () => Promise.resolve() }
  const domain = { streamsFor, decide, evolve: evolveRecorded, react, clocks, rowOf }
  const inCommits = { ms: 0 }
  const commit: Store['events']['commit'] = async (request) => {
    const from = performance.now()
    try {
      return await store.events.commit(request)
    } finally {
      if (request.settles === undefined) inCommits.ms += performance.now() - from
    }
  }
  const engine = createEngine({
    ...store,
    events: { ...store.events, commit },
    policy: { policy: benchPolicy, hash: Sha256.parse('0'.repeat(64)) },
    domain,
    parser,
    clock,
    log: quiet,
  })
  const stopping = new AbortController()
  const dispatcher = createDispatcher({
    engine,
    chat: new Map([['terminal', instantPlatform]]),
    mailOut: { send: () => Promise.resolve({ response: '250 ok' }) },
    presenter: createPresenter(),
    capabilities: ['terminal', 'mail'],
    worker: 'bench',
    monotonic: () => performance.timeOrigin + performance.now(),
    random: Math.random,
  })
  const loop = dispatcher.run(stopping.signal)
  stack.defer(async () => {
    stopping.abort()
    await loop
  })
  const owned = stack.move()
  return { engine, store, inCommits, drained: () => drained(store), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Waits until no effect is left to be performed. Checks this every few milliseconds. */
async function drained(store: Store): Promise<void> {
  while ((await store.outbox.nextAt(['terminal', 'mail'])) !== undefined)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

async function openCases(engine: RunningEngine): Promise<readonly CaseState['id'][]> {
  const ids: CaseState['id'][] = []
  for (let n = 0; n < CASES; n += 1) {
    const id = CaseId.parse(`SEC-2026-${String(n + 1).padStart(4, '0')}`)
    const opened = await engine.commands.handle({
      commandId: CommandId.parse(`open:${n}`),
      actor: { kind: 'system', part: 'mail' },
      at: engine.now(),
      request: {
        verb: 'open-case',
        case: id,
        project: 'quillmark',
        message: MessageId.parse(`m-${n}`),
        receivedAt: engine.now(),
        reporter: ReporterId.parse(`r-${n}`),
        identity: { address: 'r@example.org' },
        trust: 'nothing-proven',
        automatic: false,
      },
    })
    const number = CaseId.parse(opened.ok ? opened.stream : id)
    ids.push(number)
    await engine.commands.handle({
      commandId: CommandId.parse(`ack:${n}`),
      actor: ana,
      at: engine.now(),
      request: { verb: 'ack', case: number },
    })
    await engine.commands.handle({
      commandId: CommandId.parse(`triage:${n}`),
      actor: ana,
      at: engine.now(),
      request: { verb: 'triage', case: number, disposition: 'valid', severity: 'high' },
    })
  }
  return ids
}

/**
 * The n-th command. The cases take turns, and each command differs from the previous one, because a repeated command
 * would change nothing.
 */
async function affects(
  engine: RunningEngine,
  cases: readonly CaseState['id'][],
  n: number,
  name: string,
): Promise<void> {
  const id = cases[n % CASES]
  if (id === undefined) throw new Error('no case')
  const answered = await engine.commands.handle({
    commandId: CommandId.parse(`${name}-${n}`),
    actor: ana,
    at: engine.now(),
    request: { verb: 'triage.affects', case: id, branch: 'main', affected: Math.floor(n / CASES) % 2 === 0 },
  })
  if (!answered.ok) throw new Error(answered.refusal.because)
  if (answered.note !== undefined) throw new Error(`The command changed nothing: ${answered.note}`)
}

async function atPace(engine: RunningEngine, cases: readonly CaseState['id'][]): Promise<readonly number[]> {
  const waits = Array.from({ length: PACED_PER_SECOND * PACED_SECONDS }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, (n * 1000) / PACED_PER_SECOND))
    return timed(() => affects(engine, cases, n, 'paced'))
  })
  return Promise.all(waits)
}
