import { play } from './play.ts'
import { asJson } from './print/json.ts'
import { asScreenplay } from './print/screenplay.ts'
import { untilStopped } from './until-stopped.ts'

const USAGE = `npm run demo [-- --json]

Plays one vulnerability case from the first mail to its disclosure, on emulators.
It needs no account and no network, takes less than a minute and leaves nothing.

  --json   print each line as JSON; lines that change the stage carry "stage"
`

const args = process.argv.slice(2)
const unknown = args.find((arg) => arg !== '--json' && arg !== '--help')
if (unknown !== undefined) {
  process.stderr.write(`There is no option ${unknown}.\n\n${USAGE}`)
  process.exitCode = 2
} else if (args.includes('--help')) {
  process.stdout.write(USAGE)
} else {
  const print = args.includes('--json') ? asJson : asScreenplay
  try {
    await play({ say: (line) => process.stdout.write(`${print(line)}\n`), signal: untilStopped() })
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
