import { cut } from '@embargo/chat'
import type { Form, FormField } from '@embargo/chat'
import type { APILabelComponent, APIModalInteractionResponseCallbackData } from 'discord.js'
import { ComponentType, TextInputStyle } from 'discord.js'
import {
  FIELD_DESCRIPTION_MAX,
  FIELD_LABEL_MAX,
  INPUT_VALUE_MAX,
  MODAL_FIELDS_MAX,
  MODAL_TITLE_MAX,
  SELECT_LABEL_MAX,
  SELECT_OPTIONS_MAX,
  SELECT_VALUE_MAX,
} from '../limits.ts'

export type Modal = APIModalInteractionResponseCallbackData

/**
 * The start of a field's custom id. The field's name follows, then the id of the interaction that first opened the
 * form. This second id stays the same if somebody goes back to the form.
 */
const FIELD_PREFIX = 'field:'
const fieldId = (name: string, opening: string): string =>
  `${FIELD_PREFIX}${name}${opening === '' ? '' : `@${opening}`}`

/**
 * Reads a field's custom id: the field's name, and the id of the interaction that first opened the form. Undefined for
 * a field that is not ours.
 */
export function readFieldId(customId: string): { readonly name: string; readonly opening: string } | undefined {
  if (!customId.startsWith(FIELD_PREFIX)) return undefined
  const [name = '', opening = ''] = customId.slice(FIELD_PREFIX.length).split('@', 2)
  return name === '' ? undefined : { name, opening }
}
/** An example of a typed date, because Discord has no date picker. */
const DATE_EXAMPLE = '2026-07-14 14:00'

/** A form that Discord could not show, because of a fault in the command that made the form. */
export class FormTooLarge extends Error {
  override readonly name = 'FormTooLarge'
  readonly code = 'form-too-large'
  constructor(verb: string, subject: string) {
    super(
      `The form of ${verb} does not fit into a Discord modal: ${subject}. Type the command with its options instead.`,
    )
  }
}

/**
 * Splits the fields into pages, because Discord shows only five fields at once. Files are on the last page, because
 * they cannot be carried to a next page as typed text can.
 */
export function pagesOf({ fields }: Form): readonly (readonly FormField[])[] {
  if (fields.length <= MODAL_FIELDS_MAX) return fields.length === 0 ? [] : [fields]
  const files = fields.filter(({ kind }) => kind === 'file')
  const typed = fields.filter(({ kind }) => kind !== 'file')
  const pages: FormField[][] = []
  for (let from = 0; from < typed.length; from += MODAL_FIELDS_MAX)
    pages.push(typed.slice(from, from + MODAL_FIELDS_MAX))
  const last = pages.at(-1) ?? []
  return last.length + files.length > MODAL_FIELDS_MAX
    ? [...pages, files]
    : [...pages.slice(0, -1), [...last, ...files]]
}

/**
 * Draws one page of a form as a modal. Pure. `customId` says what happens when the form is submitted. `opening` is the
 * id of the interaction that first opened the form.
 * @throws {FormTooLarge} if a value is too long for a modal: cutting it would change what is sent
 */
export function renderForm(form: Form, customId: string, page = 0, opening = ''): Modal {
  const pages = pagesOf(form)
  const count = pages.length > 1 ? ` (${page + 1} of ${pages.length})` : ''
  return {
    custom_id: customId,
    title: `${cut(form.title, MODAL_TITLE_MAX - count.length)}${count}`,
    components: (pages[page] ?? []).map((field) => labelled(form.verb, field, opening)),
  }
}

function labelled(verb: string, field: FormField, opening: string): APILabelComponent {
  const listed =
    field.kind === 'choice' && !isSelect(field) ? (field.choices ?? []).map((each) => each.value).join(', ') : undefined
  const description = [field.hint, listed].filter((each) => each !== undefined && each !== '').join(' · ')
  return {
    type: ComponentType.Label,
    label: cut(field.label, FIELD_LABEL_MAX),
    ...(description === '' ? {} : { description: cut(description, FIELD_DESCRIPTION_MAX) }),
    component: component(verb, field, opening),
  }
}

/**
 * Whether a field is a menu. A menu has at most 25 choices. If there are more, the value is typed, and the choices are
 * listed beside the field.
 */
const isSelect = ({ choices = [] }: FormField): boolean =>
  choices.length > 0 &&
  choices.length <= SELECT_OPTIONS_MAX &&
  choices.every((each) => each.value.length <= SELECT_VALUE_MAX)

function component(verb: string, field: FormField, opening: string): APILabelComponent['component'] {
  const common = { custom_id: fieldId(field.name, opening), required: field.optional !== true }
  if (field.kind === 'file')
    return { type: ComponentType.FileUpload, ...common, min_values: common.required ? 1 : 0, max_values: 1 }
  if (field.kind === 'choice' && isSelect(field)) {
    return {
      type: ComponentType.StringSelect,
      ...common,
      min_values: common.required ? 1 : 0,
      max_values: 1,
      options: (field.choices ?? []).map(({ value, label }) => ({
        value,
        label: cut(label.trim() || value, SELECT_LABEL_MAX),
        ...(value === field.value ? { default: true } : {}),
      })),
    }
  }
  if (field.value !== undefined && field.value.length > INPUT_VALUE_MAX)
    throw new FormTooLarge(verb, `the value of ${field.name} is too long`)
  return {
    type: ComponentType.TextInput,
    ...common,
    style: field.kind === 'long-text' ? TextInputStyle.Paragraph : TextInputStyle.Short,
    max_length: Math.min(field.most ?? INPUT_VALUE_MAX, INPUT_VALUE_MAX),
    ...(field.kind === 'date-time' ? { placeholder: DATE_EXAMPLE } : {}),
    ...(field.value === undefined || field.value === '' ? {} : { value: field.value }),
  }
}
