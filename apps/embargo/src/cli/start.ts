import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { shellWord } from '@embargo/chat'
import { DATA_FOLDER, loadConfig, loadSecrets } from '@embargo/config'
import type { Config } from '@embargo/config'
import { serveControl } from '../control/server.ts'
import { operate } from '../control/operations.ts'
import { createLog } from '../program/log.ts'
import { startProgram } from '../program/program.ts'
import type { Program } from '../program/program.ts'
import { systemClock } from '../program/system-clock.ts'
import type { CliCommand } from './command.ts'
import { controlSocket } from './context.ts'
import { CliError } from './output.ts'

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
  run: async (args, context) => {
    if (args.length > 0)
      throw new CliError(
        `"embargo start" takes no "${args.join(' ')}". What it needs stands in the environment and the policy.`,
      )
    const { output } = context
    const asked = loadConfig()
    mkdirSync(asked.dataFolder, { recursive: true, mode: 0o700 })
    const secrets = loadSecrets(asked)
    const log = createLog()
    const stop = new Promise<string>((resolve) => {
      process.once('SIGINT', () => resolve('SIGINT'))
      process.once('SIGTERM', () => resolve('SIGTERM'))
    })
    await using program = await startProgram({ config: asked, secrets, clock: systemClock, log, say: output.out })
    const config = listeningAt(asked, program.smtpPort)
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
        `Mail          SMTP on ${config.smtp.listen.host}:${config.smtp.listen.port}, for ${project?.address ?? ''}`,
        config.smtp.relay === undefined
          ? 'Outgoing      kept, not sent: no relay is set (EMBARGO_SMTP_RELAY); "npx embargo mail" shows them'
          : 'Outgoing      through your relay',
        '',
        ...whatNext(config, await waiting(program)),
        'Stop with Ctrl-C; nothing is lost.',
      ].join('\n'),
    )
    const signal = await stop
    log.info('stopping', { signal })
    return 0
  },
}

/** With the port that was got where any free one was asked for: that is where mail goes now. */
const listeningAt = (config: Config, port: number | undefined): Config => ({
  ...config,
  smtp: { ...config.smtp, listen: { ...config.smtp.listen, port: port ?? config.smtp.listen.port } },
})

type Waiting = { readonly any: boolean; readonly open: number; readonly first: string | undefined }

/** Numbers alone: what a terminal prints is read over a shoulder, and kept by system logs. */
async function waiting({ store }: Program): Promise<Waiting> {
  const [any, open, { rows }] = await Promise.all([
    store.readModels.count({}),
    store.readModels.count({ open: true }),
    store.readModels.cases({ open: true, limit: 1 }),
  ])
  return { any: any > 0, open, first: rows[0]?.stream }
}

/** The first time how to try it; afterwards what waits. */
function whatNext(config: Config, { any, open, first }: Waiting): readonly string[] {
  const embargo = `  ${prefix(config)}npx embargo`
  const here = `from another terminal (${where(config)})`
  const [project] = config.policy.policy.projects
  if (!any) {
    const number = `${project?.prefix ?? 'SEC'}-${new Date(systemClock.now()).getUTCFullYear()}-0001`
    return [
      `Send it a first report, ${here}:`,
      `${embargo} report`,
      'Then see the case and run commands on it:',
      `${embargo} cases`,
      `${embargo} case ${number} ack`,
    ]
  }
  if (first === undefined) return ['No case is open. What was published or closed stays in the log.']
  return [
    `${open === 1 ? '1 case is' : `${open} cases are`} open. The most urgent first, ${here}:`,
    `${embargo} cases`,
    'The most urgent one, and what comes next in it:',
    `${embargo} case ${first} status`,
  ]
}

const USUAL_LISTEN = '127.0.0.1:2525'

const where = (config: Config): string =>
  prefix(config) === '' ? 'in this folder' : 'in this folder, with the same settings'

/** What another terminal must set to find this program, where it is not where it usually is. */
function prefix({ dataFolder, smtp }: Config): string {
  const listen = `${smtp.listen.host}:${smtp.listen.port}`
  const settings = [
    ...(dataFolder === resolve(DATA_FOLDER) ? [] : [`EMBARGO_DATA=${shellWord(dataFolder)} `]),
    ...(listen === USUAL_LISTEN ? [] : [`EMBARGO_SMTP_LISTEN=${listen} `]),
  ]
  return settings.join('')
}
