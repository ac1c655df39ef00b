import type { Card } from '@embargo/engine'
import { plainLine } from '../render/plain.ts'
import { filesInWords, sizeInWords, redactLine } from './card.ts'

/** The card as one line without the case's content: `a report arrived, 212 characters in 9 lines`. */
export function headline({ title, lines, quote, attachments }: Card): string {
  const [, headline = plainLine(redactLine(lines[0] ?? []))] = /^\S+ · (.+)$/u.exec(title) ?? []
  return [
    headline.replace(/\.$/u, ''),
    ...(quote === undefined ? [] : [sizeInWords(quote.text)]),
    ...(attachments.length === 0 ? [] : [filesInWords(attachments)]),
  ].join(', ')
}
