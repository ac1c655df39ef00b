import { safeJson } from '@embargo/chat'
import { DAY, instant, later } from '@embargo/core'
import type { Instant } from '@embargo/core'
import type { PromisedMeasures } from '../measures/promised.ts'
import { measuresFacts, measuresTable } from '../measures/table.ts'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

type Times = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly json?: boolean | undefined
}

const A_DAY = /^\d{4}-\d{2}-\d{2}$/

/** Has the form of a day; whether the day exists is checked later, so that 2026-02-31 is not taken for an address. */
export const isDay = (text: string): boolean => A_DAY.test(text)

/** `embargo report --from 2026-01-01 --to 2026-12-31`: both days are counted. Days are in UTC. */
export async function reportTimes({ from, to, json }: Times, { ask, output }: CliContext): Promise<number> {
  if (from === undefined || !isDay(from))
    throw new CliError('From which day? It is written: embargo report --from 2026-01-01')
  const begin = dayOf(from)
  const end = to === undefined ? later(instant(Date.now()), 1) : later(dayOf(to), DAY)
  if (end <= begin) throw new CliError(`${to ?? 'Today'} is before ${from}, so no time lies between them.`)
  const measures = (await ask('measures', { from: begin, to: end })) as PromisedMeasures
  output.out(json === true ? safeJson(measuresFacts(measures)) : measuresTable(measures))
  return 0
}

function dayOf(text: string): Instant {
  const at = A_DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new CliError(`"${text}" is no day. A day is written 2026-01-31.`)
  return instant(at)
}
