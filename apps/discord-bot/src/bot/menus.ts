import { MESSAGE_ACTIONS, messageInput, noTextCard, notOfferedCard } from '@embargo/chat'
import type { MessageContextMenuCommandInteraction } from 'discord.js'
import { INPUT_VALUE_MAX } from '../limits.ts'
import { tellAtOnce } from './answer.ts'
import type { BotContext } from './context.ts'
import { channelOf, refusalOf } from './invoke.ts'
import { openForm } from './open-form.ts'

/**
 * The menu of a message: its text stands in the form of who may send it, and nothing is sent before somebody has
 * looked at it. Who may is known from the channel, in much less than the three seconds that a form has to open.
 */
export async function onMenu(context: BotContext, interaction: MessageContextMenuCommandInteraction): Promise<void> {
  const action = MESSAGE_ACTIONS.find(({ label }) => label === interaction.commandName)
  if (action === undefined) return
  const { author, content } = interaction.targetMessage
  if (action.optionForText !== undefined && (author.id === context.self || content.trim() === ''))
    return tellAtOnce(context, interaction, noTextCard())
  const input = messageInput(action, { text: content, most: INPUT_VALUE_MAX })
  const refusal = await refusalOf(context, {
    verb: action.verb,
    input,
    user: interaction.user.id,
    channel: channelOf(interaction),
    delivery: `menu:${interaction.id}`,
  })
  if (refusal !== undefined && 'refusal' in refusal) return tellAtOnce(context, interaction, refusal.refusal)
  if (await openForm(context, { interaction, verb: action.verb, input })) return
  await tellAtOnce(context, interaction, notOfferedCard(action.verb))
}
