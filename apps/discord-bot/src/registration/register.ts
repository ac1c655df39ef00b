import { OutsideError } from '@embargo/engine'
import type { Log } from '@embargo/engine'
import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import { calling, NOTHING } from '../platform/api-errors.ts'
import type { RegisteredCommand } from './commands.ts'

/** The parts of a registered command that are compared: everything that we send, without what Discord adds. */
const Choice = z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })
const Option = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().nullish(),
  autocomplete: z.boolean().nullish(),
  max_length: z.number().nullish(),
  min_value: z.number().nullish(),
  max_value: z.number().nullish(),
  choices: z.array(Choice).nullish(),
})
const Command = z.object({
  type: z.number().default(1),
  name: z.string(),
  description: z.string().default(''),
  default_member_permissions: z.string().nullish(),
  contexts: z.array(z.number()).nullish(),
  integration_types: z.array(z.number()).nullish(),
  options: z.array(Option).nullish(),
})

/** Registers all commands of a server at once, and only if they changed, because Discord limits changes per day. */
export async function registerCommands(
  rest: REST,
  log: Log,
  request: { readonly application: string; readonly guild: string; readonly commands: readonly RegisteredCommand[] },
): Promise<'registered' | 'unchanged'> {
  const { application, guild, commands } = request
  if (isSame(await registered(rest, request), commands)) return 'unchanged'
  const route = Routes.applicationGuildCommands(application, guild)
  await calling('register the commands', 'write', () => rest.put(route, { body: commands }), NOTHING).catch(
    withoutScope,
  )
  log.info('commands are registered in Discord', { count: commands.length })
  return 'registered'
}

type CommandScope = { readonly application: string; readonly guild: string }

const registered = (rest: REST, { application, guild }: CommandScope): Promise<readonly unknown[]> =>
  calling(
    'list the commands',
    'read',
    () => rest.get(Routes.applicationGuildCommands(application, guild)),
    z.array(z.unknown()),
  ).catch(withoutScope)

/**
 * Explains the error of a bot that was invited without its commands:
 * https://docs.discord.com/developers/interactions/application-commands#authorizing-your-application
 */
function withoutScope(error: unknown): never {
  if (!(error instanceof OutsideError) || error.gone !== 'bot-removed') throw error
  throw new OutsideError(
    'refused',
    'Discord does not let the bot have commands in the server: it was invited without its commands (the scope applications.commands). Open the link that “embargo init discord” prints; the bot does not have to leave the server for this.',
    { forAPerson: true },
  )
}

/** The names of commands that are missing in the server, or differ there. */
export async function missingCommands(
  rest: REST,
  request: CommandScope & { readonly commands: readonly RegisteredCommand[] },
): Promise<readonly string[]> {
  const known = new Set((await registered(rest, request)).map(compared))
  return request.commands.filter((each) => !known.has(compared(each))).map(({ name }) => name)
}

function isSame(known: readonly unknown[], wanted: readonly unknown[]): boolean {
  const [one, other] = [known.map(compared), wanted.map(compared)]
  return one.length === other.length && one.toSorted().every((each, index) => each === other.toSorted()[index])
}

/** A command as text, in which absent, null and false values look the same. */
function compared(command: unknown): string {
  const read = Command.safeParse(command)
  if (!read.success) return 'unreadable'
  const { options, contexts, integration_types: types, default_member_permissions: permissions, ...rest } = read.data
  return JSON.stringify([
    rest.type,
    rest.name,
    rest.description,
    permissions ?? null,
    inOrder(contexts),
    inOrder(types),
    (options ?? []).map((option) => [
      option.type,
      option.name,
      option.description,
      option.required ?? false,
      option.autocomplete ?? false,
      option.max_length ?? null,
      option.min_value ?? null,
      option.max_value ?? null,
      (option.choices ?? []).map(({ name, value }) => [name, value]),
    ]),
  ])
}

const inOrder = (numbers: readonly number[] | null | undefined): readonly number[] =>
  [...(numbers ?? [])].toSorted((one, other) => one - other)
