import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { LAUNCHER, newPlace } from './fixtures/running.ts'

// Under npm, and on a Node without `process.execve`, the launcher keeps running beside the program.
const UNDER_NPM = { npm_lifecycle_event: 'start' }
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The script that `npm start` gives to a shell. npm sends signals to this shell only. */
function startScript(): string {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { scripts: { start: string } }
  return scripts.start.replace('apps/embargo/bin/embargo.js', LAUNCHER)
}

describe('a signal to the process that started the program', () => {
  it('reaches the program through the launcher, which ends as the program does', async () => {
    using place = await newPlace(UNDER_NPM)
    const running = await place.start()
    expect(await running.stop('SIGTERM')).toBe(0)
    expect(running.said()).toContain('stopping')
    // The port and the database are free again.
    expect(await (await place.start()).stop('SIGTERM')).toBe(0)
  }, 60_000)

  it('reaches the program through the script of npm start', async () => {
    using place = await newPlace({ ...UNDER_NPM, PATH: `${dirname(process.execPath)}:/usr/bin:/bin` })
    const running = await place.start(['sh', '-c', startScript()])
    expect(await running.stop('SIGTERM')).toBe(0)
    expect(running.said()).toContain('stopping')
  }, 60_000)

  it('reaches the program if a shell of npx is in between and is killed', async () => {
    using place = await newPlace(UNDER_NPM)
    const running = await place.start(['sh', '-c', `"${process.execPath}" "${LAUNCHER}" start; exit $?`])
    // Kills the shell, and waits until every process that holds the pipe of the output has ended: the launcher and the
    // program too.
    await running.stop('SIGKILL')
    expect(running.said()).toContain('stopping')
  }, 60_000)

  it('stops the program in order if Ctrl-C sends a second one', async () => {
    using place = await newPlace()
    const running = await place.start()
    process.kill(running.pid, 'SIGINT')
    expect(await running.stop('SIGTERM')).toBe(0)
  }, 60_000)
})
