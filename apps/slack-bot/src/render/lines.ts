import { cut, plainLine } from '@embargo/chat'
import type { Card, Line, Span } from '@embargo/engine'
import { ATTACHMENTS_SHOWN_MAX } from '../limits.ts'
import { harmlessLine } from '../text/hostile.ts'
import type { KnownBlock, RichTextElement } from './blocks.ts'
import { dateElement } from './date.ts'

/**
 * How many lines of a card are shown, and how much of each. A card that is too large is drawn again with a smaller
 * measure.
 */
export type Measure = {
  readonly lines: number
  readonly perLine: number
}

/**
 * Fields, lines and attachments as one rich text. Slack interprets no markup in it, so text from outside remains text.
 * Undefined if there is nothing to show.
 */
export function linesBlock(card: Card, measure: Measure): KnownBlock | undefined {
  const rows = [
    ...card.fields.map(({ label, value }) => [
      piece({ text: `${label}  `, style: 'strong' }),
      ...pieces(value, measure),
    ]),
    ...card.lines.slice(0, measure.lines).map((line) => pieces(line, measure)),
    ...more(card.lines.length - measure.lines, 'line'),
    ...card.attachments
      .slice(0, ATTACHMENTS_SHOWN_MAX)
      .map((each) =>
        pieces(
          [
            { text: '📎 ' },
            { text: cut(harmlessLine(each.name), 120), style: 'strong' },
            { text: ` · ${cut(harmlessLine(each.type), 60)} · ${size(each.bytes)} · SHA-256 ` },
            { text: each.sha256, style: 'code' },
          ],
          measure,
        ),
      ),
    ...more(card.attachments.length - ATTACHMENTS_SHOWN_MAX, 'attachment'),
  ]
  const elements = rows.flatMap((row, index) => (index === 0 ? row : [newLine, ...row])).filter(hasText)
  if (elements.length === 0) return undefined
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }
}

/** The fields, lines and attachments that are not shown completely at this measure. */
export function leftOut(card: Card, { lines, perLine }: Measure): readonly string[] {
  const isLong = (line: Line): boolean => line.reduce((sum, { text }) => sum + harmlessLine(text).length, 0) > perLine
  const cutShort = [
    ...card.fields.map(({ value }) => value).filter(isLong),
    ...card.lines.filter((line, index) => index >= lines || isLong(line)),
  ]
  return [...cutShort.map(plainLine), ...card.attachments.slice(ATTACHMENTS_SHOWN_MAX).map(({ sha256 }) => sha256)]
}

const newLine: RichTextElement = { type: 'text', text: '\n' }

const more = (count: number, noun: string): RichTextElement[][] =>
  count > 0 ? [[piece({ text: `… and ${count} more ${noun}${count === 1 ? '' : 's'}`, style: 'faint' })]] : []

function pieces(line: Line, { perLine }: Measure): RichTextElement[] {
  const shown: RichTextElement[] = []
  let room = perLine
  for (const span of line) {
    if (room <= 0) break
    if (span.at !== undefined) {
      const date = dateElement({ ...span, at: span.at })
      room -= date.format.length
      shown.push(date)
      continue
    }
    const text = cut(span.hostile === true ? harmlessLine(span.text) : span.text, room)
    room -= text.length
    shown.push(...(span.hostile === true || text !== span.text ? [piece({ ...span, text })] : withLinks(span)))
  }
  return shown
}

/**
 * Matches a web address. People may click the web addresses in our own text. Slack does not turn the web addresses in a
 * rich text into links, so we mark ours as links.
 */
const LINK = /(https:\/\/[^\s<>…]*[^\s<>….,:;)])/u

const withLinks = (span: Span): readonly RichTextElement[] =>
  span.style === undefined
    ? span.text
        .split(LINK)
        .map((text, index): RichTextElement =>
          index % 2 === 1 ? { type: 'link', url: text } : piece({ ...span, text }),
        )
    : [piece(span)]

function piece({ text, style }: Span): RichTextElement {
  if (style === undefined) return { type: 'text', text }
  if (style === 'strong') return { type: 'text', text, style: { bold: true } }
  // Slack has no faint text within a line, so italics replace it.
  return { type: 'text', text, style: style === 'code' ? { code: true } : { italic: true } }
}

// Slack refuses an empty text element.
const hasText = (element: RichTextElement): boolean => element.type !== 'text' || element.text !== ''

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
