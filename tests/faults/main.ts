#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { CELLS, playAll } from './matrix.ts'
import { isWhole, linesOf, sumOf, tableOf } from './report.ts'

/**
 * `npm run faults`: plays every fault with every effect on both chat platforms. Prints a table of what was lost and
 * what was doubled. Exits with 1 if anything was lost or doubled. `--only slack` plays only the cells whose names
 * contain "slack".
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const cells = CELLS.filter(({ platform, effect, fault }) =>
  `${platform}: ${effect.name}, ${fault.name}`.includes(values.only),
)
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const outcomes = await playAll(cells, (outcome) => {
  for (const line of linesOf(outcome)) say(line)
})
say(`\n${tableOf(outcomes)}\n\n${sumOf(outcomes)}`)
process.exitCode = outcomes.length > 0 && outcomes.every(isWhole) ? 0 : 1
