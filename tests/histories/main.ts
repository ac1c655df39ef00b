import { parseArgs } from 'node:util'
import { inWords, PLACES, playOn } from './places.ts'

/**
 * `npm run histories -- --steps 5000 --seed 7`: one long history on each database.
 * A history that breaks a rule ends it with an error that names the seed.
 */
const { values } = parseArgs({
  options: { steps: { type: 'string', default: '3000' }, seed: { type: 'string', default: '1' } },
})

for (const name of PLACES) {
  const tally = await playOn(name, Number(values.steps), Number(values.seed))
  process.stdout.write(`${inWords(name, tally)}\n`)
}
