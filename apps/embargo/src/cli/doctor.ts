import { parseArgs } from 'node:util'
import { mappedGroups } from '@embargo/bot-kit'
import { catalogue, safeJson } from '@embargo/chat'
import type { Config } from '@embargo/config'
import { MINUTE } from '@embargo/core'
import type { ExpectedServer } from '@embargo/discord-bot'
import { z } from 'zod'
import { discordBotConfig } from '../program/discord-app.ts'
import { exitCodeOf, factsOf, lineOf } from './checks.ts'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { doctorCve } from './doctor-cve.ts'
import { doctorGitHub } from './doctor-github.ts'
import { doctorMail } from './doctor-mail.ts'
import { doctorPublication } from './doctor-publication.ts'
import { JSON_OPTION } from './help.ts'
import { CliError } from './output.ts'

/** `embargo doctor`: to be run after the set-up and after each change. */
export const doctorCommand: CliCommand = {
  name: 'doctor',
  entry: {
    usage: 'doctor mail | discord | github | cve | publication [--json]',
    summary: 'Test the mail set-up, the Discord server, GitHub, CVE Services, or what a publication would need',
  },
  uses: [
    {
      usage: 'doctor discord [--json]',
      summary: 'Look at the live server: token, intents, permissions, commands, channels, roles, people',
    },
    {
      usage: 'doctor mail [--wait <minutes>] [--json]',
      summary: 'Send a mail to your own address, and check what was changed on its way back',
    },
    {
      usage: 'doctor cve [--json]',
      summary: 'Try the credentials for CVE Services: which instance, whose ids, how many are left',
    },
    {
      usage: 'doctor github [--json]',
      summary: 'Ask GitHub which permissions the app or token lacks or does not need, and who sees draft advisories',
    },
    {
      usage: 'doctor publication [--json]',
      summary: 'Say for each project what a publication does at each target, and which settings are missing',
    },
  ],
  help: {
    options: [['--wait <minutes>', 'how long the mail may take; 5 by default'], JSON_OPTION],
    examples: [
      ['doctor discord', 'says for each problem which setting to change'],
      ['doctor mail', 'says what the relay and the mail server change in your mails; opens no case'],
      ['doctor cve', 'says whether ids come from the test or the production instance, and shows the quota'],
      ['doctor github', 'says which permission to add or take away, for each repository of the policy'],
      ['doctor publication', 'asks no service; says which steps lack a setting'],
    ],
    exits: [
      ['0', 'nothing is wrong, or there are only warnings'],
      ['1', 'something is wrong; Discord, CVE Services or GitHub could not be asked; or no mail could be sent'],
      ['2', 'wrong use: nothing was tried'],
    ],
  },
  run: async (args, context) => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const { json = false, wait } = values
    const [subject, ...rest] = positionals
    if (rest.length === 0 && subject === 'discord' && wait === undefined) return doctor(context, json)
    if (rest.length === 0 && subject === 'mail') return doctorMail(context, waitOf(wait), json)
    if (rest.length === 0 && subject === 'cve' && wait === undefined) return doctorCve(context, json)
    if (rest.length === 0 && subject === 'github' && wait === undefined) return doctorGitHub(context, json)
    if (rest.length === 0 && subject === 'publication' && wait === undefined) return doctorPublication(context, json)
    throw new CliError('"embargo doctor" takes discord, mail, cve, github or publication.')
  },
}

const OPTIONS = { wait: { type: 'string' }, json: { type: 'boolean' } } as const

const WAIT_MINUTES = 5
/** One day, because a mail may wait in a queue for hours. */
const MAX_WAIT_MINUTES = 24 * 60

function waitOf(written: string | undefined): number {
  const minutes = written === undefined ? WAIT_MINUTES : Number(written)
  if (!(minutes >= 0 && minutes <= MAX_WAIT_MINUTES))
    throw new CliError(`--wait takes minutes, from 0 to ${MAX_WAIT_MINUTES}.`)
  return minutes * MINUTE
}

async function doctor(context: CliContext, json: boolean): Promise<number> {
  const { discordDoctor } = await import('@embargo/discord-bot')
  const { config, output } = context
  const checks = await discordDoctor(discordBotConfig(discordSettings(config())), await expectedBy(context))
  if (json) output.out(safeJson({ is: 'discord-doctor', checks: checks.map(factsOf) }))
  else for (const check of checks) output.out(lineOf(check))
  return exitCodeOf(checks)
}

/** @throws an error that names the variables to set, if Discord is not set up */
export function discordSettings({ discord }: Config): NonNullable<Config['discord']> {
  if (discord !== undefined) return discord
  throw new CliError(
    'Set EMBARGO_DISCORD_TOKEN and EMBARGO_DISCORD_GUILD first: docs/discord.md says where to get them.',
    1,
  )
}

/** The answer to `discord-known`. */
const DiscordAnswer = z.object({
  people: z.array(z.object({ account: z.string(), name: z.string() })),
  channels: z.array(
    z.object({ case: z.string(), channel: z.string(), lost: z.boolean(), accounts: z.array(z.string()) }),
  ),
})

/**
 * What the policy and the log say about the Discord server. If no program has run yet, or the policy does not list the
 * caller, only the policy is used.
 */
async function expectedBy({ config, ask }: CliContext): Promise<ExpectedServer> {
  const { discordCommands } = await import('@embargo/discord-bot')
  const { policy } = config().policy
  const known = await ask('discord-known', {}).then(
    (answer) => DiscordAnswer.parse(answer),
    () => undefined,
  )
  const listed = policy.people.flatMap(({ name, discord }) =>
    discord === undefined ? [] : [{ account: discord, name }],
  )
  return {
    people: known?.people ?? listed,
    roles: mappedGroups(policy, 'discord').map(({ role, group }) => ({ id: group, gives: role })),
    commands: discordCommands({ commands: catalogue({ platform: 'discord', profile: policy.profile }) }),
    ...(known === undefined ? {} : { channels: known.channels }),
  }
}
