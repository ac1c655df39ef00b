import { DAY, instant, measuresOf, Milestones } from '@embargo/core'
import type { RunningEngine } from '@embargo/engine'
import { benchPolicy } from './durable.ts'
import { median, timed } from './figure.ts'
import type { Bench } from './figure.ts'
import { office } from './office.ts'

const CASES = 5000
const FEW = 100
const ROUNDS = 7
const WANTED_MS = 2000
/** As the command line asks for them. */
const PAGE = 200

/** `embargo report --from --to`: a year of cases read from their lines, unsealed, and held against the policy. */
export const reportBench: Bench = {
  name: 'report',
  async measure() {
    await using few = await office(FEW)
    await using many = await office(CASES)
    const times: number[] = []
    const beside: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await timed(() => report(many.engine, CASES)))
      beside.push(await timed(() => report(few.engine, FEW)))
    }
    const value = Math.round(median(times))
    return [
      {
        work: `report over a year of ${CASES} cases`,
        value,
        unit: 'ms (median)',
        runs: ROUNDS,
        target: `under ${WANTED_MS}`,
        met: value < WANTED_MS,
        beside: { what: `${FEW} cases`, value: Math.round(median(beside) * 10) / 10, unit: 'ms' },
      },
    ]
  },
}

async function report(engine: RunningEngine, cases: number): Promise<void> {
  const now = engine.now()
  const all: Milestones[] = []
  for (let offset = 0; ; offset += PAGE) {
    const page = await engine.cases({ limit: PAGE, offset })
    all.push(...page.rows.map(({ summary }) => Milestones.parse(summary)))
    if (!page.more) break
  }
  const from = instant(now - 365 * DAY)
  const measures = measuresOf(benchPolicy, all, { from, to: instant(now + 1), now })
  if (measures.cases !== cases) throw new Error(`The report counts ${measures.cases} of ${cases} cases.`)
}
