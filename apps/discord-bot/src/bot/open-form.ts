import { formNotOpenedCard, formTooLateCard } from '@embargo/chat'
import type { Form } from '@embargo/chat'
import { discordCode } from '../platform/outside.ts'
import { customIdOf } from '../render/carried.ts'
import type { Carried } from '../render/carried.ts'
import { FormTooLarge, pagesOf, renderForm } from '../render/form.ts'
import type { BotCommand, BotContext } from './context.ts'
import type { Answerable } from './answer.ts'
import { tellAtOnce } from './answer.ts'
import { nameOf } from './invoke.ts'

type Opening = {
  readonly interaction: Exclude<Answerable, { isModalSubmit(): true }>
  readonly verb: string
  readonly input: Carried['input']
  readonly page?: number
  /** What is to be said in the form besides. */
  readonly change?: (form: Form) => Form
}

/** Beside what a way back carries: which opening of the form it leads back to. No option has such a name. */
const OPENING = '@'

/** What the way back to a form carries: sent in once more as it was, it is the same delivery. */
export const wayBackTo = (input: Carried['input'], opening: string): Carried['input'] => ({
  ...input,
  [OPENING]: opening,
})

export const commandOf = (context: BotContext, verb: string): BotCommand | undefined =>
  context.router.commands.find((each) => each.verb === verb)

/** Opens a page of a command's form, before anything is read. False when the command has nothing to ask for. */
export async function openForm(
  context: BotContext,
  { interaction, verb, input: carried, page = 0, change = (form) => form }: Opening,
): Promise<boolean> {
  const { [OPENING]: opening = interaction.id, ...input } = carried
  const made = commandOf(context, verb)?.form(input)
  const form = made && change(made)
  if (form === undefined || pagesOf(form)[page] === undefined || interaction.isModalSubmit()) return false
  try {
    await interaction.showModal(renderForm(form, formId(context, { verb, input }, page), page, opening))
  } catch (error) {
    // Discord has said why, and then nothing more can be said in answer.
    if (discordCode(error) !== undefined) throw error
    context.log.warn('a form could not be opened', { verb, error: nameOf(error) })
    const card = error instanceof FormTooLarge ? formNotOpenedCard(error.message) : formTooLateCard('discord')
    await tellAtOnce(context, interaction, card)
  }
  return true
}

/** What a form carries is kept in memory where it does not fit: it is sent in within minutes, or its text comes back. */
export const formId = (context: BotContext, carried: Carried, page: number): string =>
  customIdOf('form', carried, { index: page, keyFor: context.keeper.remember }) ?? ''
