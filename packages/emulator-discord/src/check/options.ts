import { z } from 'zod'
import {
  CHOICE_NAME_MAX,
  CHOICE_VALUE_MAX,
  CHOICES_MAX,
  COMMAND_DESCRIPTION_MAX,
  COMMAND_NAME_MAX,
  OPTION_TEXT_MAX,
  OPTIONS_MAX,
} from '../limits.ts'
import { filled, issue } from './scalars.ts'

// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

/** The name of a chat command or of an option: in lower case, with only letters, digits, `-`, `_` and `'`. */
export const commandName = z
  .string()
  .min(1)
  .max(COMMAND_NAME_MAX)
  .superRefine((value, context) => {
    if (NAME.test(value) && value === value.toLowerCase()) return
    context.addIssue(issue('APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid'))
  })

const common = {
  name: commandName,
  name_localizations: z.record(z.string(), commandName).nullish(),
  description: filled(COMMAND_DESCRIPTION_MAX),
  description_localizations: z.record(z.string(), filled(COMMAND_DESCRIPTION_MAX)).nullish(),
}
const required = { required: z.boolean().nullish() }

const choices = <T extends z.ZodType>(value: T) =>
  z
    .array(z.object({ name: z.string().min(1).max(CHOICE_NAME_MAX), value }))
    .max(CHOICES_MAX)
    .superRefine((all, context) => {
      if (new Set(all.map((each) => each.name)).size === all.length) return
      const words = 'Option choice names must be unique'
      context.addIssue(issue('APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE', words))
    })

type SuggestionFields = {
  readonly autocomplete?: boolean | null | undefined
  readonly choices?: readonly unknown[] | null | undefined
}

const oneOrOther = (value: SuggestionFields, context: z.RefinementCtx<SuggestionFields>): void => {
  if (value.autocomplete !== true || (value.choices ?? []).length === 0) return
  const words = 'Choices cannot be set while autocomplete is'
  context.addIssue(issue('APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES', words, ['choices']))
}

const text = z
  .object({
    ...common,
    ...required,
    type: z.literal(3),
    choices: choices(z.string().max(CHOICE_VALUE_MAX)).nullish(),
    autocomplete: z.boolean().nullish(),
    min_length: z.int().min(0).max(OPTION_TEXT_MAX).nullish(),
    max_length: z.int().min(1).max(OPTION_TEXT_MAX).nullish(),
  })
  .superRefine(oneOrOther)

const numeric = <const T extends 4 | 10>(type: T, number: z.ZodNumber | z.ZodInt) =>
  z
    .object({
      ...common,
      ...required,
      type: z.literal(type),
      choices: choices(number).nullish(),
      autocomplete: z.boolean().nullish(),
      min_value: number.nullish(),
      max_value: number.nullish(),
    })
    .superRefine(oneOrOther)

const plain = <const T extends 5 | 6 | 7 | 8 | 9 | 11>(type: T) =>
  z.object({ ...common, ...required, type: z.literal(type), channel_types: z.array(z.int()).nullish() })

const leaf = [
  text,
  numeric(4, z.int()),
  plain(5),
  plain(6),
  plain(7),
  plain(8),
  plain(9),
  numeric(10, z.number()),
  plain(11),
] as const

type NamedOption = { readonly name: string; readonly type: number; readonly required?: boolean | null | undefined }

/**
 * The rules between the options of one command: no name twice, required options first, no subcommand beside a value.
 */
const ordered = (all: readonly NamedOption[], context: z.RefinementCtx<readonly NamedOption[]>): void => {
  const names = new Set<string>()
  let sawOptional = false
  for (const [index, each] of all.entries()) {
    if (names.has(each.name)) {
      const words = 'Option name already exists'
      context.addIssue(issue('APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE', words, [index, 'name']))
    }
    names.add(each.name)
    const isRequired = each.required === true
    if (isRequired && sawOptional) {
      const words = 'Required options must be placed before non-required options'
      context.addIssue(issue('APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', words, [index]))
    }
    sawOptional ||= !isRequired
  }
  const groups = all.filter((each) => each.type <= 2).length
  if (groups === 0 || groups === all.length) return
  const words = 'Sub-command and sub-command group option types are mutually exclusive to all other types'
  context.addIssue(issue('APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', words, [0, 'type']))
}

const leaves = z.array(z.discriminatedUnion('type', leaf)).max(OPTIONS_MAX).superRefine(ordered)

const subcommand = z.object({ ...common, type: z.literal(1), options: leaves.nullish() })

const group = z.object({
  ...common,
  type: z.literal(2),
  options: z.array(subcommand).max(OPTIONS_MAX).superRefine(ordered).nullish(),
})

/** …/application-commands#application-command-object-application-command-option-structure */
export const options = z
  .array(z.discriminatedUnion('type', [subcommand, group, ...leaf]))
  .max(OPTIONS_MAX)
  .superRefine(ordered)

export type Option = z.infer<typeof options>[number]
/** An option that takes a value. */
export type ValueOption = Exclude<Option, { type: 1 | 2 }>
