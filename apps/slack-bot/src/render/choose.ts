import type { FormField } from '@embargo/chat'
import { cut } from '@embargo/chat'
import { OPTION_LABEL_MAX, OPTION_VALUE_MAX, OPTIONS_MAX } from '../limits.ts'
import type { InputElement, PlainOption } from './blocks.ts'
import { plain } from './blocks.ts'
import { FIELD_ACTION, FormTooLarge } from './form-parts.ts'

/** An option of a menu. Slack refuses an empty label. */
export const optionOf = (value: string, label: string): PlainOption => ({
  text: plain(cut(label, OPTION_LABEL_MAX) || '–'),
  value,
})

/** A menu of choices that are known when the form opens. */
export function choice(verb: string, field: FormField): InputElement {
  const choices = field.choices ?? []
  if (choices.length === 0 || choices.length > OPTIONS_MAX)
    throw new FormTooLarge(verb, `${field.name} offers ${choices.length} choices`)
  const long = choices.find((each) => each.value.length > OPTION_VALUE_MAX)
  if (long !== undefined) throw new FormTooLarge(verb, `a choice of ${field.name} is too long`)
  const options = choices.map((each) => optionOf(each.value, each.label))
  const initial = options.find((each) => each.value === field.value)
  return {
    type: 'static_select',
    action_id: FIELD_ACTION,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  }
}

/**
 * Whether a field is a menu that asks the router for suggestions while somebody types. If the suggestions depend on
 * another field, that field must have its value before the form opens, because Slack does not redraw an open form.
 */
export function isSearched(field: FormField, hidden: Readonly<Record<string, string>>): boolean {
  const { suggests, value = '', several } = field
  if (suggests === undefined) return false
  // A field whose value is too long for an option stays a text field.
  const words = several === true ? wordsOf(value) : [value]
  if (words.some((word) => word.length > OPTION_VALUE_MAX)) return false
  return typeof suggests === 'string' || Object.hasOwn(suggests.of, hidden[suggests.by] ?? '')
}

/** A menu whose options come from `block_suggestion`. If the field has a value, it is preselected. */
export function search(field: FormField): InputElement {
  const { value = '', several } = field
  const common = { action_id: FIELD_ACTION, min_query_length: 0, placeholder: plain('Type to search') }
  if (several === true) {
    const chosen = wordsOf(value).map((word) => optionOf(word, word))
    return {
      type: 'multi_external_select',
      ...common,
      ...(chosen.length === 0 ? {} : { initial_options: chosen }),
    }
  }
  return {
    type: 'external_select',
    ...common,
    ...(value === '' ? {} : { initial_option: optionOf(value, value) }),
  }
}

const wordsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== '')
