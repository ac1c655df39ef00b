import { refusalOf } from '@embargo/bot-kit'
import { MESSAGE_ACTIONS, messageInput, noTextCard, notOfferedCard, withLeftBehind } from '@embargo/chat'
import type { Form } from '@embargo/chat'
import type { Message, MessageContextMenuCommandInteraction } from 'discord.js'
import { ComponentType } from 'discord.js'
import { INPUT_VALUE_MAX } from '../limits.ts'
import type { CarriedCommand } from '../render/custom-id.ts'
import { readCarried, readCustomId } from '../render/custom-id.ts'
import { tellAtOnce } from './answer.ts'
import type { BotContext } from './context.ts'
import { channelOf } from './invoke.ts'
import { openForm } from './open-form.ts'

/**
 * Handles a choice in a message's context menu: opens a form filled with the message's text, if the user is allowed to
 * send this text. Nothing is sent until they submit the form. Discord gives us only three seconds to open a form, so
 * the permission check before it must be quick.
 */
export async function onMessageAction(
  context: BotContext,
  interaction: MessageContextMenuCommandInteraction,
): Promise<void> {
  const action = MESSAGE_ACTIONS.find(({ label }) => label === interaction.commandName)
  if (action === undefined) return
  const { author, content, attachments } = interaction.targetMessage
  if (action.optionForText !== undefined && (author.id === context.self || content.trim() === ''))
    return tellAtOnce(context, interaction, noTextCard())
  const buttons = author.id === context.self ? await buttonsOn(context, interaction.targetMessage) : []
  const input = messageInput(action, { text: content, most: INPUT_VALUE_MAX, buttons })
  const refusal = await refusalOf(context, {
    verb: action.verb,
    input,
    user: interaction.user.id,
    channel: channelOf(interaction),
    delivery: `menu:${interaction.id}`,
  })
  if (refusal !== undefined && 'refusal' in refusal) return tellAtOnce(context, interaction, refusal.refusal)
  const change = (form: Form): Form =>
    withLeftBehind(form, action, { text: content, most: INPUT_VALUE_MAX, files: attachments.size })
  if (await openForm(context, { interaction, verb: action.verb, input, change })) return
  await tellAtOnce(context, interaction, notOfferedCard(action.verb))
}

/** The commands that the buttons of our own message carry. */
async function buttonsOn({ keeper }: BotContext, { components }: Message): Promise<readonly CarriedCommand[]> {
  const ids = components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((each) => (each.type === ComponentType.Button && each.customId !== null ? [each.customId] : []))
  const carried = await Promise.all(
    ids.map(async (customId) => {
      const id = readCustomId(customId)
      if (id === undefined) return undefined
      return 'carried' in id ? id.carried : readCarried((await keeper.read(id.key)) ?? '')
    }),
  )
  return carried.filter((each) => each !== undefined)
}
