import { errorName, invoke, showPresent } from '@embargo/bot-kit'
import type { Presses } from '@embargo/bot-kit'
import { buttonTooOldCard, failedCard, isStale, toConfirmCard } from '@embargo/chat'
import type { Action } from '@embargo/engine'
import type { ButtonInteraction, StringSelectMenuInteraction } from 'discord.js'
import { ButtonStyle, MessageFlags } from 'discord.js'
import type { CarriedCommand } from '../render/custom-id.ts'
import { readCarried, readCustomId } from '../render/custom-id.ts'
import { answer, defer, tell, tellAtOnce, tellMore } from './answer.ts'
import type { BotContext } from './context.ts'
import { channelOf } from './invoke.ts'
import { openForm } from './open-form.ts'

/** A button, or a menu whose choices work like buttons. */
type ControlInteraction = ButtonInteraction | StringSelectMenuInteraction

/** The custom id of the button, or of the chosen entry of a menu. */
const pressedIn = (interaction: ControlInteraction): string =>
  interaction.isButton() ? interaction.customId : (interaction.values[0] ?? '')

/**
 * Handles a pressed button. Pressing it does the same as typing its verb. If the button leads to a form, the form opens
 * before anything is read from the database.
 */
export async function onButton(context: BotContext, interaction: ControlInteraction, presses: Presses): Promise<void> {
  const pressed = pressedIn(interaction)
  const id = readCustomId(pressed)
  if (id === undefined) return
  const carried = 'carried' in id ? id.carried : readCarried((await context.keeper.read(id.key)) ?? '')
  if (carried === undefined) return tellAtOnce(context, interaction, buttonTooOldCard())
  if (carried.confirm !== undefined) return askFirst(context, interaction, carried)
  if (carried.form === true || id.kind === 'form') {
    const opened = await openForm(context, { interaction, ...carried, page: id.kind === 'form' ? id.index : 0 })
    if (opened) return
  }
  const over = presses.begin(JSON.stringify([interaction.user.id, interaction.message.id, pressed]))
  if (over === undefined) return void (await interaction.deferUpdate())
  await run(context, interaction, carried, over)
}

/** Asks for confirmation on a card for the caller alone, because Discord has no confirmation dialog. */
async function askFirst(
  context: BotContext,
  interaction: ControlInteraction,
  { confirm = '', ...request }: CarriedCommand,
): Promise<void> {
  const yes: Action = {
    label: labelOf(interaction) ?? 'Yes',
    verb: request.verb,
    input: request.input,
    style: interaction.isButton() && interaction.component.style === ButtonStyle.Danger ? 'danger' : 'primary',
    ...(request.form === true ? { form: true } : {}),
  }
  await tellAtOnce(context, interaction, toConfirmCard(confirm, yes))
}

function labelOf(interaction: ControlInteraction): string | null | undefined {
  if (!interaction.isButton()) {
    const pressed = pressedIn(interaction)
    return interaction.component.options.find(({ value }) => value === pressed)?.label
  }
  const { component } = interaction
  return 'label' in component ? component.label : undefined
}

async function run(
  context: BotContext,
  interaction: ControlInteraction,
  { verb, input }: CarriedCommand,
  over: () => void,
): Promise<void> {
  const target = await defer(interaction).catch((error: unknown) => {
    over()
    throw error
  })
  // A button on a card for the caller alone works once: a second press, even after a crash, counts as the same command.
  const origin = `card:${interaction.message.id}`
  const isOwn = interaction.message.flags.has(MessageFlags.Ephemeral)
  const delivery = isOwn ? context.submissions.deliveryId(origin, pressedIn(interaction)) : `action:${interaction.id}`
  const { user } = interaction
  const channel = channelOf(interaction)
  try {
    const reply = await invoke(context, { verb, input, user: user.id, channel, delivery }).finally(over)
    if ('refusal' in reply) context.submissions.expire(origin)
    await answer(context, target, reply)
    // Only a card in the channel can be outdated: it may be days old, but a card for the caller alone was drawn just
    // now.
    if (!isOwn && isStale(reply))
      await showPresent(context, { user: user.id, channel, press: { input, delivery } }, (card) =>
        tellMore(context, target, card),
      )
  } catch (error) {
    context.log.error('a button failed', { verb, error: errorName(error) })
    await tell(context, target, failedCard(error))
    throw error
  }
}
