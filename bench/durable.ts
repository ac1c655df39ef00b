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
  touches,
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
import { median, percentile, timed } from './figure.ts'
import type { Bench, Figure } from './figure.ts'

const CASES = 20
const COMMANDS = 600
const WRITERS = 20
const RUNS = 3
const PACED_PER_SECOND = 50
const PACED_SECONDS = 6
const WANTED_RATE = 100
const WANTED_P99_MS = 25
/** A list that is late by less is not felt. */
const WANTED_READ_MS = 100
/** A dispatcher that is starved by the commands has all of its work left at their end: several seconds of it. */
const WANTED_BEHIND_MS = 2000
/** Between two reads. */
const READ_EACH_MS = 20
const BLOBS = 400

const ANA = PersonId.parse('ana')
export const benchPolicy = Policy.parse({
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

/** Takes everything at once: what is measured is Embargo, not a platform. */
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

/** Commands on the real store: committed with fsync, their effects dispatched and recorded. `--sqlite` or `--postgresql` takes one alone. */
export const durableBench: Bench = {
  name: 'durable',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
    try {
      const chosen = (name: string): boolean =>
        process.argv.includes(`--${name}`) || !process.argv.some((arg) => arg === '--sqlite' || arg === '--postgresql')
      const figures: Figure[] = []
      if (chosen('sqlite'))
        figures.push(...(await onDatabase('SQLite', (n) => Promise.resolve(`file:${join(folder, `${n}.db`)}`))))
      if (chosen('postgresql')) {
        await using postgres = await startPostgres()
        figures.push(...(await onDatabase('PostgreSQL', () => postgres.database())))
      }
      return figures
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function onDatabase(name: string, database: (n: number) => Promise<string>): Promise<readonly Figure[]> {
  const rates: number[] = []
  const paced: number[] = []
  const reads: number[] = []
  const behind: number[] = []
  const bare: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    await using running = await start(await database(run))
    const { engine, drained } = running
    const cases = await openCases(engine)
    await drained()
    const burst = new AbortController()
    const read = reading(engine, burst.signal)
    const took = await timed(async () => {
      let next = 0
      const writer = async () => {
        for (let n = next++; n < COMMANDS; n = next++) await affects(engine, cases, n, 'burst')
      }
      await Promise.all(Array.from({ length: WRITERS }, writer))
      behind.push(await timed(drained))
    })
    burst.abort()
    reads.push(percentile(await read, 0.99))
    rates.push((COMMANDS / took) * 1000)
    paced.push(percentile(await atPace(engine, cases), 0.99))
    bare.push(await bareCommits(running.store))
  }
  const rate = Math.round(median(rates))
  const p99 = tenths(median(paced))
  const readP99 = tenths(median(reads))
  const caughtUp = Math.round(median(behind))
  return [
    {
      work: `${name}: command durable, its effects dispatched`,
      value: rate,
      unit: 'commands/s',
      runs: RUNS,
      target: `${WANTED_RATE}`,
      met: rate >= WANTED_RATE,
      beside: { what: 'bare blobs stored durably, as many at once', value: Math.round(median(bare)), unit: 'blobs/s' },
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
      work: `${name}: the list of cases read while commands come as fast as they can, p99`,
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
  ]
}

const tenths = (value: number): number => Math.round(value * 10) / 10

/** Reads the list of cases again and again, and says how long each time took. */
async function reading(engine: RunningEngine, signal: AbortSignal): Promise<readonly number[]> {
  const waits: number[] = []
  while (!signal.aborted) {
    waits.push(await timed(async () => void (await engine.cases({ open: true, limit: CASES }))))
    await new Promise((resolve) => setTimeout(resolve, READ_EACH_MS))
  }
  return waits
}

/** The least that a durable write costs here: one small row, committed, by as many writers. */
async function bareCommits({ blobs }: Store): Promise<number> {
  let next = 0
  const took = await timed(() =>
    Promise.all(
      Array.from({ length: WRITERS }, async () => {
        for (let n = next++; n < BLOBS; n = next++)
          await blobs.put(CaseId.parse('SEC-2026-0001'), new TextEncoder().encode(`bare ${n} ${performance.now()}`))
      }),
    ),
  )
  return (BLOBS / took) * 1000
}

type Running = AsyncDisposable & {
  readonly engine: RunningEngine
  readonly store: Store
  readonly drained: () => Promise<void>
}

async function start(database: string): Promise<Running> {
  await using stack = new AsyncDisposableStack()
  const store = stack.use(await openStore({ database, masterKey: new Uint8Array(32).fill(7), log: quiet }))
  const parser = stack.use(createParser())
  const clock = { now: () => instant(Date.now()), wait: () => Promise.resolve() }
  const domain = { touches, decide, evolve: evolveRecorded, react, clocks, rowOf }
  const engine = createEngine({
    ...store,
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
  return { engine, store, drained: () => drained(store), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Until the outbox has nothing left to claim, looked at every few milliseconds. */
async function drained(store: Store): Promise<void> {
  while ((await store.outbox.nextAt(['terminal', 'mail'])) !== undefined)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

async function openCases(engine: RunningEngine): Promise<readonly CaseState['id'][]> {
  const ids: CaseState['id'][] = []
  for (let n = 0; n < CASES; n += 1) {
    const id = CaseId.parse(`SEC-2026-${String(n + 1).padStart(4, '0')}`)
    const opened = await engine.handle({
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
    await engine.handle({
      commandId: CommandId.parse(`ack:${n}`),
      actor: ana,
      at: engine.now(),
      request: { verb: 'ack', case: number },
    })
    await engine.handle({
      commandId: CommandId.parse(`triage:${n}`),
      actor: ana,
      at: engine.now(),
      request: { verb: 'triage', case: number, disposition: 'valid', severity: 'high' },
    })
  }
  return ids
}

/** The n-th command: to one case after the other, and each time otherwise, for what is known already changes nothing. */
async function affects(
  engine: RunningEngine,
  cases: readonly CaseState['id'][],
  n: number,
  name: string,
): Promise<void> {
  const id = cases[n % CASES]
  if (id === undefined) throw new Error('no case')
  const answered = await engine.handle({
    commandId: CommandId.parse(`${name}-${n}`),
    actor: ana,
    at: engine.now(),
    request: { verb: 'affects', case: id, branch: 'main', affected: Math.floor(n / CASES) % 2 === 0 },
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
