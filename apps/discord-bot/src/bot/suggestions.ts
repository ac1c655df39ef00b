import { errorName } from '@embargo/bot-kit'
import { cut } from '@embargo/chat'
import type { Choice } from '@embargo/chat'
import type { AutocompleteInteraction } from 'discord.js'
import { CASE_OPTION, optionName } from '../registration/commands.ts'
import { CHOICE_NAME_MAX, CHOICE_VALUE_MAX, CHOICES_MAX } from '../limits.ts'
import { read } from './commands.ts'
import type { BotContext } from './context.ts'
import { channelOf, placeOf } from './invoke.ts'
import { commandOf } from './open-form.ts'

/** Suggestions for an option, while somebody types it. */
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
  const verb = interaction.commandName
  const command = commandOf(context, verb)
  if (command === undefined) return []
  const focused = interaction.options.getFocused(true)
  const option = command.options.find((each) => optionName(each.name) === focused.name)
  const typed = String(focused.value)
  // Too many choices for a list of Discord's.
  if (option?.choices !== undefined)
    return option.choices.filter(({ label, value }) => `${value} ${label}`.toLowerCase().includes(typed.toLowerCase()))
  const others = interaction.options.data.filter(({ name }) => name !== focused.name)
  return context.router.suggest({
    verb,
    option: option?.name ?? CASE_OPTION,
    typed,
    actor: context.engine.queries.actorOf('discord', interaction.user.id),
    place: placeOf(channelOf(interaction)),
    values: read(context, command, others).values,
  })
}
