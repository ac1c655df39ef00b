import type { Component, Touchable } from '../check/components.ts'
import type { NameOf } from './markdown.ts'
import { renderMarkdown } from './markdown.ts'

const element = (each: Touchable): string => {
  if (each.type !== 2) return `[ ${each.placeholder ?? 'Choose'} ▾ ]`
  const label = [each.emoji?.name, each.label].filter((part) => part !== undefined && part !== null && part !== '')
  return each.disabled === true ? `( ${label.join(' ')} )` : `[ ${label.join(' ')} ]`
}

/** A component as lines of text. */
export const renderComponent = (component: Component, nameOf: NameOf): string => {
  switch (component.type) {
    case 1:
      return component.components.map(element).join(' ')
    case 9: {
      const texts = component.components.map((text) => renderMarkdown(text.content, nameOf)).join('\n')
      return component.accessory.type === 2 ? `${texts} ${element(component.accessory)}` : texts
    }
    case 10:
      return renderMarkdown(component.content, nameOf)
    case 12:
      return component.items.map((item) => `(picture: ${item.description ?? item.media.url})`).join('\n')
    case 13:
      return `(file: ${component.file.url.replace('attachment://', '')})`
    case 14:
      return '────'
    case 17:
      return component.components
        .flatMap((each) => renderComponent(each, nameOf).split('\n'))
        .map((line) => `┃ ${line}`)
        .join('\n')
    default:
      return component satisfies never
  }
}
