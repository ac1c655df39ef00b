import { z } from 'zod'
import { ApiError } from '../errors.ts'
import {
  COMMAND_DESCRIPTION_MAX,
  COMMAND_NAME_MAX,
  COMMAND_TOTAL_MAX,
  COMMANDS_MAX,
  CONTEXT_COMMANDS_MAX,
} from '../limits.ts'
import type { Option } from './options.ts'
import { commandName, options } from './options.ts'
import { checked } from './problems.ts'
import { issue, permissionBits, snowflake } from './scalars.ts'

const shared = {
  id: snowflake.nullish(),
  default_member_permissions: permissionBits.nullish(),
  nsfw: z.boolean().nullish(),
  dm_permission: z.boolean().nullish(),
  contexts: z
    .array(z.literal([0, 1, 2]))
    .min(1)
    .nullish(),
  integration_types: z
    .array(z.literal([0, 1]))
    .min(1)
    .nullish(),
}

const chatCommand = z
  .object({
    ...shared,
    type: z.literal(1),
    name: commandName,
    name_localizations: z.record(z.string(), commandName).nullish(),
    description: z.string().min(1).max(COMMAND_DESCRIPTION_MAX),
    description_localizations: z.record(z.string(), z.string().min(1).max(COMMAND_DESCRIPTION_MAX)).nullish(),
    options: options.nullish(),
  })
  .superRefine((value, context) => {
    if (lengthOf(value) <= COMMAND_TOTAL_MAX) return
    const words = `Command exceeds maximum size (${COMMAND_TOTAL_MAX})`
    context.addIssue(issue('APPLICATION_COMMAND_TOO_LARGE', words))
  })

const contextCommand = <const T extends 2 | 3>(type: T) =>
  z.object({
    ...shared,
    type: z.literal(type),
    name: z.string().trim().min(1).max(COMMAND_NAME_MAX),
    description: z
      .string()
      .nullish()
      .superRefine((value, context) => {
        if ((value ?? '') === '') return
        const words = 'Context menu commands cannot have description'
        context.addIssue(issue('APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID', words))
      }),
    options: z.array(z.unknown()).max(0).nullish(),
  })

const command = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !('type' in value) ? { ...value, type: 1 } : value),
  z.discriminatedUnion('type', [chatCommand, contextCommand(2), contextCommand(3)]),
)

/** A command as an app registers it: https://docs.discord.com/developers/interactions/application-commands */
export type Command = z.infer<typeof command>
/** A slash command. */
export type ChatCommand = Extract<Command, { type: 1 }>

type CommandTexts = {
  readonly name: string
  readonly description: string
  readonly options?: readonly Option[] | null | undefined
}

const choicesLength = (option: Option): number => {
  if (!('choices' in option) || !option.choices) return 0
  return option.choices.reduce((sum, { name, value }) => sum + name.length + String(value).length, 0)
}

const lengthOf = (value: CommandTexts): number =>
  value.name.length +
  value.description.length +
  (value.options ?? []).reduce(
    (sum, each) =>
      sum +
      (each.type <= 2 && 'options' in each
        ? lengthOf(each)
        : lengthOf({ name: each.name, description: each.description })) +
      choicesLength(each),
    0,
  )

const commands = z.array(command).superRefine((all, context) => {
  const seen = new Set<string>()
  for (const [index, each] of all.entries()) {
    const key = `${each.type} ${each.name}`
    if (seen.has(key)) {
      const words = 'Application command names must be unique'
      context.addIssue(issue('APPLICATION_COMMANDS_DUPLICATE_NAME', words, [index, 'name']))
    }
    seen.add(key)
  }
})

/**
 * Checks a bulk overwrite.
 * @throws ApiError 50035, or 30032 if there are too many commands of one kind
 */
export const checkCommands = (sent: unknown): readonly Command[] => {
  const all = checked(commands, sent)
  const tooMany = (type: 1 | 2 | 3, max: number): boolean => all.filter((each) => each.type === type).length > max
  if (tooMany(1, COMMANDS_MAX) || tooMany(2, CONTEXT_COMMANDS_MAX) || tooMany(3, CONTEXT_COMMANDS_MAX)) {
    throw new ApiError('commandsFull')
  }
  return all
}

/**
 * Checks one command.
 * @throws ApiError 50035
 */
export const checkCommand = (sent: unknown): Command => checked(command, sent)
