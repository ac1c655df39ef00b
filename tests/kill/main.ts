import { parseArgs } from 'node:util'
import { startPostgres } from '@embargo/testkit'
import { POINTS } from './points.ts'
import { lineOf, tableOf } from './report.ts'
import { playRounds } from './rounds.ts'
import type { RoundResult } from './rounds.ts'

/**
 * `npm run kill -- --rounds 200 --seed 1`: kills the program again and again. Exits with 1 if anything was lost or
 * doubled, or if a crash point was never reached. `--first 37 --rounds 1` repeats the 37th round of a seed.
 * `--postgresql` plays on a separate PostgreSQL instead of SQLite.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: String(POINTS.length) },
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '1' },
    postgresql: { type: 'boolean', default: false },
  },
})
const [rounds, seed, first] = [values.rounds, values.seed, values.first].map(Number)
await using postgres = values.postgresql ? await startPostgres() : undefined
const database = postgres === undefined ? {} : { database: () => postgres.database() }
const played: RoundResult[] = []
for await (const one of playRounds({ rounds: rounds ?? 1, seed: seed ?? 1, first: first ?? 1, ...database })) {
  played.push(one)
  console.log(lineOf(one))
}
console.log(`\n${tableOf(played)}`)
process.exitCode = played.some(({ violations, deaths }) => violations.length > 0 || deaths === 0) ? 1 : 0
