import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, loadSecrets, surroundingsOfProcess } from '@embargo/config'
import type { Config } from '@embargo/config'
import { askRunning } from '../control/client.ts'
import { operate } from '../control/operations.ts'
import { createLog } from '../program/log.ts'
import { openProgram } from '../program/program.ts'
import { systemClock } from '../program/system-clock.ts'
import { CliError } from './output.ts'
import type { Output } from './output.ts'

export type CliContext = {
  readonly output: Output
  /** For looking: Slack's tokens may be missing. */
  readonly config: () => Config
  /** Asks the running program; opens the database for the moment when nothing runs. */
  readonly ask: (operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>
}

export const controlSocket = (config: Config): string => join(config.dataFolder, 'control.sock')

export function createContext(output: Output): CliContext {
  let loaded: Config | undefined
  const config = () => (loaded ??= loadConfig(surroundingsOfProcess(), 'look'))
  return {
    output,
    config,
    async ask(operation, input) {
      const question = { operation, input }
      const answer = await askRunning(controlSocket(config()), question)
      if (answer !== 'nothing-runs') return answer.value
      if (config().database.is === 'sqlite' && !existsSync(config().dataFolder)) {
        throw new CliError(
          `Nothing has run in ${config().dataFolder} yet. Start the program with "npm start", or name its data folder in EMBARGO_DATA.`,
          1,
        )
      }
      await using opened = await openProgram({
        config: config(),
        secrets: loadSecrets(config()),
        clock: systemClock,
        log: createLog(),
      })
      return await operate(opened, question)
    },
  }
}
