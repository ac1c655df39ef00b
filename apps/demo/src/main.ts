import { parseArgs } from 'node:util'
import { play } from './play.ts'
import type { Played } from './play.ts'
import { asJson } from './print/json.ts'
import { asScreenplay } from './print/screenplay.ts'
import { untilStopped } from './until-stopped.ts'

const USAGE = `npm run demo [-- --platform slack|discord|both] [-- --json]

Plays one vulnerability case from the first mail to its disclosure, on emulators.
It needs no account and no network, takes less than a minute and leaves nothing.

  --platform  where the team works: slack (as it is), discord, or both, begun in
              Slack and ended in Discord
  --json      print each line as JSON; lines that change the stage carry "stage"
`

const PLATFORMS: readonly string[] = ['slack', 'discord', 'both'] satisfies readonly Played[]

const isPlayed = (platform: string): platform is Played => PLATFORMS.includes(platform)

type Wanted = { readonly on: Played; readonly json: boolean; readonly help: boolean }

/** The parsed arguments, or what is wrong with them. */
function wanted(args: readonly string[]): Wanted | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        platform: { type: 'string', default: 'slack' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    const { platform, json, help } = values
    return isPlayed(platform) ? { on: platform, json, help } : `There is no platform ${platform}.`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const asked = wanted(process.argv.slice(2))
if (typeof asked === 'string') {
  process.stderr.write(`${asked}\n\n${USAGE}`)
  process.exitCode = 2
} else if (asked.help) {
  process.stdout.write(USAGE)
} else {
  const print = asked.json ? asJson : asScreenplay
  try {
    await play({ on: asked.on, say: (line) => process.stdout.write(`${print(line)}\n`), signal: untilStopped() })
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
