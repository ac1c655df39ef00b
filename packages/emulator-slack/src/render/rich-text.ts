import type { RichText, RichTextPiece } from '../blocks/rich-text.ts'
import type { NameOf } from './mrkdwn.ts'

const piece = (each: RichTextPiece, nameOf: NameOf): string => {
  switch (each.type) {
    case 'text':
      return each.text
    case 'link':
      return each.text === undefined ? each.url : `${each.text} (${each.url})`
    case 'user':
      return `@${nameOf(each.user_id) ?? each.user_id}`
    case 'usergroup':
      return `@${nameOf(each.usergroup_id) ?? each.usergroup_id}`
    case 'channel':
      return `#${nameOf(each.channel_id) ?? each.channel_id}`
    case 'emoji':
      return `:${each.name}:`
    case 'broadcast':
      return `@${each.range}`
    case 'date':
      return each.fallback ?? new Date(each.timestamp * 1000).toISOString()
    default:
      return each satisfies never
  }
}

const line = (pieces: readonly RichTextPiece[], nameOf: NameOf): string =>
  pieces.map((each) => piece(each, nameOf)).join('')

const indent = (text: string, by: string): string =>
  text
    .split('\n')
    .map((each) => `${by}${each}`)
    .join('\n')

/** Shows rich text: lists with bullets or numbers, quotes with `>`, preformatted text after four spaces. */
export const renderRichText = (block: RichText, nameOf: NameOf): string =>
  block.elements
    .map((element) => {
      switch (element.type) {
        case 'rich_text_section':
          return line(element.elements, nameOf)
        case 'rich_text_preformatted':
          return indent(line(element.elements, nameOf), '    ')
        case 'rich_text_quote':
          return indent(line(element.elements, nameOf), '> ')
        case 'rich_text_list':
          return element.elements
            .map((item, index) => {
              const mark = element.style === 'bullet' ? '•' : `${(element.offset ?? 0) + index + 1}.`
              return `${'  '.repeat(element.indent ?? 0)}${mark} ${line(item.elements, nameOf)}`
            })
            .join('\n')
        default:
          return element satisfies never
      }
    })
    .join('\n')
