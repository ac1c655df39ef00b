import { setTimeout as pause } from 'node:timers/promises'
import type { KeyFor } from '@embargo/bot-kit'
import {
  asksCase,
  filesNotSentCard,
  formNotOpenedCard,
  formTooLateCard,
  restInFileCard,
  typedZone,
  withCaseField,
  withPickedZone,
} from '@embargo/chat'
import type { Form, NamedFile, Reply } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import type { RespondFn } from '@slack/bolt'
import { WebAPIRateLimitedError } from '@slack/web-api'
import { slackCode } from '../platform/api-errors.ts'
import { uploadFiles } from '../platform/upload-files.ts'
import type { OwnAction } from '../render/button.ts'
import { withAnswer, serializeButton } from '../render/button.ts'
import { asFile, renderCard } from '../render/card.ts'
import { renderForm } from '../render/form.ts'
import { FormTooLarge } from '../render/form-parts.ts'
import type { BotContext } from './context.ts'
import { cardView } from './card-view.ts'

/** Who asked, where, and the ways in which Slack lets us answer. */
export type AnswerTarget = {
  readonly user: string
  readonly channel: string | undefined
  /** Slack's permission to open a form, which is valid for three seconds. */
  readonly trigger: string
  /** Answers through the response URL, which Slack accepts five times within half an hour. */
  readonly respond?: RespondFn
  /** True if the caller pressed a button in a modal: a form then opens on top of that modal. */
  readonly fromModal?: boolean
  /** True if the caller pressed a button in the Home tab: the answer then opens as a modal. */
  readonly fromHome?: boolean
  /**
   * True if the caller pressed a button of a card that only they see. The answer then replaces the card, so no button
   * can be pressed twice.
   */
  readonly fromEphemeral?: boolean
}

/**
 * Shows a reply in the channel or to the caller alone. A refusal is always shown to the caller alone. `more`: buttons
 * that this app adds below an error.
 */
export async function answer(
  context: BotContext,
  target: AnswerTarget,
  reply: Reply,
  more: readonly OwnAction[] = [],
): Promise<void> {
  if ('form' in reply) return openForm(context, target, reply, more)
  if ('refusal' in reply) return tell(context, target, reply.refusal, { more })
  if (reply.audience === 'caller' || target.channel === undefined)
    return tell(context, target, reply.card, {
      replace: target.fromEphemeral === true,
      ...(reply.files && { files: reply.files }),
    })
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
    if (ts !== undefined) await addRest(context, { channel: target.channel, ts, files: files.map(asFile) })
  } catch (error) {
    context.log.info('an answer could not be posted, so only the person who asked sees it', {
      error: slackCode(error) ?? 'no answer',
    })
    await tell(context, target, reply.card)
  }
}

/**
 * The longest pause, in milliseconds, after which an answer is posted again. Slack accepts one post a second in a
 * channel, so it may refuse the answer to a person's command and ask for a pause.
 */
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

type Rest = { readonly channel: string; readonly ts: string; readonly files: readonly NamedFile[] }

/**
 * Adds the file with the part that the posted answer left out. A failure here loses nothing: the case has the whole
 * text.
 */
async function addRest({ client, log }: BotContext, { channel, ts, files }: Rest): Promise<boolean> {
  try {
    await uploadFiles(client, { channel, message: ts, files })
    return true
  } catch (error) {
    log.info('the rest of an answer could not be added', { error: slackCode(error) ?? 'no answer' })
    return false
  }
}

type Opening = Extract<Reply, { form: unknown }> & Pick<OwnAction, 'origin'>

/**
 * Opens a form. If Slack refuses, the caller is told how to go on. If a person goes back to a form that they submitted,
 * `origin` identifies the modal of their first submission.
 */
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
    // Slack has opened the form already: either its response to the first call was lost, or the payload came twice.
    if (slackCode(error) === 'exchanged_trigger_id') return
    context.log.warn('a form could not be opened', { verb: form.verb, error: slackCode(error) ?? 'no answer' })
    const card = error instanceof FormTooLarge ? formNotOpenedCard(error.message) : formTooLateCard('slack')
    await tell(context, target, card, { more })
  }
}

/**
 * Names the reader's time zone in the hints of a form. If the form is opened outside of a case's channel, adds a field
 * that asks which case is meant.
 */
function asShown({ engine, router, placeOf }: BotContext, target: AnswerTarget, form: Form): Form {
  const command = router.commands.find(({ verb }) => verb === form.verb)
  const place = placeOf(target.channel)
  return withPickedZone(
    withCaseField(form, asksCase(engine.queries, command, { input: form.hidden, place })),
    typedZone(engine.queries.personOfAccount('slack', target.user), 'slack'),
  )
}

type TellOptions = {
  /** Whether this card replaces the one whose button was pressed. */
  readonly replace?: boolean
  /** Buttons of the app to add below the card. */
  readonly more?: readonly OwnAction[]
  /** Files for the caller alone. */
  readonly files?: readonly NamedFile[]
}

/**
 * Shows a card to the caller alone. Tries several ways to show it until one works. If the message leaves out a part of
 * the card, a file with the whole card follows, for the caller alone.
 */
export async function tell(
  context: BotContext,
  target: AnswerTarget,
  answerCard: Card,
  options: TellOptions = {},
): Promise<void> {
  const { replace = false, more = [], files: given = [] } = options
  const keyFor = await cardKeys(context, answerCard, more)
  const card = { ...answerCard, actions: [...answerCard.actions, ...more] }
  const { message: drawn, files } = renderCard(card, keyFor)
  // If Slack shows the card but its response is lost, the next way is tried, so the card may be shown twice. Both
  // copies have the same id, so the same button pressed in both copies counts as one command.
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
      await addRestAlone(context, user, { rest: files.map(asFile), given, card: answerCard })
      return
    } catch (error) {
      context.log.info('one way to answer failed', { error: slackCode(error) ?? 'no answer' })
    }
  }
  context.log.warn('an answer reached nobody')
}

/**
 * Gives the keys under which values of buttons are stored. Long values of the buttons in `card` are stored with the
 * card's case. `own`: the buttons that this app adds to the card. Their values are held in memory only, because
 * somebody typed them, perhaps without access to the case that they named. A message never contains the values of
 * `own`, because Slack may keep messages.
 */
async function cardKeys({ keeper }: BotContext, card: Card, own: readonly OwnAction[]): Promise<KeyFor> {
  const keyFor = await keeper.forCard(card.actions)
  const keys = new Map(own.map(serializeButton).map((text) => [text, keeper.remember(text)]))
  return (text) => keys.get(text) ?? keyFor(text)
}

type PrivateFiles = { readonly rest: readonly NamedFile[]; readonly given: readonly NamedFile[]; readonly card: Card }

/** An ephemeral message cannot have a file, so the file goes to the person's direct messages with the app. */
async function addRestAlone(context: BotContext, user: string, { rest, given, card }: PrivateFiles): Promise<void> {
  const files = [...rest, ...given]
  if (files.length === 0) return
  const { text, blocks } = renderCard(given.length > 0 ? card : restInFileCard()).message
  try {
    const { channel, ts } = await context.client.chat.postMessage({ channel: user, text, blocks })
    const isAdded = channel !== undefined && ts !== undefined && (await addRest(context, { channel, ts, files }))
    if (!isAdded && given.length > 0)
      await context.client.chat.postMessage({ channel: user, ...renderCard(filesNotSentCard()).message })
  } catch (error) {
    context.log.info('the rest of an answer could not be sent', { error: slackCode(error) ?? 'no answer' })
  }
}
