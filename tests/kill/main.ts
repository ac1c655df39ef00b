import { parseArgs } from 'node:util'
import { lineOf, tableOf } from './report.ts'
import { playRounds } from './rounds.ts'
import type { Played } from './rounds.ts'

/**
 * Kills the program again and again: `npm run kill -- --rounds 200 --seed 1`. Exits with 1 when anything was lost or
 * doubled, or a place was never reached. `--first 37 --rounds 1` plays the 37th round of a seed again.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '19' },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '1' },
  },
})
const [rounds, seed, first] = [values.rounds, values.seed, values.first].map(Number)
const played: Played[] = []
for await (const one of playRounds({ rounds: rounds ?? 1, seed: seed ?? 1, first: first ?? 1 })) {
  played.push(one)
  console.log(lineOf(one))
}
console.log(`\n${tableOf(played)}`)
process.exitCode = played.some(({ violations, deaths }) => violations.length > 0 || deaths === 0) ? 1 : 0
