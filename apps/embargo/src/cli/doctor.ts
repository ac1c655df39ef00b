import { mappedGroups } from '@embargo/bot-kit'
import { catalogue, safeJson } from '@embargo/chat'
import type { Config } from '@embargo/config'
import type { Check, Expected } from '@embargo/discord-bot'
import { z } from 'zod'
import { discordBotConfig } from '../program/discord-app.ts'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { CliError } from './output.ts'

/** `embargo doctor discord`: for use after the set-up and after each change. */
export const doctorCommand: CliCommand = {
  name: 'doctor',
  uses: [
    {
      usage: 'doctor discord [--json]',
      summary: 'Look at the live server: token, intents, permissions, commands, channels, roles, people',
    },
  ],
  help: {
    options: [JSON_OPTION],
    examples: [['doctor discord', 'says for each problem which setting to change']],
    exits: [
      ['0', 'nothing is wrong, or only warnings are'],
      ['1', 'something is wrong, or Discord could not be asked'],
      ['2', 'wrong use: nothing was tried'],
    ],
  },
  run: async (args, context) => {
    const [platform, ...rest] = args.filter((arg) => arg !== '--json')
    if (rest.length > 0 || platform !== 'discord') throw new CliError('"embargo doctor" takes discord.')
    return doctor(context, args.includes('--json'))
  },
}

async function doctor(context: CliContext, json: boolean): Promise<number> {
  const { discordDoctor } = await import('@embargo/discord-bot')
  const { config, output } = context
  const checks = await discordDoctor(discordBotConfig(discordSettings(config())), await expectedBy(context))
  if (json) output.out(safeJson({ is: 'discord-doctor', checks: checks.map(factsOf) }))
  else for (const check of checks) output.out(lineOf(check))
  return checks.some((check) => !check.ok && check.warning === undefined) ? 1 : 0
}

/** @throws with the variables to set, if Discord is not set up */
export function discordSettings({ discord }: Config): NonNullable<Config['discord']> {
  if (discord !== undefined) return discord
  throw new CliError(
    'Set EMBARGO_DISCORD_TOKEN and EMBARGO_DISCORD_GUILD first: docs/discord.md says where to get them.',
    1,
  )
}

/** The answer to `discord-known`. */
const Known = z.object({
  people: z.array(z.object({ account: z.string(), name: z.string() })),
  channels: z.array(
    z.object({ case: z.string(), channel: z.string(), lost: z.boolean(), accounts: z.array(z.string()) }),
  ),
})

/**
 * What the policy and the log say about the server. If no program has run yet, or the caller belongs to nobody, only
 * the policy is used.
 */
async function expectedBy({ config, ask }: CliContext): Promise<Expected> {
  const { discordCommands } = await import('@embargo/discord-bot')
  const { policy } = config().policy
  const known = await ask('discord-known', {}).then(
    (answer) => Known.parse(answer),
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

const factsOf = (check: Check) => ({
  what: check.what,
  state: check.ok ? 'ok' : check.warning === undefined ? 'wrong' : 'warning',
  note: check.ok ? (check.note ?? null) : null,
  todo: check.ok ? null : check.todo,
})

function lineOf(check: Check): string {
  if (check.ok) return `ok       ${check.what}${check.note === undefined ? '' : ` (${check.note})`}`
  return `${check.warning === undefined ? 'wrong  ' : 'warning'}  ${check.what}\n         ${check.todo}`
}
