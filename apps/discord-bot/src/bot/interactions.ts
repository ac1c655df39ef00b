import { errorName, Presses } from '@embargo/bot-kit'
import type { Client, Interaction } from 'discord.js'
import { Events } from 'discord.js'
import { onButton } from './buttons.ts'
import { onCommand } from './commands.ts'
import type { BotContext } from './context.ts'
import { onForm } from './forms.ts'
import { onMessageAction } from './message-actions.ts'
import { onSuggestion } from './suggestions.ts'

/**
 * Listens to commands, buttons, forms, menus and typing. Each interaction is handled once, however often it arrives.
 */
export function listenToInteractions(client: Client, context: BotContext): void {
  const presses = new Presses()
  client.on(Events.InteractionCreate, (interaction) => {
    // The same bot may also be in another server. Interactions from there are ignored.
    if (interaction.guildId !== context.guild) return
    void context.deliveries
      .once(interaction.id, () => handle(context, interaction, presses))
      // The handler has reported the failure, to the log and to the caller.
      .catch((error: unknown) => context.log.info('an interaction was not handled', { error: errorName(error) }))
  })
}

async function handle(context: BotContext, interaction: Interaction, presses: Presses): Promise<void> {
  if (interaction.isAutocomplete()) return onSuggestion(context, interaction)
  if (interaction.isChatInputCommand()) return onCommand(context, interaction)
  if (interaction.isMessageContextMenuCommand()) return onMessageAction(context, interaction)
  if (interaction.isButton() || interaction.isStringSelectMenu()) return onButton(context, interaction, presses)
  if (interaction.isModalSubmit()) return onForm(context, interaction)
}
