import { parseArgs } from 'node:util'
import { play } from './play.ts'
import type { DemoPlatforms } from './play.ts'
import type { Line } from './line.ts'
import { asJson } from './print/json.ts'
import { asScreenplay } from './print/screenplay.ts'
import { asShort, SHORT_END } from './print/short.ts'
import { untilStopped } from './until-stopped.ts'

const USAGE = `npm run demo [-- --platform slack|discord|both] [-- --whole | --json]

Plays one vulnerability case from the first mail to its disclosure, on emulators.
It needs no account and no network, takes less than a minute and leaves nothing.
What it prints is read in three minutes.

  --platform  where the team works: slack (as it is), discord, or both, begun in
              Slack and ended in Discord
  --whole     print every card, form and mail
  --json      print each line as JSON; lines that change the stage carry "stage"
`

const PLATFORMS: readonly string[] = ['slack', 'discord', 'both'] satisfies readonly DemoPlatforms[]

const isDemoPlatforms = (platform: string): platform is DemoPlatforms => PLATFORMS.includes(platform)

type DemoArguments = {
  readonly on: DemoPlatforms
  readonly print: (line: Line) => string | undefined
  readonly help: boolean
}

/** The parsed arguments, or what is wrong with them. */
function optionsFrom(args: readonly string[]): DemoArguments | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        platform: { type: 'string', default: 'slack' },
        whole: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const { platform, whole, json, help } = values
    const print = json ? asJson : whole ? asScreenplay : asShort
    return isDemoPlatforms(platform) ? { on: platform, print, help } : `There is no platform ${platform}.`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const options = optionsFrom(process.argv.slice(2))
if (typeof options === 'string') {
  process.stderr.write(`${options}\n\n${USAGE}`)
  process.exitCode = 2
} else if (options.help) {
  process.stdout.write(USAGE)
} else {
  const { on, print } = options
  const say = (line: Line): void => {
    const printed = print(line)
    if (printed !== undefined) process.stdout.write(`${printed}\n`)
  }
  try {
    await play({ on, say, signal: untilStopped() })
    if (print === asShort) process.stdout.write(`${SHORT_END}\n`)
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
