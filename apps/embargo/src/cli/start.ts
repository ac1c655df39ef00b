import { mkdirSync } from 'node:fs'
import { loadSecrets } from '@embargo/config'
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
          ? 'Outgoing      kept, not sent: no relay is set (EMBARGO_SMTP_RELAY); "npm run embargo -- mail" shows them'
          : 'Outgoing      through your relay',
        '',
        'Send it a first report, from another terminal:',
        '  npm run embargo -- report',
        'Then see the case and run commands on it:',
        '  npm run embargo -- cases',
        '  npm run embargo -- case SEC-' + new Date(systemClock.now()).getUTCFullYear() + '-0001 ack',
        'Stop with Ctrl-C; nothing is lost.',
      ].join('\n'),
    )
    const signal = await stop
    log.info('stopping', { signal })
    return 0
  },
}
