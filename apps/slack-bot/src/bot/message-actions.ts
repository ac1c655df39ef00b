import type { MessageAction } from '@embargo/chat'
import { MESSAGE_ACTIONS, messageInput, noTextCard, notOfferedCard, withLeftBehind } from '@embargo/chat'
import type { App, MessageShortcut } from '@slack/bolt'
import { INPUT_VALUE_MAX } from '../limits.ts'
import { shortcutId } from '../registration/shortcuts.ts'
import type { ButtonValue } from '../render/button.ts'
import { buttonsIn } from '../render/button.ts'
import type { AnswerTarget } from './answer.ts'
import { openForm, tell } from './answer.ts'
import type { BotContext } from './context.ts'
import { commandText } from './command-text.ts'

/** Listens to the message menus. The form opens with the message's text before anything is read from the database. */
export function listenToMessageActions(app: App, context: BotContext): void {
  for (const action of MESSAGE_ACTIONS) {
    app.shortcut<MessageShortcut>(
      { type: 'message_action', callback_id: shortcutId(action.id) },
      async ({ ack, shortcut, respond }) => {
        await ack()
        const target: AnswerTarget = {
          user: shortcut.user.id,
          channel: shortcut.channel.id,
          trigger: shortcut.trigger_id,
          respond,
        }
        await context.deliveries.once(target.trigger, () =>
          open(context, target, { action, message: shortcut.message }),
        )
      },
    )
  }
}

type ChosenAction = { readonly action: MessageAction; readonly message: MessageShortcut['message'] }

async function open(context: BotContext, target: AnswerTarget, { action, message }: ChosenAction): Promise<void> {
  const command = context.router.commands.find(({ verb }) => verb === action.verb)
  if (command === undefined) return tell(context, target, notOfferedCard(action.verb))
  const isOurs = message.user === context.self
  const commandLine = commandText(
    (account) => context.engine.queries.personOfAccount('slack', account),
    message.text ?? '',
  )
  // In one of our own messages, `text` is only what the notification shows, so it is of no use in a form.
  if (action.optionForText !== undefined && (isOurs || commandLine.trim() === ''))
    return tell(context, target, noTextCard())
  const option = command.options.find(({ name }) => name === action.optionForText)
  const most = Math.min(option?.most ?? INPUT_VALUE_MAX, INPUT_VALUE_MAX)
  const buttons: readonly ButtonValue[] = isOurs ? buttonsIn(message['blocks']) : []
  const form = command.form(messageInput(action, { text: commandLine, most, buttons }))
  await openForm(context, target, {
    form: withLeftBehind(form, action, { text: commandLine, most, files: filesWith(message) }),
  })
}

/** How many files came with a message: https://docs.slack.dev/reference/events/message/file_share */
function filesWith(message: MessageShortcut['message']): number {
  const files: unknown = message['files']
  return Array.isArray(files) ? files.length : 0
}
