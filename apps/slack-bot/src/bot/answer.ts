import { setTimeout as pause } from 'node:timers/promises'
import type { KeyFor } from '@embargo/bot-kit'
import {
  asksCase,
  formNotOpenedCard,
  formTooLateCard,
  restInFileCard,
  typedZone,
  withCaseField,
  withPickedZone,
} from '@embargo/chat'
import type { Form, Reply } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import type { RespondFn } from '@slack/bolt'
import { WebAPIRateLimitedError } from '@slack/web-api'
import { slackCode } from '../platform/api-errors.ts'
import { uploadFiles } from '../platform/upload-files.ts'
import type { OwnAction } from '../render/button.ts'
import { withAnswer, serializeButton } from '../render/button.ts'
import type { TextFile } from '../render/card.ts'
import { renderCard } from '../render/card.ts'
import { renderForm } from '../render/form.ts'
import { FormTooLarge } from '../render/form-parts.ts'
import type { BotContext } from './context.ts'
import { cardView } from './card-view.ts'

/** The caller, the place, and the ways in which Slack lets us answer. */
export type AnswerTarget = {
  readonly user: string
  readonly channel: string | undefined
  /** Valid for three seconds. */
  readonly trigger: string
  /** Through the response URL: five times in half an hour. */
  readonly respond?: RespondFn
  /** The caller pressed a button in a modal: a form opens on top of it. */
  readonly fromModal?: boolean
  /** The caller pressed a button in the Home tab: the answer opens there. */
  readonly fromHome?: boolean
  /**
   * The caller pressed a button of a card that only they see: the answer replaces it, so that nothing is pressed twice.
   */
  readonly fromEphemeral?: boolean
}

/** Shows a reply in its place. A refusal is for the caller alone. `more`: buttons of the app below an error. */
export async function answer(
  context: BotContext,
  target: AnswerTarget,
  reply: Reply,
  more: readonly OwnAction[] = [],
): Promise<void> {
  if ('form' in reply) return openForm(context, target, reply, more)
  if ('refusal' in reply) return tell(context, target, reply.refusal, { more })
  if (reply.audience === 'caller' || target.channel === undefined)
    return tell(context, target, reply.card, { replace: target.fromEphemeral === true })
  try {
    await context.guard.refuse(target.channel)
    const keyFor = await context.keeper.forCard(reply.card.actions)
    const { message, files } = renderCard(reply.card, keyFor)
    const { ts } = await soon(() =>
      context.client.chat.postMessage({
        channel: target.channel ?? '',
        ...message,
        unfurl_links: false,
        unfurl_media: false,
      }),
    )
    if (ts !== undefined) await addRest(context, { channel: target.channel, ts, files })
  } catch (error) {
    context.log.info('an answer could not be posted and goes to the caller', { error: slackCode(error) ?? 'no answer' })
    await tell(context, target, reply.card)
  }
}

/** A channel takes one post a second: a person's answer waits this long for it, once. */
const PATIENCE_MS = 3000

async function soon<T>(post: () => Promise<T>): Promise<T> {
  try {
    return await post()
  } catch (error) {
    const wait = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : Number.POSITIVE_INFINITY
    if (wait > PATIENCE_MS) throw error
    await pause(wait)
    return post()
  }
}

type Rest = { readonly channel: string; readonly ts: string; readonly files: readonly TextFile[] }

/** The answer is posted by now; the part that it left out is stored with the case whatever happens here. */
async function addRest({ client, log }: BotContext, { channel, ts, files }: Rest): Promise<void> {
  try {
    await uploadFiles(client, { channel, message: ts, files })
  } catch (error) {
    log.info('the rest of an answer could not be added', { error: slackCode(error) ?? 'no answer' })
  }
}

type Opening = Extract<Reply, { form: unknown }> & Pick<OwnAction, 'origin'>

