import { errorName, invoke, Presses, showPresent } from '@embargo/bot-kit'
import { buttonTooOldCard, failedCard, SubmissionIds, isStale, resolve } from '@embargo/chat'
import type { App, BlockAction, BlockButtonAction, RespondFn } from '@slack/bolt'
import { z } from 'zod'
import type { ButtonValue } from '../render/button.ts'
import { ACTION_PREFIX, answerOf, readButton, readCarried } from '../render/button.ts'
import type { AnswerTarget } from './answer.ts'
import { answer, openForm, tell } from './answer.ts'
import type { BotContext } from './context.ts'
import { publishHome } from './home.ts'

/** A modal that shows a card stores the channel in which the card was requested. */
const ShownFrom = z.object({ channel: z.string().optional() })

/**
 * Listens to the buttons. Pressing a button is the same as typing its verb. If the button leads to a form, the form
 * opens before anything is read from the database.
 */
export function listenToButtons(app: App, context: BotContext): void {
  const presses = new Presses()
  const submissions = new SubmissionIds()
  app.action<BlockButtonAction>(new RegExp(`^${ACTION_PREFIX}`), async ({ ack, action, body, respond }) => {
    await ack()
    const read = readButton(action.value)
    if (read === undefined) return
    const target = askedBy(body, respond)
    const over = presses.begin(
      JSON.stringify([target.user, target.channel, body.container, action.action_id, action.value]),
    )
    if (over === undefined) return
    try {
      await context.deliveries.once(target.trigger, async () => {
        const carried = 'kept' in read ? readCarried((await context.keeper.read(read.kept)) ?? '') : read
        if (carried === undefined) return tell(context, target, buttonTooOldCard())
        // In an answer that only the caller sees, a button works once. A second press counts as the same command, even
        // if the answer is shown in two places.
        const origin = `card:${answerOf(action.block_id) ?? ''}`
        const delivery =
          answerOf(action.block_id) === undefined
            ? `action:${target.trigger}`
            : submissions.deliveryId(origin, [action.action_id, action.value])
        if ((await run(context, target, { ...carried, delivery })) === 'refused') submissions.expire(origin)
        // The action may have removed an item from the list in the Home tab, so the tab is drawn again.
        if (target.fromHome === true) await redrawn(context, target.user)
      })
    } finally {
      over()
    }
  })
}

function askedBy(body: BlockAction, respond: RespondFn): AnswerTarget {
  const channel = body.channel?.id ?? channelOfView(body.view?.private_metadata)
  return {
    user: body.user.id,
    channel,
    trigger: body.trigger_id,
    ...(body.response_url === undefined ? {} : { respond }),
    ...(body.view?.type === 'home' ? { fromHome: true } : {}),
    ...(body.view?.type === 'modal' ? { fromModal: true } : {}),
    ...(body.container['is_ephemeral'] === true ? { fromEphemeral: true } : {}),
  }
}

async function redrawn(context: BotContext, user: string): Promise<void> {
  try {
    await publishHome(context, user)
  } catch (error) {
    context.log.info('a Home tab was not drawn', { error: errorName(error) })
  }
}

function channelOfView(metadata: string | undefined): string | undefined {
  try {
    return ShownFrom.safeParse(JSON.parse(metadata ?? '')).data?.channel
  } catch {
    return undefined
  }
}

/**
 * Whether the button is on a message in a channel, which may be days old. A card in a modal, in the Home tab or for the
 * caller alone was drawn just now.
 */
const onMessage = (target: AnswerTarget): boolean =>
  target.fromModal !== true && target.fromHome !== true && target.fromEphemeral !== true

type Press = ButtonValue & { readonly delivery: string }

async function run(context: BotContext, target: AnswerTarget, press: Press): Promise<'refused' | 'done'> {
  const { verb, input, form, origin, delivery } = press
  try {
    const found = form === true ? resolve(context.router.commands, { verb, input }) : undefined
    const opened = found === undefined || 'unknown' in found ? undefined : found.command.form(found.input)
    if (opened !== undefined && opened.fields.length > 0) {
      await openForm(context, target, { form: opened, ...(origin === undefined ? {} : { origin }) })
      return 'done'
    }
    const reply = await invoke(context, { verb, input, user: target.user, channel: target.channel, delivery })
    await answer(context, target, reply)
    if (onMessage(target) && isStale(reply))
      await showPresent(context, { ...target, press: { input, delivery } }, (card) => tell(context, target, card))
    return 'refusal' in reply ? 'refused' : 'done'
  } catch (error) {
    context.log.error('a button failed', { verb, error: errorName(error) })
    await tell(context, target, failedCard(error))
    throw error
  }
}
