import { parseArgs } from 'node:util'
import { PLACES, playOn } from './places.ts'
import { formatTally } from './tally.ts'

/**
 * `npm run histories -- --steps 5000 --seed 7`: plays one long history on each database. If a history breaks a rule,
 * the command ends with an error that names the seed.
 */
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
    /** The only database to play on: `SQLite` or `PostgreSQL`. Empty: both. */
    on: { type: 'string', default: '' },
  },
})

for (const name of PLACES.filter((place) => place.startsWith(values.on))) {
  const tally = await playOn(name, Number(values.steps), Number(values.seed))
  process.stdout.write(`${formatTally(name, tally)}\n`)
}
