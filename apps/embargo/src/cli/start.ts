import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { DATA_FOLDER, loadSecrets } from '@embargo/config'
import type { Config } from '@embargo/config'
import { serveControl } from '../control/server.ts'
import { operate } from '../control/operations.ts'
import { createLog } from '../program/log.ts'
import { startProgram } from '../program/program.ts'
import { systemClock } from '../program/system-clock.ts'
import type { CliCommand } from './command.ts'
import { controlSocket } from './context.ts'

/** `embargo start`: runs until it is told to stop (SIGINT, SIGTERM). */
export const startCommand: CliCommand = {
  name: 'start',
  usage: 'start',
  summary: 'Run the program: mail in and out, chat, clocks',
  run: async (_args, context) => {
    const { output } = context
    const config = context.config()
    mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 })
    const secrets = loadSecrets(config)
    const log = createLog()
    const stop = new Promise<string>((resolve) => {
      process.once('SIGINT', () => resolve('SIGINT'))
      process.once('SIGTERM', () => resolve('SIGTERM'))
    })
    await using program = await startProgram({ config, secrets, clock: systemClock, log, say: output.out })
    await using _control = await serveControl(controlSocket(config), (question) => operate(program, question), log)
    for (const notice of config.notices) output.err(notice)
    const { policy } = config.policy
    const [project] = policy.projects
    output.out(
      [
        `Embargo is ready. Profile ${policy.profile}, chat on ${policy.platforms.join(' and ')}.`,
        `Data folder   ${config.dataFolder}`,
        ...(secrets.madeKeyFile === undefined
          ? []
          : [`Master key    ${secrets.madeKeyFile} (new: keep a copy, apart from the backups)`]),
        `Mail          SMTP on ${config.smtp.listen.host}:${program.smtpPort ?? config.smtp.listen.port}, for ${project?.address ?? ''}`,
        config.smtp.relay === undefined
          ? 'Outgoing      kept, not sent: no relay is set (EMBARGO_SMTP_RELAY); "npx embargo mail" shows them'
          : 'Outgoing      through your relay',
        '',
        `Send it a first report, from another terminal (${where(config)}):`,
        `  ${prefix(config)}npx embargo report`,
        'Then see the case and run commands on it:',
        `  ${prefix(config)}npx embargo cases`,
        `  ${prefix(config)}npx embargo case ${project?.prefix ?? 'SEC'}-${new Date(systemClock.now()).getUTCFullYear()}-0001 ack`,
        'Stop with Ctrl-C; nothing is lost.',
      ].join('\n'),
    )
    const signal = await stop
    log.info('stopping', { signal })
    return 0
  },
}

const USUAL_LISTEN = '127.0.0.1:2525'

const where = (config: Config): string =>
  prefix(config) === '' ? 'in this folder' : 'in this folder, with the same settings'

/** What another terminal must set to find this program, where it is not where it usually is. */
function prefix({ dataFolder, smtp }: Config): string {
  const listen = `${smtp.listen.host}:${smtp.listen.port}`
  const settings = [
    ...(dataFolder === resolve(DATA_FOLDER) ? [] : [`EMBARGO_DATA=${dataFolder} `]),
    ...(listen === USUAL_LISTEN ? [] : [`EMBARGO_SMTP_LISTEN=${listen} `]),
  ]
  return settings.join('')
}
