import { FLAGS } from '../check/messages.ts'
import type { Embed } from '../check/embeds.ts'
import type { Modal } from '../check/modals.ts'
import { fieldsOf } from '../check/modals.ts'
import type { Message } from '../state.ts'
import { renderComponent } from './components.ts'
import type { NameOf } from './markdown.ts'
import { renderMarkdown } from './markdown.ts'

const anonymous: NameOf = () => undefined

// Shows an embed. Author and footer are plain text, in which a backslash escapes nothing:
// …/resources/message#embed-object
const renderEmbed = (embed: Embed, nameOf: NameOf): string =>
  [
    embed.author?.name,
    renderMarkdown(embed.title ?? '', nameOf),
    renderMarkdown(embed.description ?? '', nameOf),
    ...(embed.fields ?? []).map(
      (field) => `${renderMarkdown(field.name, nameOf)}: ${renderMarkdown(field.value, nameOf)}`,
    ),
    embed.footer?.text,
  ]
    .flatMap((part) => (part === undefined || part === '' ? [] : part.split('\n')))
    .map((line) => `┃ ${line}`)
    .join('\n')

/**
 * A message as plain text, as a channel shows it: its content, its embeds unless they are suppressed, its components
 * and its files. `nameOf` turns ids into names.
 */
export const renderMessage = (
  message: Pick<Message, 'content' | 'embeds' | 'components' | 'flags' | 'attachments'>,
  nameOf: NameOf = anonymous,
): string => {
  if ((message.flags & FLAGS.loading) !== 0) return 'thinking…'
  const embeds = (message.flags & FLAGS.suppressEmbeds) === 0 ? message.embeds : []
  return [
    renderMarkdown(message.content, nameOf),
    ...embeds.map((embed) => renderEmbed(embed, nameOf)),
    ...message.components.map((each) => renderComponent(each, nameOf)),
    ...message.attachments.map((file) => `(file: ${file.filename})`),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

/** A modal as a person sees it: its title, its fields, its buttons. */
export const renderModal = (modal: Modal, nameOf: NameOf = anonymous): string => {
  const texts = modal.components.flatMap((each) => (each.type === 10 ? [renderMarkdown(each.content, nameOf)] : []))
  const fields = fieldsOf(modal).map(({ label, field }) => {
    const mark = (field.required ?? true) ? ' *' : ''
    const shown = field.type === 4 ? (field.value ?? field.placeholder ?? '') : field.type === 3 ? '▾' : ''
    return `${label}${mark}: ${shown}`.trimEnd()
  })
  return [`── ${modal.title} ──`, ...texts, ...fields, '[ Cancel ] [ Submit ]'].join('\n')
}
