import type { DamagedRow } from '@embargo/engine'
import { caseNumber } from '@embargo/engine'
import type { Db } from '../database/db.ts'
import { PLACES } from '../outbox/order.ts'
import { counterName, MAX_CASES, numberOf, type Series } from './case-numbers.ts'

/** The counters that are smaller than a number that was already given out. */
export async function wrongCounters(db: Db, streams: ReadonlySet<string>): Promise<readonly DamagedRow[]> {
  const highest = new Map<string, Series & { readonly number: number }>()
  for (const stream of streams) {
    const one = numberOf(stream)
    if (one !== undefined && (highest.get(counterName(one))?.number ?? 0) < one.number)
      highest.set(counterName(one), one)
  }
  const last = await db.effect.findFirst({
    where: { seq: { lt: PLACES } },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  })
  const counters = new Map((await db.counter.findMany()).map(({ name, value }) => [name, value]))
  const wanted = [
    ...[...highest].map(([name, { prefix, year, number }]) => ({
      name,
      number: BigInt(number),
      of: caseNumber(prefix, year, number),
      most: MAX_CASES,
    })),
    { name: 'outbox', number: last?.seq ?? 0n, of: `an effect at place ${last?.seq}`, most: PLACES },
  ]
  return wanted.flatMap(({ name, number, of, most }) => {
    const value = counters.get(name)
    if (value !== undefined && value >= number && value <= most) return []
    const stands = value === undefined ? 'it is gone' : `its value is ${value}`
    return [{ table: 'Counter', row: name, because: `${stands}, but there is ${of}` }]
  })
}
