import { errorName, showPresent } from '@embargo/bot-kit'
import { backToFormAction, failedCard, fileNotTakenCard, isStaleForm, SubmissionIds } from '@embargo/chat'
import type { Reply } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import type { AckFn, App, ViewResponseAction, ViewSubmitAction } from '@slack/bolt'
import { renderForm } from '../render/form.ts'
import { FORM_CALLBACK, FormTooLarge } from '../render/form-parts.ts'
import { FileNotTaken } from '../platform/download-files.ts'
import type { SentForm } from '../render/form-values.ts'
import { readForm } from '../render/form-values.ts'
import type { AnswerTarget } from './answer.ts'
import { answer, tell } from './answer.ts'
import { cardView } from './card-view.ts'
import type { BotContext } from './context.ts'
import { invokeWith } from './invoke.ts'

/**
 * Slack waits three seconds for the acknowledgement of a form. An answer within `IN_MODAL_MS` is shown in the modal, on
 * top of the filled-in form. After that, the modal closes and the answer comes in the channel, with a button that opens
 * the filled-in form again.
 */
const IN_MODAL_MS = 1500

/**
 * Acknowledges the form. Resolves to true if this call sent the first acknowledgement, the only one that Slack accepts.
 * Never rejects, because the command is carried out even if Slack does not get the acknowledgement.
 */
type Settle = (response?: ViewResponseAction) => Promise<boolean>

/** Listens to submitted forms. */
export function listenToForms(app: App, context: BotContext): void {
  const submissions = new SubmissionIds()
  app.view<ViewSubmitAction>({ callback_id: FORM_CALLBACK, type: 'view_submission' }, async ({ ack, body, view }) => {
    const settle = onlyOnce(context, ack)
    const sent = readForm({ private_metadata: view.private_metadata, values: view.state.values })
    if (sent === undefined) return void (await settle())
    const target: AnswerTarget = { user: body.user.id, channel: sent.channel, trigger: body.trigger_id }
    await context.deliveries.once(target.trigger, async () => {
      // Somebody may go back to a form and submit it again. If the content is the same and the first submission was not
      // refused, both submissions count as one delivery.
      const origin = sent.origin ?? `view:${view.id}`
      const content = [
        sent.verb,
        Object.entries(sent.input).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        sent.files,
      ]
      const ended = await run({
        context,
        asked: target,
        sent,
        origin,
        delivery: submissions.deliveryId(origin, content),
        settle,
      })
      if (ended === 'refused') submissions.expire(origin)
    })
    // A second delivery of the same payload is not handled again, but Slack needs an acknowledgement for it too.
    await settle()
  })
}

function onlyOnce({ log }: BotContext, ack: AckFn<ViewResponseAction>): Settle {
  let settled = false
  return async (response) => {
    if (settled) return false
    settled = true
    try {
      await (response === undefined ? ack() : ack(response))
      return true
    } catch {
      log.warn('a form could not be acknowledged')
      return false
    }
  }
}

type Run = {
  readonly context: BotContext
  readonly asked: AnswerTarget
  readonly sent: SentForm
  readonly origin: string
  readonly delivery: string
  readonly settle: Settle
}

async function run({ context, asked, sent, origin, delivery, settle }: Run): Promise<'refused' | 'done'> {
  const timer = setTimeout(() => void settle(), IN_MODAL_MS)
  const { verb, input } = sent
  const more = [{ ...backToFormAction(verb, input), origin }]
  const onTop = async (card: Card): Promise<void> => {
    const isShown = await settle({ response_action: 'push', view: cardView(card, asked.channel) })
    if (!isShown) await tell(context, asked, card, { more })
  }
  try {
    const request = { verb, input, user: asked.user, channel: asked.channel, delivery }
    const reply = await invokeWith(context, request, sent.files)
    const shown = inModal(reply, asked.channel)
    const isShown = await settle(shown)
    if (shown === undefined || !isShown) await answer(context, asked, reply, more)
    if (isStaleForm(reply))
      await showPresent(context, { ...asked, press: { input, delivery } }, (card) => tell(context, asked, card))
    return 'refusal' in reply ? 'refused' : 'done'
  } catch (error) {
    if (error instanceof FileNotTaken) {
      context.log.info('a file was not taken', { code: error.code })
      await onTop(fileNotTakenCard(error.message))
      return 'refused'
    }
    context.log.error('a form failed', { verb, error: errorName(error) })
    await onTop(failedCard(error))
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The answer that can be shown in the modal: the next form in place of this one, or a refusal on top of it. Undefined
 * for any other answer.
 */
function inModal(reply: Reply, channel: string | undefined): ViewResponseAction | undefined {
  if ('refusal' in reply) return { response_action: 'push', view: cardView(reply.refusal, channel) }
  if (!('form' in reply)) return undefined
  try {
    return { response_action: 'update', view: renderForm(reply.form, channel) }
  } catch (error) {
    // The caller is told about this failure later: `answer` tries to open the same form, which fails for the same
    // reason.
    if (error instanceof FormTooLarge) return undefined
    throw error
  }
}
