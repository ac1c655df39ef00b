import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CaseId, instant, later, MINUTE } from '@embargo/core'
import type { CaseRow, ReadModels } from '@embargo/engine'
import { openStore } from '@embargo/store'
import { median, timed } from './figure.ts'
import type { Bench } from './figure.ts'

const FEW = 1000
const MANY = 100_000
/** So many are due at once in both: a busy morning. */
const DUE = 50
const ROUNDS = 200
const WARM_UP = 20
const WANTED_RATIO = 1.3
const NOW = instant(Date.UTC(2026, 4, 4))

/** Which clocks are due, and when the next one is: what the scheduler asks, whatever the number of cases. */
export const dueBench: Bench = {
  name: 'due',
  async measure() {
    await using stack = new AsyncDisposableStack()
    const few = await shelf(stack, FEW)
    const many = await shelf(stack, MANY)
    const times = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      // In turns, so that a busy moment of the machine meets both.
      const one = { few: await timed(() => look(few)), many: await timed(() => look(many)) }
      if (round < WARM_UP) continue
      times.few.push(one.few)
      times.many.push(one.many)
    }
    const ratio = median(times.many) / median(times.few)
    return [
      {
        work: `the clocks that are due among ${MANY} cases`,
        value: hundredths(median(times.many)),
        unit: 'ms (median)',
        runs: ROUNDS - WARM_UP,
        target: `at most ${WANTED_RATIO} of that among ${FEW}; it is ${ratio.toFixed(2)}`,
        met: ratio <= WANTED_RATIO,
        beside: { what: `${FEW} cases`, value: hundredths(median(times.few)), unit: 'ms' },
      },
    ]
  },
}

const hundredths = (value: number): number => Math.round(value * 100) / 100

async function look(readModels: ReadModels): Promise<void> {
  const due = await readModels.due(NOW)
  const next = await readModels.nextDue()
  if (due.length !== DUE || next === undefined) throw new Error(`${due.length} of ${DUE} cases are due`)
}

/** A database with the lines of so many open cases: `DUE` of them are due, the others ring later. */
async function shelf(stack: AsyncDisposableStack, cases: number): Promise<ReadModels> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cases.db')
  const log = { info: () => undefined, warn: () => undefined, error: console.error }
  const options = { database: `file:${file}`, masterKey: new Uint8Array(32).fill(7), log } as const
  {
    await using store = await openStore(options)
    await store.readModels.replace(FIRST)
  }
  copied(file, cases)
  return stack.use(await openStore(options)).readModels
}

const FIRST: CaseRow = {
  stream: CaseId.parse('SEC-2026-0001'),
  version: 1,
  open: true,
  stage: 'received',
  urgency: 7,
  nextDue: later(NOW, MINUTE),
  severity: 'unrated',
  owner: '',
  openedAt: NOW,
  people: [],
  channels: [],
  summary: { project: 'quillmark' },
}

/**
 * The first line again and again, under other numbers. One by one through the store each would take an fsync; who asks
 * what is due opens none of them. The due ones lie anywhere among the others, not in a row.
 */
function copied(file: string, cases: number): void {
  using database = new DatabaseSync(file)
  database
    .prepare(
      `WITH RECURSIVE "others"("n") AS (SELECT 2 UNION ALL SELECT "n" + 1 FROM "others" WHERE "n" < ?)
       INSERT INTO "CaseRow" ("stream", "version", "open", "stage", "urgency", "nextDue", "sealed")
       SELECT printf('SEC-2026-%06d', "n"), "version", "open", "stage", "n" % 17,
              ? + CASE WHEN "n" <= ? AND "n" % ? = 0 THEN -"n" ELSE "n" END * 60000, "sealed"
       FROM "others", "CaseRow"`,
    )
    .run(cases, NOW, FEW, FEW / DUE)
}
