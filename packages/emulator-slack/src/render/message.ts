import type { Block } from '../blocks/blocks.ts'
import type { HomeView, ModalView } from '../blocks/views.ts'
import { renderBlock } from './blocks.ts'
import type { NameOf } from './mrkdwn.ts'
import { renderMarkdown } from './mrkdwn.ts'

const anonymous: NameOf = () => undefined

/**
 * A message as plain text, as a channel shows it: its blocks or, if it has none, its text. `nameOf` turns ids into
 * names.
 */
export const renderMessage = (
  message: { readonly text: string; readonly blocks: readonly Block[] },
  nameOf: NameOf = anonymous,
): string => {
  if (message.blocks.length === 0) return renderMarkdown(message.text, nameOf)
  return message.blocks.map((block) => renderBlock(block, nameOf)).join('\n')
}

/** A modal (its title, its blocks, its buttons) or the Home tab, as a person sees it. */
export const renderView = (view: ModalView | HomeView, nameOf: NameOf = anonymous): string => {
  const blocks = view.blocks.map((block) => renderBlock(block, nameOf))
  if (view.type === 'home') return blocks.join('\n')
  return [
    `── ${view.title.text} ──`,
    ...blocks,
    `[ ${view.close?.text ?? 'Cancel'} ]${view.submit ? ` [ ${view.submit.text} ]` : ''}`,
  ].join('\n')
}
