import { parseArgs } from 'node:util'
import { safeJson } from '@embargo/chat'
import { DAY, instant, later } from '@embargo/core'
import type { Instant } from '@embargo/core'
import type { PromisedMeasures } from '../measures/promised-measures.ts'
import { measuresFacts, measuresTable } from '../measures/table.ts'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { CliError } from './output.ts'

type Times = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly json?: boolean | undefined
}

const A_DAY = /^\d{4}-\d{2}-\d{2}$/

const STRING = { type: 'string' } as const

/** `embargo stats`: shows how reports were handled between two days. */
export const statsCommand: CliCommand = {
  name: 'stats',
  uses: [
    {
      usage: 'stats --from <day> [--to <day>] [--json]',
      summary: 'Show how fast reports were handled between two days, compared with the policy',
    },
  ],
  help: {
    options: [
      ['--from <day>', 'the first day, in UTC (2026-01-31)'],
      ['--to <day>', 'the last day, included; today by default'],
      JSON_OPTION,
    ],
    examples: [['stats --from 2026-01-01 --to 2026-12-31', 'the figures of a year']],
  },
  run: async (args, context) => {
    const { values } = parseArgs({ args: [...args], options: { from: STRING, to: STRING, json: { type: 'boolean' } } })
    return stats(values, context)
  },
}

/** Prints the figures. Both days are included. Days are in UTC. */
async function stats({ from, to, json }: Times, { ask, output }: CliContext): Promise<number> {
  if (from === undefined || !A_DAY.test(from))
    throw new CliError('From which day? Type, for example: embargo stats --from 2026-01-01')
  const begin = dayOf(from)
  const end = to === undefined ? later(instant(Date.now()), 1) : later(dayOf(to), DAY)
  if (end <= begin) throw new CliError(`${to ?? 'Today'} is before ${from}, so there is no time between them.`)
  const measures = (await ask('measures', { from: begin, to: end })) as PromisedMeasures
  output.out(json === true ? safeJson(measuresFacts(measures)) : measuresTable(measures))
  return 0
}

function dayOf(text: string): Instant {
  const at = A_DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new CliError(`"${text}" is not a day. Write a day as 2026-01-31.`)
  return instant(at)
}
