import type { Element } from '../blocks/elements.ts'
import type { TextObject } from '../blocks/text.ts'
import type { NameOf } from './mrkdwn.ts'
import { renderMarkdown } from './mrkdwn.ts'

/** Shows a text object; only mrkdwn has markup. */
export const renderText = (text: TextObject, nameOf: NameOf): string =>
  text.type === 'mrkdwn' ? renderMarkdown(text.text, nameOf) : text.text

const menu = (chosen: string | undefined, placeholder: { text: string } | undefined, otherwise: string): string =>
  `[ ${chosen ?? placeholder?.text ?? otherwise} ▾ ]`

/** Shows a button as `[ Label ]`, a menu as `[ Choice ▾ ]`, an input as `[ value ]`. */
export const renderElement = (element: Element, nameOf: NameOf): string => {
  switch (element.type) {
    case 'button':
      return `[ ${element.text.text} ]`
    case 'static_select':
      return menu(element.initial_option?.text.text, element.placeholder, 'Choose')
    case 'external_select':
      return menu(element.initial_option?.text.text, element.placeholder, 'Search')
    case 'multi_external_select':
      return menu(element.initial_options?.map((option) => option.text.text).join(', '), element.placeholder, 'Search')
    case 'file_input':
      return '[ Add files ]'
    case 'multi_static_select':
      return menu(element.initial_options?.map((option) => option.text.text).join(', '), element.placeholder, 'Choose')
    case 'users_select':
      return menu(named(element.initial_user, nameOf), element.placeholder, 'Choose a person')
    case 'multi_users_select':
      return menu(
        element.initial_users?.map((id) => named(id, nameOf)).join(', '),
        element.placeholder,
        'Choose people',
      )
    case 'datepicker':
      return menu(element.initial_date, element.placeholder, 'Choose a date')
    case 'timepicker':
      return menu(element.initial_time, element.placeholder, 'Choose a time')
    case 'datetimepicker':
      return menu(element.initial_date_time?.toString(), undefined, 'Choose date and time')
    case 'checkboxes': {
      const chosen = new Set(element.initial_options?.map((option) => option.value))
      return element.options
        .map((option) => `${chosen.has(option.value) ? '[x]' : '[ ]'} ${renderText(option.text, nameOf)}`)
        .join('  ')
    }
    case 'radio_buttons':
      return element.options
        .map((option) => {
          const mark = option.value === element.initial_option?.value ? '(o)' : '( )'
          return `${mark} ${renderText(option.text, nameOf)}`
        })
        .join('  ')
    case 'overflow':
      return '[ … ]'
    case 'plain_text_input':
      return `[ ${element.initial_value ?? element.placeholder?.text ?? ''} ]`
    case 'image':
      return `(image: ${element.alt_text})`
    default:
      return element satisfies never
  }
}

const named = (id: string | undefined, nameOf: NameOf): string | undefined =>
  id === undefined ? undefined : `@${nameOf(id) ?? id}`
