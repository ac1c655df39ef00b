import { cut, kebab, MESSAGE_ACTIONS } from '@embargo/chat'
import { ROOT } from '@embargo/core'
import type { APIApplicationCommandBasicOption, RESTPostAPIApplicationCommandsJSONBody } from 'discord.js'
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js'
import {
  CHOICE_NAME_MAX,
  CHOICE_VALUE_MAX,
  CHOICES_MAX,
  COMMAND_DESCRIPTION_MAX,
  COMMAND_OPTIONS_MAX,
  OPTION_TEXT_MAX,
} from '../limits.ts'
import type { CommandFacts, OptionFacts } from './facts.ts'
import { verbsOf } from './verbs.ts'

/** The option of the root command, which takes a command as it is typed on other platforms. */
export const TEXT_OPTION = 'text'

const ANYTHING: CommandFacts = {
  verb: ROOT,
  summary: 'Any command, typed in one line; if left empty, the case is shown',
  about: 'anything',
  options: [
    {
      name: TEXT_OPTION,
      label: 'Command',
      hint: 'For example: triage affects main 2.0',
      kind: 'text',
      required: false,
      wanted: false,
      hidden: false,
      carried: false,
    },
  ],
}

/** Each command that is about a case has this option. Outside of the case's channel, it must be given. */
export const CASE_OPTION = 'case'

export type RegisteredCommand = RESTPostAPIApplicationCommandsJSONBody

const everywhere = () => ({
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
  // Discord lets everybody in the server use the command. Embargo itself checks whether the caller may.
  default_member_permissions: null,
})

/**
 * The guild commands of a registry: one command with typed options for each verb, and the entries in a message's
 * context menu. Pure. https://docs.discord.com/developers/interactions/application-commands
 */
export function discordCommands(request: { readonly commands: readonly CommandFacts[] }): readonly RegisteredCommand[] {
  return [
    ...verbsOf(request.commands).map(slashCommand),
    slashCommand(ANYTHING),
    ...MESSAGE_ACTIONS.map(({ label }) => ({
      type: ApplicationCommandType.Message as const,
      name: label,
      ...everywhere(),
    })),
  ]
}

function slashCommand({ verb, summary, about, options }: CommandFacts): RegisteredCommand {
  // Discord wants required options first. Apart from that, the order stays the same.
  const offered = offeredOptions(options)
  const sorted = [...offered.filter(isRequired), ...offered.filter((option) => !isRequired(option))].map(describe)
  const whichCase = about === 'case' && !options.some((option) => option.name === CASE_OPTION) ? [CASE] : []
  return {
    type: ApplicationCommandType.ChatInput,
    name: verb,
    description: cut(summary, COMMAND_DESCRIPTION_MAX),
    ...everywhere(),
    options: [...sorted.slice(0, COMMAND_OPTIONS_MAX - whichCase.length), ...whichCase],
  }
}

/**
 * The options that people fill in when they type the command. Hidden options are left out.
 */
export const offeredOptions = <Option extends OptionFacts>(options: readonly Option[]): readonly Option[] =>
  options.filter((option) => !option.hidden)

/**
 * Whether Discord must refuse the command without this option. A long text or a file is never required here, because
 * people may fill in its content in the form.
 */
export const isRequired = ({ required, kind }: OptionFacts): boolean =>
  required && kind !== 'long-text' && kind !== 'file'

/** An option's name in the lower case that Discord requires: `fixedIn` becomes `fixed-in`. */
export const optionName = (name: string): string => kebab(name)

const CASE: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: CASE_OPTION,
  description: 'The case; not needed in the case’s own channel',
  required: false,
  autocomplete: true,
}

function describe(option: OptionFacts): APIApplicationCommandBasicOption {
  const { label, hint } = option
  const common = {
    name: optionName(option.name),
    description: cut(hint === undefined || hint === '' ? label : `${label}: ${hint}`, COMMAND_DESCRIPTION_MAX),
    required: isRequired(option),
  }
  if (option.kind === 'file') return { type: ApplicationCommandOptionType.Attachment, ...common }
  const { whole } = option
  if (whole !== undefined)
    return { type: ApplicationCommandOptionType.Integer, ...common, min_value: whole.least, max_value: whole.most }
  if (flagOf(option) !== undefined) return { type: ApplicationCommandOptionType.Boolean, ...common }
  const choices = listed(option)
  if (choices !== undefined) return { type: ApplicationCommandOptionType.String, ...common, choices }
  return {
    type: ApplicationCommandOptionType.String,
    ...common,
    max_length: Math.min(Math.max(1, option.most ?? OPTION_TEXT_MAX), OPTION_TEXT_MAX),
    ...(option.suggests === undefined && option.choices === undefined ? {} : { autocomplete: true }),
  }
}

/**
 * The value of an optional option that has only one value. People see such an option as yes or no. Undefined for any
 * other option.
 */
export const flagOf = ({ choices, required }: OptionFacts): string | undefined =>
  choices?.length === 1 && !required ? choices[0]?.value : undefined

/** The choices as a fixed list, if Discord can list that many; otherwise they are suggested while somebody types. */
function listed({ choices }: OptionFacts): { name: string; value: string }[] | undefined {
  if (choices === undefined || choices.length > CHOICES_MAX) return undefined
  if (choices.some(({ value }) => value.length > CHOICE_VALUE_MAX)) return undefined
  return choices.map(({ value, label }) => ({ name: cut(label.trim() || value, CHOICE_NAME_MAX), value }))
}