/** Opens a form; if Slack refuses, says how to go on. `origin`: the form from which its values were first submitted. */
export async function openForm(
  context: BotContext,
  target: AnswerTarget,
  { form, origin }: Opening,
  more: readonly OwnAction[] = [],
): Promise<void> {
  try {
    const { views } = context.client
    const shown = asShown(context, target, form)
    const opening = { trigger_id: target.trigger, view: renderForm(shown, target.channel, origin) }
    await (target.fromModal === true ? views.push(opening) : views.open(opening))
  } catch (error) {
    // The response to the first opening was lost, or the payload came twice: the form is open already.
    if (slackCode(error) === 'exchanged_trigger_id') return
    context.log.warn('a form could not be opened', { verb: form.verb, error: slackCode(error) ?? 'no answer' })
    const card = error instanceof FormTooLarge ? formNotOpenedCard(error.message) : formTooLateCard('slack')
    await tell(context, target, card, { more })
  }
}

/** Outside of its case's channel a form asks which case it is about; its hints name the reader's zone. */
function asShown({ engine, router, placeOf }: BotContext, target: AnswerTarget, form: Form): Form {
  const command = router.commands.find(({ verb }) => verb === form.verb)
  const place = placeOf(target.channel)
  return withPickedZone(
    withCaseField(form, asksCase(engine.queries, command, { input: form.hidden, place })),
    typedZone(engine.queries.personOfAccount('slack', target.user), 'slack'),
  )
}

type TellOptions = {
  /** Replaces the card whose button was pressed. */
  readonly replace?: boolean
  /** Buttons of the app below it. */
  readonly more?: readonly OwnAction[]
}

/**
 * Shows a card to the caller alone, in the first way that works; the part that it leaves out follows as a file, for
 * them alone.
 */
export async function tell(
  context: BotContext,
  target: AnswerTarget,
  answerCard: Card,
  options: TellOptions = {},
): Promise<void> {
  const { replace = false, more = [] } = options
  const keyFor = await cardKeys(context, answerCard, more)
  const card = { ...answerCard, actions: [...answerCard.actions, ...more] }
  const { message: drawn, files } = renderCard(card, keyFor)
  // If Slack's answer is lost, the card may be shown twice: pressing both counts as one command.
  const message = { ...drawn, blocks: withAnswer(drawn.blocks, target.trigger) }
  const { user, channel, respond } = target
  const ways = [
    ...(target.fromHome === true
      ? [() => context.client.views.open({ trigger_id: target.trigger, view: cardView(card, undefined, keyFor) })]
      : []),
    ...(respond === undefined
      ? []
      : [() => respond({ ...message, response_type: 'ephemeral', replace_original: replace })]),
    ...(channel === undefined ? [] : [() => context.client.chat.postEphemeral({ channel, user, ...message })]),
    // A message to the member's id lands in their direct messages with the app.
    () => context.client.chat.postMessage({ channel: user, ...message, unfurl_links: false, unfurl_media: false }),
  ]
  for (const way of ways) {
    try {
      await way()
      await addRestAlone(context, user, files)
      return
    } catch (error) {
      context.log.info('one way to answer failed', { error: slackCode(error) ?? 'no answer' })
    }
  }
  context.log.warn('an answer reached nobody')
}

/**
 * Input of chat's own buttons that does not fit is stored with the case that chat looked up. Input of the app's buttons is
 * text that somebody typed, perhaps without access to the case that they named: it is only held in memory, however short
 * it is, never in a case's store or in a message, which Slack may keep.
 */
async function cardKeys({ keeper }: BotContext, card: Card, own: readonly OwnAction[]): Promise<KeyFor> {
  const keyFor = await keeper.forCard(card.actions)
  const keys = new Map(own.map(serializeButton).map((text) => [text, keeper.remember(text)]))
  return (text) => keys.get(text) ?? keyFor(text)
}

/** An ephemeral message takes no file, so the file goes into the person's direct messages with the app. */
async function addRestAlone(context: BotContext, user: string, files: readonly TextFile[]): Promise<void> {
  if (files.length === 0) return
  const { text, blocks } = renderCard(restInFileCard()).message
  try {
    const { channel, ts } = await context.client.chat.postMessage({ channel: user, text, blocks })
    if (channel !== undefined && ts !== undefined) await addRest(context, { channel, ts, files })
  } catch (error) {
    context.log.info('the rest of an answer could not be sent', { error: slackCode(error) ?? 'no answer' })
  }
}
