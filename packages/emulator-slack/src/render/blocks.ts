import type { Block } from '../blocks/blocks.ts'
import type { TextObject } from '../blocks/text.ts'
import { renderElement, renderText } from './elements.ts'
import type { NameOf } from './mrkdwn.ts'
import { renderRichText } from './rich-text.ts'

const COLUMN = 40
const DIVIDER = '─'.repeat(40)

// Slack shows fields in two columns. Here, a field with several lines or much text gets its own row.
const renderFields = (fields: readonly TextObject[], nameOf: NameOf): string[] => {
  const lines: string[] = []
  let note: string | undefined
  for (const text of fields.map((field) => renderText(field, nameOf))) {
    const narrow = !text.includes('\n') && text.length < COLUMN
    if (note !== undefined && narrow) {
      lines.push(`${note.padEnd(COLUMN)}${text}`)
      note = undefined
      continue
    }
    if (note !== undefined) lines.push(note)
    note = narrow ? text : undefined
    if (!narrow) lines.push(text)
  }
  if (note !== undefined) lines.push(note)
  return lines
}

/** Shows one block as lines of plain text. */
export const renderBlock = (block: Block, nameOf: NameOf): string => {
  switch (block.type) {
    case 'header':
      return block.text.text
    case 'divider':
      return DIVIDER
    case 'section': {
      const text = block.text ? [renderText(block.text, nameOf)] : []
      const accessory = block.accessory ? [renderElement(block.accessory, nameOf)] : []
      return [...text, ...renderFields(block.fields ?? [], nameOf), ...accessory].join('\n')
    }
    case 'context':
      return block.elements
        .map((element) => (element.type === 'image' ? renderElement(element, nameOf) : renderText(element, nameOf)))
        .join('  ')
    case 'actions':
      return block.elements.map((element) => renderElement(element, nameOf)).join(' ')
    case 'input': {
      const label = `${block.label.text}${block.optional === true ? ' (optional)' : ''}`
      const hint = block.hint ? [`  ${block.hint.text}`] : []
      return [`${label}: ${renderElement(block.element, nameOf)}`, ...hint].join('\n')
    }
    case 'image':
      return `(image: ${block.title?.text ?? block.alt_text})`
    case 'rich_text':
      return renderRichText(block, nameOf)
    default:
      return block satisfies never
  }
}
