import type { DamagedRow } from '@embargo/engine'
import { caseNumber } from '@embargo/engine'
import type { Db } from '../database/db.ts'
import { counterName, numberOf, type Series } from './case-numbers.ts'

/** A counter is ahead of everything that it gave a number to. */
export async function wrongCounters(db: Db, streams: ReadonlySet<string>): Promise<readonly DamagedRow[]> {
  const highest = new Map<string, Series & { readonly number: number }>()
  for (const stream of streams) {
    const one = numberOf(stream)
    if (one !== undefined && (highest.get(counterName(one))?.number ?? 0) < one.number)
      highest.set(counterName(one), one)
  }
  const last = await db.effect.findFirst({ orderBy: { seq: 'desc' }, select: { seq: true } })
  const counters = new Map((await db.counter.findMany()).map(({ name, value }) => [name, Number(value)]))
  const wanted = [
    ...[...highest].map(([name, { prefix, year, number }]) => ({ name, number, of: caseNumber(prefix, year, number) })),
    { name: 'outbox', number: Number(last?.seq ?? 0), of: `an effect with the place ${last?.seq}` },
  ]
  return wanted.flatMap(({ name, number, of }) => {
    const value = counters.get(name)
    if (value !== undefined && value >= number) return []
    return [
      {
        table: 'Counter',
        row: name,
        because: value === undefined ? `it is gone, and there is ${of}` : `it stands at ${value}, and there is ${of}`,
      },
    ]
  })
}
