import type { Reply } from '@embargo/chat'
import type { GateId } from '@embargo/core'
import type { Asked } from './answer.ts'
import { tellMore } from './answer.ts'
import type { BotContext } from './context.ts'
import { channelOf, invoke, nameOf } from './invoke.ts'

/** Rules that refuse because the case is not any more where the card shows it. */
const MOVED_ON: readonly GateId[] = [
  'case-open',
  'fits-the-stage',
  'makes-sense',
  'publication-not-begun',
  'frozen',
  'embargo-active',
  'embargo-exited',
  'signal-counts',
]

/** Whether the answer to a button is that the case has moved on since its card was drawn. */
export function isOutdated(reply: Reply): boolean {
  if ('refusal' in reply) return MOVED_ON.some((gate) => gate === reply.reason.gate)
  return 'facts' in reply && reply.facts?.is === 'done' && reply.facts.note !== undefined
}

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
