import type { MessageAction } from '@embargo/chat'
import { MESSAGE_ACTIONS, messageInput, notOfferedCard } from '@embargo/chat'
import type { App, MessageShortcut } from '@slack/bolt'
import { INPUT_VALUE_MAX } from '../limits.ts'
import { shortcutId } from '../manifest/shortcuts.ts'
import type { Asked } from './answer.ts'
import { openForm, tell } from './answer.ts'
import type { BotContext } from './context.ts'
import { typedText } from './typed.ts'

/** Listens to what is chosen from a message's own menu: the form opens with the message's text, before anything is read. */
export function listenToShortcuts(app: App, context: BotContext): void {
  for (const action of MESSAGE_ACTIONS) {
    app.shortcut<MessageShortcut>(
      { type: 'message_action', callback_id: shortcutId(action.id) },
      async ({ ack, shortcut, respond }) => {
        await ack()
        const asked: Asked = {
          user: shortcut.user.id,
          channel: shortcut.channel.id,
          trigger: shortcut.trigger_id,
          respond,
        }
        await context.deliveries.once(asked.trigger, () =>
          open(context, asked, { action, text: shortcut.message.text }),
        )
      },
    )
  }
}

type Chosen = { readonly action: MessageAction; readonly text: string | undefined }

async function open(context: BotContext, asked: Asked, { action, text = '' }: Chosen): Promise<void> {
  const command = context.router.commands.find(({ verb }) => verb === action.verb)
  if (command === undefined) return tell(context, asked, notOfferedCard(action.verb))
  const option = command.options.find(({ name }) => name === action.optionForText)
  const most = Math.min(option?.most ?? INPUT_VALUE_MAX, INPUT_VALUE_MAX)
  const said = typedText((account) => context.engine.personOfAccount('slack', account), text)
  await openForm(context, asked, { form: command.form(messageInput(action, { text: said, most })) })
}
