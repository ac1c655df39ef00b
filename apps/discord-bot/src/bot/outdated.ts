import type { Asked } from './answer.ts'
import { tellMore } from './answer.ts'
import type { BotContext } from './context.ts'
import { channelOf, invoke, nameOf } from './invoke.ts'

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
      user: asked.interaction.user.id,
      channel: channelOf(asked.interaction),
      delivery: `${press.delivery}:now`,
    })
    if ('card' in reply) await tellMore(context, asked, reply.card)
  } catch (error) {
    // The press itself was answered.
    context.log.info('the present state could not be shown', { error: nameOf(error) })
  }
}
