import { errorName } from '@embargo/bot-kit'
import { cut } from '@embargo/chat'
import type { Choice } from '@embargo/chat'
import type { AutocompleteInteraction } from 'discord.js'
import { CASE_OPTION, optionName } from '../registration/commands.ts'
import { CHOICE_NAME_MAX, CHOICE_VALUE_MAX, CHOICES_MAX } from '../limits.ts'
import { meantBy, read } from './commands.ts'
import type { BotCommand, BotContext } from './context.ts'
import { channelOf, placeOf } from './invoke.ts'

/** Suggests values for an option while somebody types. */
export async function onSuggestion(context: BotContext, interaction: AutocompleteInteraction): Promise<void> {
  const choices = await choicesFor(context, interaction).catch((error: unknown): readonly Choice[] => {
    context.log.error('nothing could be suggested', { verb: interaction.commandName, error: errorName(error) })
    return []
  })
  await interaction.respond(
    choices
      .filter(({ value }) => value !== '' && value.length <= CHOICE_VALUE_MAX)
      .slice(0, CHOICES_MAX)
      .map(({ label, value }) => ({ name: cut(label.trim() || value, CHOICE_NAME_MAX), value })),
  )
}

async function choicesFor(context: BotContext, interaction: AutocompleteInteraction): Promise<readonly Choice[]> {
  const focused = interaction.options.getFocused(true)
  const others = interaction.options.data.filter(({ name }) => name !== focused.name)
  const slashCommand = meantBy(context, interaction.commandName, others)
  if ('text' in slashCommand) return []
  const isFocused = ({ name }: { readonly name: string }): boolean => optionName(name) === focused.name
  const ways = waysTo(context, interaction.commandName)
  // While the user has not chosen a sub-command yet, this is the first command that has the option: the verb itself or
  // one of its sub-commands.
  const command = [...(slashCommand.command === undefined ? [] : [slashCommand.command]), ...ways].find(
    ({ options }) => focused.name === CASE_OPTION || options.some(isFocused),
  )
  const option = command?.options.find(isFocused)
  if (command === undefined) return []
  const typed = String(focused.value)
  // If an option has choices, Discord asks for suggestions only because it cannot list these choices itself. So the
  // matching ones are suggested.
  if (option?.choices !== undefined)
    return option.choices.filter(({ label, value }) => `${value} ${label}`.toLowerCase().includes(typed.toLowerCase()))
  return context.router.suggest({
    verb: command.verb,
    option: option?.name ?? CASE_OPTION,
    typed,
    actor: context.engine.queries.actorOf('discord', interaction.user.id),
    place: placeOf(channelOf(interaction)),
    values: read(context, command, others).values,
  })
}

const waysTo = ({ router }: BotContext, verb: string): readonly BotCommand[] =>
  router.commands.filter((each) => each.verb.startsWith(`${verb}.`))
