import type { Form, FormField } from '@embargo/chat'
import { cut } from '@embargo/chat'
import {
  INPUT_HINT_MAX,
  INPUT_LABEL_MAX,
  INPUT_VALUE_MAX,
  VIEW_BLOCKS_MAX,
  VIEW_BUTTON_MAX,
  VIEW_METADATA_MAX,
  VIEW_TITLE_MAX,
} from '../limits.ts'
import type { InputElement, KnownBlock, ModalView } from './blocks.ts'
import { plain } from './blocks.ts'
import { choice, isSearched, search } from './choose.ts'
import type { FormContext } from './form-parts.ts'
import { FIELD_ACTION, FIELD_PREFIX, FORM_CALLBACK, FormTooLarge } from './form-parts.ts'

/**
 * Draws a form as a modal. Pure. If a person goes back to a form that they submitted, `origin` identifies the modal of
 * their first submission.
 * @throws {FormTooLarge} if the form does not fit into a modal. It is not cut, because that would change what is sent.
 */
export function renderForm(form: Form, channel: string | undefined, origin?: string): ModalView {
  const context: FormContext = {
    verb: form.verb,
    hidden: { ...form.hidden },
    ...(channel === undefined ? {} : { channel }),
    ...(origin === undefined ? {} : { origin }),
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
    blocks: form.fields.map((field) => inputBlock(form, field)),
  }
}

function inputBlock(form: Form, field: FormField): KnownBlock {
  return {
    type: 'input',
    block_id: `${FIELD_PREFIX}${field.name}`,
    label: plain(cut(field.label, INPUT_LABEL_MAX)),
    optional: field.optional ?? false,
    ...(field.hint === undefined || field.hint === '' ? {} : { hint: plain(cut(field.hint, INPUT_HINT_MAX)) }),
    element: element(form, field),
  }
}

function element({ verb, hidden }: Form, field: FormField): InputElement {
  if (field.kind === 'choice') return choice(verb, field)
  if (field.kind === 'file') return { type: 'file_input', action_id: FIELD_ACTION, max_files: 1 }
  if (isSearched(field, hidden)) return search(field)
  if (field.kind === 'date-time') {
    const at = field.value === undefined ? Number.NaN : Date.parse(field.value)
    // The picker accepts only whole seconds, as a number with ten digits.
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
    max_length: Math.min(field.most ?? INPUT_VALUE_MAX, INPUT_VALUE_MAX),
    ...(field.value === undefined || field.value === '' ? {} : { initial_value: field.value }),
  }
}
