import { errorName, invoke } from '@embargo/bot-kit'
import { failedCard, resolve } from '@embargo/chat'
import { ROOT } from '@embargo/core'
import type { App } from '@slack/bolt'
import type { SlashCommand } from '../registration/commands.ts'
import type { AnswerTarget } from './answer.ts'
import { answer, openForm, tell } from './answer.ts'
import type { BotContext } from './context.ts'
import { formAtOnce } from './invoke.ts'
import { commandText } from './command-text.ts'

/**
 * Listens to the slash commands. Slack waits three seconds, so the acknowledgement is sent before anything else is
 * done.
 */
export function listenToCommands(app: App, context: BotContext, commands: readonly SlashCommand[]): void {
  for (const { command, verb } of commands) {
    app.command(command, async ({ ack, command: typed, respond }) => {
      await ack()
      const target: AnswerTarget = {
        user: typed.user_id,
        channel: typed.channel_id,
        trigger: typed.trigger_id,
        respond,
      }
      await context.deliveries.once(typed.trigger_id, () => run(context, target, parseTyped(context, verb, typed.text)))
    })
  }
}

type TypedWords = { readonly verb: string; readonly rest: string }

function parseTyped(context: BotContext, verb: string | undefined, text: string): TypedWords {
  const typed = commandText((account) => context.engine.queries.personOfAccount('slack', account), text)
  return { verb: verb ?? ROOT, rest: typed.trim() }
}

async function run(context: BotContext, target: AnswerTarget, { verb, rest }: TypedWords): Promise<void> {
  try {
    const form = formAtOnce(context, verb, rest)
    if (form !== undefined) return await openForm(context, target, form)
    const delivery = `command:${target.trigger}`
    await answer(
      context,
      target,
      await invoke(context, { verb, input: rest, user: target.user, channel: target.channel, delivery }),
    )
  } catch (error) {
    context.log.error('a slash command failed', {
      verb: loggableVerb(context, { verb, rest }),
      error: errorName(error),
    })
    await tell(context, target, failedCard(error))
    throw error
  }
}

// The verb as it is logged. A verb that we do not know is logged as `unknown`, because it may be any text, and typed
// text must not be logged.
function loggableVerb({ router }: BotContext, { verb, rest }: TypedWords): string {
  const found = resolve(router.commands, { verb, input: rest })
  return 'unknown' in found ? 'unknown' : found.command.verb
}
