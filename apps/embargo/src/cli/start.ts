import { mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { loadConfig, loadSecrets } from '@embargo/config'
import type { Config } from '@embargo/config'
import { serveControl } from '../control/server.ts'
import { operate } from '../control/operations.ts'
import { createLog } from '../program/log.ts'
import { startProgram } from '../program/program.ts'
import type { Program } from '../program/program.ts'
import { systemClock } from '../program/system-clock.ts'
import { checkOutside } from './preflight.ts'
import type { CliCommand } from './command.ts'
import { controlSocket } from './context.ts'
import { CliError } from './output.ts'
import { ready } from './ready.ts'
import type { WaitingReports } from './ready.ts'

/** `embargo start`: runs until it is told to stop (SIGINT, SIGTERM). */
export const startCommand: CliCommand = {
  name: 'start',
  uses: [{ usage: 'start', summary: 'Run the program: mail in and out, chat, clocks' }],
  help: {
    examples: [
      ['start', 'until Ctrl-C or SIGTERM; nothing is lost'],
      ['start 2> embargo.log', 'with its log as JSON in a file'],
    ],
    exits: [
      ['0', 'it was told to stop, and stopped'],
      ['1', 'it could not start, and says what to change'],
      ['2', 'wrong use: nothing was tried'],
    ],
  },
  run: async (args, { output }) => {
    if (args.length > 0)
      throw new CliError(
        `"embargo start" takes no "${args.join(' ')}". Its settings come from the environment and the policy.`,
      )
    const configuration = loadConfig()
    const log = createLog()
    await checkOutside(configuration, log)
    mkdirSync(configuration.dataFolder, { recursive: true, mode: 0o700 })
    const secrets = loadSecrets(configuration)
    const stop = new Promise<string>((resolve) => {
      // Ctrl-C may arrive twice, from the terminal and from npm or the launcher. The second must not interrupt the
      // shutdown.
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve(signal))
    })
    await using program = await startProgram({
      config: configuration,
      secrets,
      clock: systemClock,
      log,
      say: output.out,
    })
    const config = listeningAt(configuration, program.smtpPort)
    await using _control = await serveControl(controlSocket(config), (question) => operate(program, question), log)
    for (const notice of config.notices) output.err(notice)
    output.out(
      ready({
        config,
        madeKeyFile: secrets.madeKeyFile,
        waiting: await waiting(program),
        away: program.away(),
        osUser: userInfo().username,
      }).join('\n'),
    )
    const signal = await stop
    log.info('stopping', { signal })
    return 0
  },
}

/** The configuration with the actual port of the SMTP listener. The configured port may be 0, for any free port. */
const listeningAt = (config: Config, port: number | undefined): Config => ({
  ...config,
  smtp: { ...config.smtp, listen: { ...config.smtp.listen, port: port ?? config.smtp.listen.port } },
})

/**
 * Gets only the count of open cases and one case number. Nothing else of a case is printed at the start, because a
 * terminal can be read over a shoulder, and system logs keep what the program prints.
 */
async function waiting({ store }: Program): Promise<WaitingReports> {
  const [any, open, { rows }] = await Promise.all([
    store.readModels.count({}),
    store.readModels.count({ open: true }),
    store.readModels.cases({ open: true, limit: 1 }),
  ])
  return { any: any > 0, open, first: rows[0]?.stream }
}
