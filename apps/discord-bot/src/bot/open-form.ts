import { errorName } from '@embargo/bot-kit'
import {
  asksCase,
  CASE_FIELD,
  formNotOpenedCard,
  formTooLateCard,
  typedZone,
  withCaseField,
  withZone,
} from '@embargo/chat'
import type { AsksCase, Form } from '@embargo/chat'
import { discordCode } from '../platform/api-errors.ts'
import { customIdOf } from '../render/custom-id.ts'
import type { CarriedCommand } from '../render/custom-id.ts'
import { FormTooLarge, pagesOf, renderForm } from '../render/form.ts'
import type { BotCommand, BotContext } from './context.ts'
import type { AnswerableInteraction } from './answer.ts'
import { tellAtOnce } from './answer.ts'
import { channelOf, placeOf } from './invoke.ts'

type Opening = {
  readonly interaction: Exclude<AnswerableInteraction, { isModalSubmit(): true }>
  readonly verb: string
  readonly input: CarriedCommand['input']
  readonly page?: number
  /** A function that changes the form before it opens, for example by adding a note. */
  readonly change?: (form: Form) => Form
}

/**
 * The name under which a “back to the form” button carries the id of the interaction that first opened the form. No
 * option of a command has this name.
 */
const OPENING = '@'

/**
 * The values of a “back to the form” button: the form's values, and the id of the interaction that first opened the
 * form. Because of this id, an unchanged form that is submitted again counts as the same delivery.
 */
export const wayBackTo = (input: CarriedCommand['input'], opening: string): CarriedCommand['input'] => ({
  ...input,
  [OPENING]: opening,
})

export const commandOf = (context: BotContext, verb: string): BotCommand | undefined =>
  context.router.commands.find((each) => each.verb === verb)

/** A command's form as it is shown here, with a field for the case if one is needed. */
export function formOf(
  context: BotContext,
  verb: string,
  input: CarriedCommand['input'],
  asks: AsksCase = 'no',
): Form | undefined {
  const form = commandOf(context, verb)?.form(input)
  return form && withCaseField(form, asks)
}

/** Whether the form must ask which case the command is about. In the case's own channel it need not. */
function caseAsked(context: BotContext, interaction: Opening['interaction'], carried: CarriedCommand): AsksCase {
  const place = placeOf(channelOf(interaction))
  return asksCase(context.engine.queries, commandOf(context, carried.verb), { input: carried.input, place })
}

/** Opens a page of a command's form, without waiting for the database. False if the command has nothing to ask for. */
export async function openForm(
  context: BotContext,
  { interaction, verb, input: carried, page = 0, change = (form) => form }: Opening,
): Promise<boolean> {
  const { [OPENING]: opening = interaction.id, ...given } = carried
  if (interaction.isModalSubmit() || (formOf(context, verb, given)?.fields ?? []).length === 0) return false
  const asks = page === 0 ? caseAsked(context, interaction, { verb, input: given }) : 'no'
  // The empty value says that this form has a field for the case. When a page is submitted, the form is built again
  // from the carried values. Because of this value, the new form also has the field, and so the same pages.
  const input = asks === 'no' ? given : { [CASE_FIELD]: '', ...given }
  const made = formOf(context, verb, input, asks)
  const person = context.engine.queries.personOfAccount('discord', interaction.user.id)
  const form = made && withZone(change(made), typedZone(person, 'discord'))
  if (form === undefined || pagesOf(form)[page] === undefined) return false
  try {
    await interaction.showModal(renderForm(form, formId(context, { verb, input }, page), page, opening))
  } catch (error) {
    // Once Discord has refused a form, it accepts no other answer to the same interaction either.
    if (discordCode(error) !== undefined) throw error
    context.log.warn('a form could not be opened', { verb, error: errorName(error) })
    const card = error instanceof FormTooLarge ? formNotOpenedCard(error.message) : formTooLateCard('discord')
    await tellAtOnce(context, interaction, card)
  }
  return true
}

/**
 * The form's custom id. Values that are too long for it are held in memory, because people submit a form within
 * minutes. If the values are gone by then, the submitted text is shown again.
 */
export const formId = (context: BotContext, carried: CarriedCommand, page: number): string =>
  customIdOf('form', carried, { index: page, keyFor: context.keeper.remember }) ?? ''
