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
  /** The configuration, for a command that only reads. Slack's tokens may be missing in it. */
  readonly config: () => Config
  /** Asks the running program. If no program runs, opens the database for this question. */
  readonly ask: (operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>
  /**
   * Explains why this operating system user sees nothing; undefined if the user belongs to a person. Asks the running
   * program first.
   */
  readonly nobody: () => Promise<string | undefined>
  /** True if `ask` found no running program, and mails or posts wait until the program is started. */
  readonly waits: () => boolean
}

/** What we need from the answer to the question `who`. */
const CallerAnswer = z.object({ person: z.string().optional(), account: z.string() })

/**
 * The kinds of effects that the program would perform if it were started. Without a relay it would send no mails, so
 * mails are left out.
 */
const leaving = ({ smtp, cveServices }: Config): readonly Capability[] => [
  ...PLATFORMS,
  ...(smtp.relay === undefined ? [] : (['mail'] as const)),
  ...(cveServices === undefined ? [] : (['cve'] as const)),
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
      // If the policy lists the person, there is no need to read the log.
      const listed = actorOf(config().policy.policy, 'terminal', userInfo().username)
      return listed.person === undefined ? nobodyIs(await context.ask('who', {})) : undefined
    },
    waits: () => waiting,
  }
  return context
}

const WaitingAnswer = z.object({ said: z.string().exactOptional() })

/**
 * Asks the running program what waits for the caller. Undefined if no program runs or nothing is set up yet, because
 * help must work then too.
 */
export async function waitingInRunning(): Promise<string | undefined> {
  try {
    const config = loadConfig(surroundingsOfProcess(), 'look')
    const answer = await askRunning(controlSocket(config), { operation: 'waiting', input: {} })
    return answer === 'nothing-runs' ? undefined : WaitingAnswer.parse(answer.value).said
  } catch {
    return undefined
  }
}

function nobodyIs(user: unknown): string | undefined {
  const { person, account } = CallerAnswer.parse(user)
  return person === undefined ? belongsToNobody(account) : undefined
}
