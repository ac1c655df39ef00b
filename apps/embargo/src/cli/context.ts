import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { loadConfig, loadSecrets, surroundingsOfProcess } from '@embargo/config'
import type { Config } from '@embargo/config'
import { actorOf, PLATFORMS } from '@embargo/core'
import type { Capability } from '@embargo/core'
import { z } from 'zod'
import { askRunning } from '../control/client.ts'
import { belongsToNobody } from '../control/nobody.ts'
import { operate } from '../control/operations.ts'
import { createLog } from '../program/log.ts'
import { openProgram } from '../program/program.ts'
import { systemClock } from '../program/system-clock.ts'
import { CliError } from './output.ts'
import type { Output } from './output.ts'

export type CliContext = {
  readonly output: Output
  /** For reading: Slack's tokens may be missing. */
  readonly config: () => Config
  /** Asks the running program; if none runs, opens the database for this question. */
  readonly ask: (operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>
  /** Why nothing is shown, if the user who types is nobody in the policy; asks the running program, because it knows the user. */
  readonly nobody: () => Promise<string | undefined>
  /** True when something was done with no program running, and mails or posts wait for one. */
  readonly waits: () => boolean
}

/** As `who` answers; more than that is not needed. */
const Who = z.object({ person: z.string().optional(), account: z.string() })

/** The things that a running program would send: without a relay, mails wait for one and not for a start. */
const leaving = ({ smtp }: Config): readonly Capability[] => [
  ...PLATFORMS,
  ...(smtp.relay === undefined ? [] : (['mail'] as const)),
]

export const controlSocket = (config: Config): string => join(config.dataFolder, 'control.sock')

export function createContext(output: Output): CliContext {
  let loaded: Config | undefined
  let waiting = false
  const config = () => (loaded ??= loadConfig(surroundingsOfProcess(), 'look'))
  const context: CliContext = {
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
      const value = await operate(opened, question)
      waiting = (await opened.store.outbox.nextAt(leaving(config()))) !== undefined
      return value
    },
    async nobody() {
      const answer = await askRunning(controlSocket(config()), { operation: 'who', input: {} })
      if (answer !== 'nothing-runs') return nobodyIs(answer.value)
      // A person whom the policy lists need not be looked up in the log.
      const listed = actorOf(config().policy.policy, 'terminal', userInfo().username)
      return listed.person === undefined ? nobodyIs(await context.ask('who', {})) : undefined
    },
    waits: () => waiting,
  }
  return context
}

const Waiting = z.object({ said: z.string().exactOptional() })

/** What waits for the person who types, in the words of a running program. Somebody who has set up nothing yet only asked for help. */
export async function waitingInRunning(): Promise<string | undefined> {
  try {
    const config = loadConfig(surroundingsOfProcess(), 'look')
    const answer = await askRunning(controlSocket(config), { operation: 'waiting', input: {} })
    return answer === 'nothing-runs' ? undefined : Waiting.parse(answer.value).said
  } catch {
    return undefined
  }
}

function nobodyIs(user: unknown): string | undefined {
  const { person, account } = Who.parse(user)
  return person === undefined ? belongsToNobody(account) : undefined
}
