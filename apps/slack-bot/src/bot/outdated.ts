import type { Asked } from './answer.ts'
import { tell } from './answer.ts'
import { nameOf } from './commands.ts'
import type { BotContext } from './context.ts'
import { invoke } from './invoke.ts'

/** Shows the caller where the case stands now: the card with the button still shows where it stood. */
export async function tellPresent(
  context: BotContext,
  asked: Asked,
  press: { readonly input: Readonly<Record<string, string>>; readonly delivery: string },
): Promise<void> {
  try {
    const about = press.input['case']
    const reply = await invoke(context, {
      verb: 'status',
      input: about === undefined ? {} : { case: about },
      user: asked.user,
      channel: asked.channel,
      delivery: `${press.delivery}:now`,
    })
    if ('card' in reply) await tell(context, asked, reply.card)
  } catch (error) {
    // The press itself was answered.
    context.log.info('the present state could not be shown', { error: nameOf(error) })
  }
}
