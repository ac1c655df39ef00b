import type { Element } from '../blocks/elements.ts'
import type { Option } from '../blocks/text.ts'
import { asJsonObject } from '@embargo/emulator-kit'
import type { InputState } from '../state.ts'
import { NotPossible } from './not-possible.ts'

/**
 * What a person fills in: text, an option (by its value or its label), a person, or a day. An input that takes several
 * of these gets a list.
 */
export type InputValue = string | readonly string[] | null

type FillableElement = Exclude<Element, { type: 'button' | 'image' | 'overflow' }>

/** The value of an input that nobody has touched. */
export const initialState = (element: FillableElement): InputState => {
  switch (element.type) {
    case 'plain_text_input':
      return { type: element.type, value: element.initial_value ?? null }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return asJsonObject({ type: element.type, selected_option: element.initial_option ?? null })
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return asJsonObject({ type: element.type, selected_options: element.initial_options ?? [] })
    case 'file_input':
      return { type: element.type, files: [] }
    case 'users_select':
      return { type: element.type, selected_user: element.initial_user ?? null }
    case 'multi_users_select':
      return { type: element.type, selected_users: element.initial_users ?? [] }
    case 'datepicker':
      return { type: element.type, selected_date: element.initial_date ?? null }
    case 'timepicker':
      return { type: element.type, selected_time: element.initial_time ?? null }
    case 'datetimepicker':
      return { type: element.type, selected_date_time: element.initial_date_time ?? null }
    default:
      return element satisfies never
  }
}

const optionsOf = (element: Element, offered: readonly Option[]): readonly Option[] => {
  if (element.type === 'external_select')
    return [...offered, ...(element.initial_option ? [element.initial_option] : [])]
  if (element.type === 'multi_external_select') return [...offered, ...(element.initial_options ?? [])]
  if (element.type === 'static_select' || element.type === 'multi_static_select') {
    return element.options ?? element.option_groups?.flatMap((group) => group.options) ?? []
  }
  return 'options' in element ? element.options : []
}

const pick = (element: Element, label: string, offered: readonly Option[]): Option => {
  const options = optionsOf(element, offered)
  const found = options.find((option) => option.value === label || option.text.text === label)
  if (found) return found
  const values = options.map((option) => option.value).join(', ')
  throw new NotPossible(`There is no option ${label} in ${element.type}; offered: ${values}.`)
}

const one = (value: InputValue): string | null => {
  if (value === null || typeof value === 'string') return value
  throw new NotPossible('This input takes one value, not a list.')
}
const many = (value: InputValue): readonly string[] => {
  if (value === null) return []
  return typeof value === 'string' ? [value] : value
}

/** The value of an input after a person filled it in. `offered`: the app's suggestions for it. */
export const filledState = (element: Element, value: InputValue, offered: readonly Option[] = []): InputState => {
  const { type } = element
  switch (type) {
    case 'plain_text_input':
      return { type, value: one(value) }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow': {
      const label = one(value)
      return asJsonObject({ type, selected_option: label === null ? null : pick(element, label, offered) })
    }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return asJsonObject({ type, selected_options: many(value).map((each) => pick(element, each, offered)) })
    case 'users_select':
      return { type, selected_user: one(value) }
    case 'multi_users_select':
      return { type, selected_users: [...many(value)] }
    case 'datepicker':
      return { type, selected_date: one(value) }
    case 'timepicker':
      return { type, selected_time: one(value) }
    case 'datetimepicker': {
      const label = one(value)
      return { type, selected_date_time: label === null ? null : Number(label) }
    }
    case 'file_input':
    case 'button':
    case 'image':
      throw new NotPossible(`A ${type} cannot be filled in.`)
    default:
      return element satisfies never
  }
}

/** True when nothing was filled in. */
export const isEmpty = (state: InputState): boolean =>
  Object.entries(state).every(
    ([key, value]) => key === 'type' || value === null || value === '' || (Array.isArray(value) && value.length === 0),
  )

/** What Slack's own client says instead of sending a text that is too short or too long. */
export const clientComplaint = (element: Element, state: InputState): string | undefined => {
  if (element.type !== 'plain_text_input') return undefined
  const length = typeof state['value'] === 'string' ? state['value'].length : 0
  if (length === 0) return undefined
  if (length < (element.min_length ?? 0)) return `at least ${element.min_length} characters`
  const max = element.max_length ?? CLIENT_TEXT_MAX
  return length > max ? `at most ${max} characters` : undefined
}

// Slack's client applies this limit even if the view names no max_length.
const CLIENT_TEXT_MAX = 3000
