import { errorName, showPresent } from '@embargo/bot-kit'
import {
  backToFormAction,
  CASE_FIELD,
  failedCard,
  fileNotTakenCard,
  formForgottenCard,
  isStaleForm,
} from '@embargo/chat'
import type { ModalSubmitInteraction } from 'discord.js'
import { ComponentType } from 'discord.js'
import type { CarriedCommand } from '../render/custom-id.ts'
import { readCarried, readCustomId } from '../render/custom-id.ts'
import { pagesOf, readFieldId } from '../render/form.ts'
import { answer, defer, tell, tellAtOnce, tellMore } from './answer.ts'
import type { BotContext } from './context.ts'
import { channelOf, invokeWith, withPeople } from './invoke.ts'
import type { GivenAttachment } from './invoke.ts'
import { commandOf, formOf, wayBackTo } from './open-form.ts'
import { tellNextPage } from './form-pages.ts'

type FilledPage = {
  /** The names of all fields of the page, including empty ones. */
  readonly names: readonly string[]
  readonly values: Readonly<Record<string, string>>
  readonly files: readonly GivenAttachment[]
  readonly opening: string
}

/**
 * Runs the verb of a submitted form, with the form's hidden and filled-in values together. If there are more pages,
 * offers the next page.
 */
export async function onForm(context: BotContext, interaction: ModalSubmitInteraction): Promise<void> {
  const id = readCustomId(interaction.customId)
  if (id === undefined || id.kind !== 'form') return
  const filled = readFields(interaction)
  const carried = 'carried' in id ? id.carried : readCarried((await context.keeper.read(id.key)) ?? '')
  // Without the form's hidden values, the command cannot run. The typed text is shown to the person, so that it is not
  // lost too.
  if (carried === undefined)
    return tellAtOnce(context, interaction, formForgottenCard(Object.values(filled.values), id.index > 0))
  const { verb } = carried
  const input = merged(carried, context, filled)
  const form = formOf(context, verb, input)
  const pages = form === undefined ? [] : pagesOf(form)
  const page = id.index + 1
  const fields = pages[page]
  if (fields !== undefined)
    return tellNextPage(context, interaction, { verb, input, page, fields, before: pages.slice(0, page).flat() })
  await run(context, interaction, { verb, input, filled })
}

type Run = { readonly verb: string; readonly input: CarriedCommand['input']; readonly filled: FilledPage }

async function run(
  context: BotContext,
  interaction: ModalSubmitInteraction,
  { verb, input, filled }: Run,
): Promise<void> {
  const target = await defer(interaction)
  const origin = `form:${filled.opening}`
  const content = [verb, Object.entries(input).toSorted(([one], [other]) => (one < other ? -1 : 1))]
  const delivery = context.submissions.deliveryId(origin, content)
  // Discord closes a form when it is submitted, so a button leads back to it.
  const more = [backToFormAction(verb, wayBackTo(input, filled.opening))]
  try {
    const request = { verb, input, user: interaction.user.id, channel: channelOf(interaction), delivery }
    const reply = await invokeWith(context, request, sized(context, verb, filled.files))
    if ('because' in reply) return await tell(context, target, fileNotTakenCard(reply.because), { more })
    if ('refusal' in reply) context.submissions.expire(origin)
    await answer(context, target, reply, more)
    if (isStaleForm(reply))
      await showPresent(context, { ...request, press: { input, delivery } }, (card) => tellMore(context, target, card))
  } catch (error) {
    context.log.error('a form failed', { verb, error: errorName(error) })
    await tell(context, target, failedCard(error), { more })
    throw error
  }
}

/** Limits each download to what its option accepts. */
const sized = (context: BotContext, verb: string, files: readonly GivenAttachment[]): readonly GivenAttachment[] =>
  files.map((each) => {
    const most = commandOf(context, verb)?.options.find(({ name }) => name === each.option)?.most
    return most === undefined ? each : { ...each, most }
  })

/** Typed values replace earlier ones, but a field cannot change the form's hidden values. */
function merged(
  { verb, input }: CarriedCommand,
  context: BotContext,
  { names, values }: FilledPage,
): Readonly<Record<string, string>> {
  const kinds = new Map(commandOf(context, verb)?.options.map((option) => [option.name, option.kind]))
  const shown = names.filter((name) => kinds.has(name) || name === CASE_FIELD)
  const kept = Object.entries(input).filter(([name]) => !shown.includes(name))
  const typed = shown.flatMap((name) => {
    // An empty field is not carried to the next page, except the field for the case.
    const value = values[name] ?? (name === CASE_FIELD ? '' : undefined)
    if (value === undefined) return []
    return [[name, kinds.get(name) === 'text' ? withPeople(context, value) : value] as const]
  })
  return Object.fromEntries([...kept, ...typed])
}

function readFields(interaction: ModalSubmitInteraction): FilledPage {
  const names: string[] = []
  const values: Record<string, string> = {}
  const files: GivenAttachment[] = []
  let opening = interaction.id
  for (const [customId, field] of interaction.fields.fields) {
    const id = readFieldId(customId)
    if (id === undefined) continue
    names.push(id.name)
    opening = id.opening === '' ? opening : id.opening
    if (field.type === ComponentType.TextInput && field.value !== '') values[id.name] = field.value
    if (field.type === ComponentType.StringSelect && field.values[0] !== undefined) values[id.name] = field.values[0]
    if (field.type === ComponentType.FileUpload)
      for (const file of field.attachments.values()) files.push({ option: id.name, file })
  }
  return { names, values, files, opening }
}
