import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouter } from '@embargo/chat'
import type { Router } from '@embargo/chat'
import {
  CaseId,
  clocks,
  CommandId,
  decide,
  evolveRecorded,
  instant,
  MessageId,
  PersonId,
  ReporterId,
  rowOf,
  Sha256,
  touches,
} from '@embargo/core'
import { createEngine } from '@embargo/engine'
import type { RunningEngine } from '@embargo/engine'
import { createParser } from '@embargo/mail'
import { openStore } from '@embargo/store'
import { benchPolicy } from './durable.ts'
import { median, timed } from './figure.ts'
import type { Bench } from './figure.ts'

const FEW = 100
const MANY = 10_000
const PAGES = 10
const ROUNDS = 40
const WARM_UP = 5
const WANTED_RATIO = 1.3
/** Cases opened at once. */
const WRITERS = 32

/** `/status all`, a page at a time: what it costs must not depend on how many cases there are. */
export const manyCasesBench: Bench = {
  name: 'many-cases',
  async measure() {
    await using few = await office(FEW)
    await using many = await office(MANY)
    const times = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      // In turns, so that a busy moment of the machine meets both.
      const one = {
        few: await timed(() => allPages(few.router, round)),
        many: await timed(() => allPages(many.router, round)),
      }
      if (round < WARM_UP) continue
      times.few.push(one.few / PAGES)
      times.many.push(one.many / PAGES)
    }
    const value = hundredths(median(times.many))
    const beside = hundredths(median(times.few))
    const ratio = median(times.many) / median(times.few)
    return [
      {
        work: `a page of /status all with ${MANY} cases`,
        value,
        unit: 'ms (median)',
        runs: ROUNDS - WARM_UP,
        target: `at most ${WANTED_RATIO} of that with ${FEW}; it is ${ratio.toFixed(2)}`,
        met: ratio <= WANTED_RATIO,
        beside: { what: `${FEW} cases`, value: beside, unit: 'ms' },
      },
    ]
  },
}

const hundredths = (value: number): number => Math.round(value * 100) / 100

async function allPages(router: Router, round: number): Promise<void> {
  for (let page = 1; page <= PAGES; page += 1) {
    const reply = await router.handle({
      verb: 'status',
      input: { which: 'all', page: String(page) },
      actor: { kind: 'person', person: PersonId.parse('ana'), platform: 'terminal', account: 'ana' },
      place: { platform: 'terminal', private: true },
      deliveryId: `status-${round}-${page}`,
      at: instant(Date.now()),
    })
    if (!('card' in reply) || reply.card.lines.length < PAGES) throw new Error('The page does not show its cases.')
  }
}

/** A database with so many open cases. Nothing is dispatched: their effects would only take time. */
async function office(cases: number): Promise<AsyncDisposable & { readonly router: Router }> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const log = { info: () => undefined, warn: () => undefined, error: console.error }
  const store = stack.use(
    await openStore({ database: `file:${join(folder, 'cases.db')}`, masterKey: new Uint8Array(32).fill(7), log }),
  )
  const parser = stack.use(createParser())
  const domain = { touches, decide, evolve: evolveRecorded, react: () => [], clocks, rowOf }
  const clock = { now: () => instant(Date.now()), wait: () => Promise.resolve() }
  const engine = createEngine({
    ...store,
    policy: { policy: benchPolicy, hash: Sha256.parse('0'.repeat(64)) },
    domain,
    parser,
    clock,
    log,
  })
  let next = 0
  const writer = async (): Promise<void> => {
    for (let n = next++; n < cases; n = next++) await open(engine, n)
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  const owned = stack.move()
  return { router: createRouter({ engine }), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

async function open(engine: RunningEngine, n: number): Promise<void> {
  const at = engine.now()
  const opened = await engine.handle({
    commandId: CommandId.parse(`open:${n}`),
    actor: { kind: 'system', part: 'mail' },
    at,
    request: {
      verb: 'open-case',
      case: CaseId.parse('NEW-0000-0000'),
      project: 'quillmark',
      message: MessageId.parse(`m-${n}`),
      receivedAt: at,
      reporter: ReporterId.parse(`r-${n}`),
      trust: 'nothing-proven',
      automatic: false,
    },
  })
  if (!opened.ok) throw new Error(opened.refusal.because)
}
