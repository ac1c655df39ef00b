import { errorName } from '@embargo/bot-kit'
import { formFirstCard } from '@embargo/chat'
import type { NamedFile, Reply } from '@embargo/chat'
import type { Action, Card } from '@embargo/engine'
import type {
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js'
import { MessageFlags, Routes } from 'discord.js'
import { asAttachment, asAttachments, sending } from '../platform/message-body.ts'
import { CODE, discordCode, outsideError } from '../platform/api-errors.ts'
import type { DrawnCard } from '../render/card.ts'
import { renderCard } from '../render/card.ts'
import type { BotContext } from './context.ts'
import { isCaseLike, channelSnapshot } from '../platform/exposure.ts'

export type AnswerableInteraction =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction

/**
 * The interaction to answer. Discord waits three seconds for the first response, and fifteen minutes for further ones.
 */
export type AnswerTarget = {
  readonly interaction: AnswerableInteraction
  /**
   * True if the caller pressed a button of a card that only they see. The answer then replaces the card, so no button
   * can be pressed twice.
   */
  readonly replaces: boolean
}

/**
 * Tells Discord at once that an answer is coming. This first response is visible to the caller alone. An answer for the
 * whole channel is posted there as a separate message.
 */
export async function defer(interaction: AnswerableInteraction): Promise<AnswerTarget> {
  const isPressed = interaction.isButton() || interaction.isStringSelectMenu()
  if (isPressed && interaction.message.flags.has(MessageFlags.Ephemeral)) {
    await surely(interaction, () => interaction.deferUpdate())
    return { interaction, replaces: true }
  }
  await surely(interaction, () => interaction.deferReply({ flags: MessageFlags.Ephemeral }))
  return { interaction, replaces: false }
}

/**
 * Sends the first response, and sends it again if Discord's reply was lost. If Discord had already received the
 * response, Discord refuses the repetition with the error that the interaction is acknowledged already. This error
 * counts as success.
 */
async function surely(interaction: AnswerableInteraction, defers: () => Promise<unknown>): Promise<void> {
  try {
    await defers()
  } catch (error) {
    if (discordCode(error) !== undefined) throw error
    await defers().catch((again: unknown) => {
      if (discordCode(again) !== CODE.acknowledged) throw again
      interaction.deferred = true
    })
  }
}

/**
 * Shows a reply in the channel or to the caller alone. A refusal is always shown to the caller alone. `more`: buttons
 * that this app adds below a refusal.
 */
export async function answer(
  context: BotContext,
  target: AnswerTarget,
  reply: Reply,
  more: readonly Action[] = [],
): Promise<void> {
  // After a deferral Discord accepts no modal, so the answer is a button that opens the form.
  if ('form' in reply) return tell(context, target, formFirstCard(reply.form))
  if ('refusal' in reply) return tell(context, target, reply.refusal, { more })
  if (reply.audience === 'caller')
    return tell(context, target, reply.card, { replace: true, ...(reply.files && { files: reply.files }) })
  const { channelId } = target.interaction
  if (channelId === null || !(await isConfidential(context, target, channelId)))
    return tell(context, target, reply.card, { replace: true })
  try {
    await context.rest.post(Routes.channelMessages(channelId), sending(await draw(context, reply.card)))
    if (!target.replaces) await target.interaction.deleteReply()
  } catch (error) {
    context.log.info('an answer could not be posted, so only the person who asked sees it', {
      error: discordCode(error) ?? errorName(error),
    })
    await tell(context, target, reply.card)
  }
}

/** Whether everybody who can read the channel is allowed to read the answer. */
async function isConfidential(context: BotContext, { interaction }: AnswerTarget, channelId: string): Promise<boolean> {
  const { channel } = interaction
  if (channel !== null && !channel.isDMBased() && isCaseLike(channel) && channelSnapshot(channel, context.self).exposed)
    return false
  try {
    return await context.mayAnswerIn(channelId)
  } catch (error) {
    context.log.info('only the person who asked sees an answer, because it is not known who can read the channel', {
      error: errorName(error),
    })
    return false
  }
}

type TellOptions = {
  /** Whether this card replaces the one whose button was pressed. */
  readonly replace?: boolean
  /** Buttons of the app to add below the card. */
  readonly more?: readonly Action[]
  /** Files for the caller alone. */
  readonly files?: readonly NamedFile[]
}

/**
 * The most attempts to show an answer. Together, the attempts take at most a minute. During that time the caller sees
 * “thinking…”.
 */
const ROUNDS = 20
const PAUSE_MOST_MS = 3000
const PAUSE_MS = 1000

/**
 * Shows a card to the caller alone, normally by an edit of the first response to the interaction. The edit is retried
 * until Discord replies, because an edit can be repeated without harm. If the first response is gone, the card is sent
 * as a new message, which may appear twice if Discord's reply is lost.
 */
export async function tell(
  context: BotContext,
  target: AnswerTarget,
  card: Card,
  options: TellOptions = {},
): Promise<void> {
  const { replace = false, more = [], files = [] } = options
  const { interaction, replaces } = target
  const drawn = messageBody(await draw(context, card, more))
  const message = { ...drawn, files: [...drawn.files, ...files.map(asAttachment)] }
  const edit = () => interaction.editReply({ ...message, attachments: [] })
  const followUp = () => interaction.followUp({ ...message, flags: MessageFlags.Ephemeral })
  const ways = replaces && !replace ? [followUp] : [edit, followUp]
  for (let round = 0; round < ROUNDS; round += 1) {
    const [way] = ways
    // Discord has refused every way to show the card, and would refuse each of them again.
    if (way === undefined) break
    try {
      await way()
      return
    } catch (error) {
      context.log.info('one way to answer failed', { error: discordCode(error) ?? errorName(error) })
      const outside = outsideError('answer', 'write', error)
      if (outside.code === 'refused') ways.shift()
      else await context.pause(Math.min(outside.retryAfterMs ?? PAUSE_MS, PAUSE_MOST_MS))
    }
  }
  context.log.warn('an answer reached nobody')
}

/** Sends one more card to the caller alone, below the answer. */
export async function tellMore(context: BotContext, { interaction }: AnswerTarget, card: Card): Promise<void> {
  await interaction.followUp({ ...messageBody(await draw(context, card)), flags: MessageFlags.Ephemeral })
}

/** Sends an answer that is known at once, as the first response to the interaction. */
export async function tellAtOnce(context: BotContext, interaction: AnswerableInteraction, card: Card): Promise<void> {
  await interaction.reply({ ...messageBody(await draw(context, card)), flags: MessageFlags.Ephemeral })
}

/**
 * Draws a card. The values of its own buttons are stored with its case. The values of the buttons in `more` are held in
 * memory only, because the person who typed these values may have no access to the case that the values name.
 */
async function draw(context: BotContext, card: Card, more: readonly Action[] = []): Promise<DrawnCard> {
  const keyFor = await context.keeper.forCard(card.actions)
  return renderCard(
    { ...card, actions: [...card.actions, ...more] },
    { keyFor: (text) => keyFor(text) ?? context.keeper.remember(text) },
  )
}

const messageBody = (drawn: DrawnCard) => ({
  content: drawn.message.content,
  embeds: drawn.message.embeds,
  components: drawn.message.components,
  files: asAttachments(drawn),
  allowedMentions: { parse: [] },
})
