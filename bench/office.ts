import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
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
  ReporterId,
  rowOf,
  Sha256,
  touches,
} from '@embargo/core'
import { createEngine } from '@embargo/engine'
import type { Policy } from '@embargo/core'
import type { RunningEngine } from '@embargo/engine'
import { createParser } from '@embargo/mail'
import { openStore } from '@embargo/store'
import type { Store } from '@embargo/store'
import { benchPolicy } from './durable.ts'

/** Cases opened at once. */
const WRITERS = 32

export type Office = AsyncDisposable & {
  readonly engine: RunningEngine
  readonly router: Router
  readonly store: Store
  /** The database. */
  readonly file: string
}

/**
 * A database with so many open cases, and the lines of so many others that are less urgent. Nothing is dispatched: effects
 * would only take time.
 */
export async function office(cases: number, { others = 0 } = {}): Promise<Office> {
  await using stack = new AsyncDisposableStack()
  const opened = stack.use(await emptyOffice(benchPolicy))
  let next = 0
  const writer = async (): Promise<void> => {
    for (let n = next++; n < cases; n = next++) await open(opened.engine, n)
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  if (others > 0) addLines(opened.file, others)
  const owned = stack.move()
  return { ...opened, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** A database without any case, under a policy. */
export async function emptyOffice(policy: Policy): Promise<Office> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const log = { info: () => undefined, warn: () => undefined, error: console.error }
  const file = join(folder, 'cases.db')
  const store = stack.use(await openStore({ database: `file:${file}`, masterKey: new Uint8Array(32).fill(7), log }))
  const parser = stack.use(createParser())
  const domain = { touches, decide, evolve: evolveRecorded, react: () => [], clocks, rowOf }
  const clock = { now: () => instant(Date.now()), wait: () => Promise.resolve() }
  const engine = createEngine({
    ...store,
    policy: { policy, hash: Sha256.parse('0'.repeat(64)) },
    domain,
    parser,
    clock,
    log,
  })
  const owned = stack.move()
  return { engine, router: createRouter({ engine }), store, file, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/**
 * The line of one case again and again. They are counted, found and passed over like all others; only their sealed part
 * cannot be read, so no page that is asked for may come to them. Opened one by one each would take some milliseconds.
 */
function addLines(file: string, others: number): void {
  using database = new DatabaseSync(file)
  database
    .prepare(
      `WITH RECURSIVE "others"("n") AS (SELECT 1 UNION ALL SELECT "n" + 1 FROM "others" WHERE "n" < ?),
            "one" AS (SELECT * FROM "CaseRow" ORDER BY "urgency" DESC LIMIT 1)
       INSERT INTO "CaseRow" ("stream", "version", "open", "stage", "urgency", "nextDue", "severity", "owner", "openedAt",
                              "dueAt", "people", "reckoned", "sealed")
       SELECT printf('OTHER-2026-%06d', "n"), "version", "open", "stage", "urgency" + 1 + "n" % 17, "nextDue", "severity",
              "owner", "openedAt", "dueAt", "people", "reckoned", "sealed"
       FROM "others", "one"`,
    )
    .run(others)
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
