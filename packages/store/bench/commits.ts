import { performance } from 'node:perf_hooks'
import { MASTER_KEY, acknowledged, commitOf, newCase, post, rowOf, silent } from '../src/contract/samples.ts'
import { openStore, type Store } from '../src/open-store.ts'
import { postgresPlace, sqlitePlace } from '../test/places.ts'

// Durable commands a second: 3 events, 3 effects and a read-model row each, and every effect claimed, begun and finished.
const COMMANDS = Number(process.argv[2] ?? 300)
const WRITERS = 8
const LEASE_MS = 60_000

async function commands(store: Store): Promise<number[]> {
  const streams = Array.from({ length: COMMANDS }, newCase)
  const taken: number[] = []
  const writer = async (): Promise<void> => {
    for (let stream = streams.pop(); stream; stream = streams.pop()) {
      const from = performance.now()
      const effects = ['1', '2', '3'].map((name) => post(stream, name, { lane: `${stream}/${name}` }))
      await store.events.commit(
        commitOf(stream, {
          events: [acknowledged('a'), acknowledged('b'), acknowledged('c')],
          effects,
          rows: [rowOf(stream)],
        }),
      )
      taken.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  return taken
}

async function dispatch(store: Store, wanted: number): Promise<void> {
  let done = 0
  while (done < wanted) {
    const claimed = await store.outbox.claim({
      capabilities: ['slack'],
      worker: 'bench',
      nowMs: Date.now(),
      leaseMs: LEASE_MS,
      limit: 16,
    })
    if (claimed.length === 0)
      await new Promise<void>((resolve) => {
        const off = store.outbox.onAppend(() => {
          off()
          resolve()
        })
      })
    await Promise.all(
      claimed.map(async ({ effect }) => {
        await store.outbox.begin(effect.id, 'bench', Date.now(), LEASE_MS)
        await store.outbox.done(effect.id, 'bench', 'posted')
      }),
    )
    done += claimed.length
  }
}

const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}
const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const p99 = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0

const places = { sqlite: sqlitePlace, postgresql: postgresPlace }
for (const start of process.argv[3] === 'sqlite' ? [places.sqlite] : [places.sqlite, places.postgresql]) {
  await using place = await start()
  await using store = await openStore({ database: await place.database(), masterKey: MASTER_KEY, log: silent })
  await commands(store)
  for (let left = 3 * COMMANDS; left > 0; left -= 3 * COMMANDS) await dispatch(store, left)
  const cpuAlone = process.cpuUsage()
  const alone = performance.now()
  await commands(store)
  const aloneS = (performance.now() - alone) / 1000
  const aloneCpu = cpuMs(cpuAlone)
  await dispatch(store, 3 * COMMANDS)
  const cpuBoth = process.cpuUsage()
  const both = performance.now()
  const [taken] = await Promise.all([commands(store), dispatch(store, 3 * COMMANDS)])
  const bothS = (performance.now() - both) / 1000
  process.stdout.write(
    `CPU ms per command: ${(aloneCpu / COMMANDS).toFixed(2)} alone, ${(cpuMs(cpuBoth) / COMMANDS).toFixed(2)} with dispatch; ${place.dialect}: commits ${Math.round(COMMANDS / aloneS)}/s; with 3 effects dispatched ${Math.round(COMMANDS / bothS)}/s, commit median ${median(taken).toFixed(1)} ms, p99 ${p99(taken).toFixed(1)} ms\n`,
  )
}
