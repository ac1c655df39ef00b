import type { Config } from '@embargo/config'
import { personOfAccount, ROOT } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { belongsToNobody } from '../control/nobody.ts'
import { mailboxName } from '../program/mailboxes.ts'
import { npxEmbargo } from '../program/npx-command.ts'
import { botPrefix } from '../program/slack-app.ts'

export type WaitingReports = { readonly any: boolean; readonly open: number; readonly first: string | undefined }

type StartReport = {
  readonly config: Config
  /** The file of the master key, if this start created it. */
  readonly madeKeyFile: string | undefined
  readonly waiting: WaitingReports
  /** The chat platforms to which nothing can be posted now, each with the reason in words. */
  readonly away?: ReadonlyMap<Platform, string>
  readonly osUser: string
}

/** The first output of a started program: what this process does, where its files are, and what to do next. */
export function ready({ config, madeKeyFile, waiting, away = new Map(), osUser }: StartReport): readonly string[] {
  const { policy } = config.policy
  const { smtp, mailboxes = [], capabilities } = config
  const platforms = policy.platforms.filter((platform) => capabilities.has(platform))
  const here = platforms.filter((platform) => !away.has(platform))
  const chat = platforms.length === 0 ? 'no chat in this process' : `chat on ${here.join(' and ') || 'nothing yet'}`
  return [
    `Embargo is ready. Profile ${policy.profile}, ${chat}.`,
    ...[...away].flatMap(([platform, why]) => [
      `${TITLES[platform].padEnd(14)}is not connected yet: ${why}`,
      `${' '.repeat(14)}Embargo connects automatically as soon as it can; messages for it wait until then.`,
    ]),
    `Data folder   ${config.dataFolder}`,
    ...(madeKeyFile === undefined
      ? []
      : [`Master key    ${madeKeyFile} (new: store a copy of it, but not with the backups)`]),
    ...(capabilities.has('mail')
      ? [
          `Mail          ${listeners(smtp)}, for ${policy.projects.map(({ address }) => address).join(', ')}`,
          ...mailboxes.map((one) => `Mailbox       ${mailboxName(one)}`),
          smtp.relay === undefined
            ? 'Outgoing      waits here: no relay is set (EMBARGO_SMTP_RELAY); "npx embargo read mails" shows what waits'
            : 'Outgoing      through your relay',
        ]
      : ['Mail          neither in nor out: this process does not handle mail (EMBARGO_ROLE)']),
    '',
    ...inSlack(config, platforms.includes('slack')),
    ...inDiscord(platforms.includes('discord')),
    ...inTerminal({ config, waiting, osUser }, platforms),
    'Stop with Ctrl-C; nothing is lost.',
  ]
}

function listeners({ listen, smtps, lmtp }: Config['smtp']): string {
  const at = ({ host, port }: Config['smtp']['listen']): string => `${host}:${port}`
  const others = [
    smtps === undefined ? [] : `SMTP in TLS on ${at(smtps)}`,
    lmtp === undefined ? [] : `LMTP on ${'path' in lmtp ? lmtp.path : at(lmtp)}`,
  ]
  return [`SMTP on ${at(listen)}`, ...others.flat()].join(', ')
}

const TITLES: Readonly<Record<Platform, string>> = { slack: 'Slack', discord: 'Discord', terminal: 'Terminal' }

/** The lines for Slack, with the names that the commands have in the workspace. */
function inSlack({ slack }: Config, here: boolean): readonly string[] {
  if (!here) return []
  const root = (slack === undefined ? undefined : botPrefix(slack.prefix)) ?? ROOT
  return [
    `In Slack: each case has its channel; "/${root} help" lists the commands, "/${root} status all" lists the cases.`,
  ]
}

const inDiscord = (here: boolean): readonly string[] =>
  here
    ? [`In Discord: each case has its channel; "/help" lists the commands, "/${ROOT} status all" lists the cases.`]
    : []

function inTerminal(
  { config, waiting, osUser }: Omit<StartReport, 'madeKeyFile' | 'away'>,
  platforms: readonly string[],
): readonly string[] {
  const { policy } = config.policy
  const { any, open, first } = waiting
  const known = personOfAccount(policy, 'terminal', osUser) !== undefined
  // A service usually runs as a user whom the policy does not list. That is fine if people work on another platform.
  const worksHere = platforms.includes('terminal') && known
  const typed = commandLine(config)
  const embargo = `  ${typed}`
  const here = `from another terminal (in this folder${typed === 'npx embargo' ? '' : ', with the same settings'})`
  const nobody = platforms.includes('terminal') && !known ? [belongsToNobody(osUser)] : []
  if (!any) {
    return [
      ...nobody,
      ...(!config.capabilities.has('mail')
        ? []
        : worksHere
          ? [
              `Next, ${here}, an invented report to practise on. Nothing of it leaves this machine:`,
              `${embargo} report --practice`,
            ]
          : [`Send it a first report, ${here}:`, `${embargo} report`]),
    ]
  }
  if (first === undefined) return [...nobody, 'No case is open. Published and closed cases stay in the log.']
  const count = open === 1 ? '1 case is' : `${open} cases are`
  if (!worksHere) return [...nobody, `${count} open.`]
  return [
    `${count} open. To list them, the most urgent first, ${here}:`,
    `${embargo} status all`,
    'The most urgent one, and what comes next in it:',
    `${embargo} ${first} status`,
  ]
}

const USUAL_LISTEN = '127.0.0.1:2525'

/**
 * What to type in another terminal so that the command line finds this program. The SMTP address and the data folder
 * are named if they are not the usual ones.
 */
function commandLine(config: Config): string {
  const listen = `${config.smtp.listen.host}:${config.smtp.listen.port}`
  return `${listen === USUAL_LISTEN ? '' : `EMBARGO_SMTP_LISTEN=${listen} `}${npxEmbargo(config)}`
}
