import { parseArgs } from 'node:util'
import { lineOf, tableOf } from './report.ts'
import { playRounds } from './rounds.ts'
import type { Played } from './rounds.ts'

/** Kills the program again and again: `npm run kill -- --rounds 200 --seed 1`. Exits with 1 when anything was lost or doubled. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '18' }, seed: { type: 'string', default: '1' } },
})
const played: Played[] = []
for await (const one of playRounds({ rounds: Number(values.rounds), seed: Number(values.seed) })) {
  played.push(one)
  console.log(lineOf(one))
}
console.log(`\n${tableOf(played)}`)
process.exitCode = played.some(({ violations, deaths }) => violations.length > 0 || deaths === 0) ? 1 : 0
