import type { Form, FormField } from '@embargo/chat'
import { z } from 'zod'
import {
  INPUT_HINT_MAX,
  INPUT_LABEL_MAX,
  INPUT_VALUE_MAX,
  OPTION_LABEL_MAX,
  OPTION_VALUE_MAX,
  OPTIONS_MAX,
  VIEW_BLOCKS_MAX,
  VIEW_BUTTON_MAX,
  VIEW_METADATA_MAX,
  VIEW_TITLE_MAX,
} from '../limits.ts'
import { cut } from '../text/cut.ts'
import type { KnownBlock, ModalView } from './blocks.ts'
import { plain } from './blocks.ts'

/** The callback id of every form of ours. */
export const FORM_CALLBACK = 'embargo:form'
/** Before a field's name, as its block id. */
export const FIELD_PREFIX = 'field:'
/** The action id of every field: a block holds one. */
export const FIELD_ACTION = 'value'

/** What a form carries unseen: where its answer goes when it is sent in. */
export const FormContext = z.strictObject({
  verb: z.string().min(1),
  hidden: z.record(z.string(), z.string()),
  channel: z.string().optional(),
})
export type FormContext = z.infer<typeof FormContext>

/** A form that Slack could not show: a fault in the command that made it. */
export class FormTooLarge extends Error {
  override readonly name = 'FormTooLarge'
  readonly code = 'form-too-large'
  constructor(verb: string, what: string) {
    super(`The form of ${verb} does not fit into a Slack modal: ${what}. Type the command with its options instead.`)
  }
}

/**
 * Draws a form as a modal. Pure.
 * @throws {FormTooLarge} when its hidden values or fields exceed what a modal holds: cutting them would change what is sent
 */
export function renderForm(form: Form, channel: string | undefined): ModalView {
  const context: FormContext = {
    verb: form.verb,
    hidden: { ...form.hidden },
    ...(channel === undefined ? {} : { channel }),
  }
  const metadata = JSON.stringify(context)
  if (metadata.length > VIEW_METADATA_MAX) throw new FormTooLarge(form.verb, 'its hidden values are too long')
  if (form.fields.length > VIEW_BLOCKS_MAX) throw new FormTooLarge(form.verb, 'it has too many fields')
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: plain(cut(form.title, VIEW_TITLE_MAX)),
    submit: plain(cut(form.submit, VIEW_BUTTON_MAX)),
    close: plain('Cancel'),
    blocks: form.fields.filter(({ kind }) => kind !== 'file').map((field) => inputBlock(form.verb, field)),
  }
}

function inputBlock(verb: string, field: FormField): KnownBlock {
  return {
    type: 'input',
    block_id: `${FIELD_PREFIX}${field.name}`,
    label: plain(cut(field.label, INPUT_LABEL_MAX)),
    optional: field.optional ?? false,
    ...(field.hint === undefined || field.hint === '' ? {} : { hint: plain(cut(field.hint, INPUT_HINT_MAX)) }),
    element: element(verb, field),
  }
}

function element(verb: string, field: FormField): Extract<KnownBlock, { type: 'input' }>['element'] {
  if (field.kind === 'choice') return choice(verb, field)
  if (field.kind === 'date-time') {
    const at = field.value === undefined ? Number.NaN : Date.parse(field.value)
    // The picker takes whole seconds with ten digits.
    return {
      type: 'datetimepicker',
      action_id: FIELD_ACTION,
      ...(at >= 1e12 ? { initial_date_time: Math.floor(at / 1000) } : {}),
    }
  }
  if (field.value !== undefined && field.value.length > INPUT_VALUE_MAX)
    throw new FormTooLarge(verb, `the value of ${field.name} is too long`)
  return {
    type: 'plain_text_input',
    action_id: FIELD_ACTION,
    multiline: field.kind === 'long-text',
    max_length: INPUT_VALUE_MAX,
    ...(field.value === undefined || field.value === '' ? {} : { initial_value: field.value }),
  }
}

function choice(verb: string, field: FormField): Extract<KnownBlock, { type: 'input' }>['element'] {
  const choices = field.choices ?? []
  if (choices.length === 0 || choices.length > OPTIONS_MAX)
    throw new FormTooLarge(verb, `${field.name} offers ${choices.length} choices`)
  const long = choices.find((each) => each.value.length > OPTION_VALUE_MAX)
  if (long !== undefined) throw new FormTooLarge(verb, `a choice of ${field.name} is too long`)
  const options = choices.map((each) => ({ text: plain(cut(each.label, OPTION_LABEL_MAX) || '–'), value: each.value }))
  const initial = options.find((each) => each.value === field.value)
  return {
    type: 'static_select',
    action_id: FIELD_ACTION,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  }
}
