import { bytesInWords, cut, safeText } from '@embargo/chat'
import type { Card, Line, Span } from '@embargo/engine'
import { ATTACHMENTS_SHOWN_MAX } from '../limits.ts'
import { codeSpan, escapeLeading, escapeMarkdown, harmlessLine } from '../text/hostile.ts'
import { dateText } from './date.ts'

/**
 * How many lines of a card are shown, and how much of each. A card that is too large is drawn again with a smaller
 * measure.
 */
export type Measure = { readonly lines: number; readonly perLine: number }

/** Fields, lines and attachments as Markdown, one in each row. `whole` is false if something was left out. */
export function drawLines(card: Card, measure: Measure): { readonly text: string; readonly whole: boolean } {
  const rows = [
    ...card.fields.map(({ label, value }) =>
      drawLine([{ text: label, style: 'strong' }, { text: '  ' }, ...value], measure),
    ),
    ...card.lines.slice(0, measure.lines).map((line) => drawLine(line, measure)),
    ...more(card.lines.length - measure.lines, 'line'),
    ...card.attachments
      .slice(0, ATTACHMENTS_SHOWN_MAX)
      .map((each) =>
        drawLine(
          [
            { text: '📎 ' },
            { text: cut(each.name, 120), style: 'strong', hostile: true },
            { text: ` · ${bytesInWords(each.bytes)} · ` },
            { text: cut(each.type, 60), hostile: true },
            { text: ' · sha256 ' },
            { text: each.sha256, style: 'code' },
          ],
          measure,
        ),
      ),
    ...more(card.attachments.length - ATTACHMENTS_SHOWN_MAX, 'attachment'),
  ]
  return { text: rows.map((row) => row.text).join('\n'), whole: rows.every((row) => row.whole) }
}

/** How many characters are examined for each character that is shown. Making text harmless removes some of them. */
const LOOKED_AT = 4

type Row = { readonly text: string; readonly whole: boolean }

const more = (count: number, noun: string): readonly Row[] =>
  count > 0 ? [{ text: smallPrint(`… and ${count} more ${noun}${count === 1 ? '' : 's'}`), whole: false }] : []

/**
 * A whole line in small print. Discord cannot show a part of a line in small print:
 * https://docs.discord.com/developers/reference#message-formatting
 */
export const smallPrint = (text: string): string => `-# ${escapeMarkdown(text)}`

const isAside = (line: Line): boolean =>
  line.length > 0 && line.every(({ style, at, hostile }) => style === 'faint' && at === undefined && hostile !== true)

function drawLine(line: Line, { perLine }: Measure): Row {
  if (isAside(line)) {
    const plainText = safeText(line.map(({ text }) => text).join('')).replaceAll('\n', ' ')
    return { text: smallPrint(cut(plainText, perLine)), whole: plainText.length <= perLine }
  }
  let text = ''
  let room = perLine
  for (const span of line) {
    if (room <= 0) return { text, whole: false }
    const drawn = drawSpan(span, room)
    text += text === '' && span.style === undefined ? escapeLeading(drawn.text) : drawn.text
    room -= drawn.taken
  }
  return { text, whole: room >= 0 }
}

/** Draws a span. `taken` is the room that the whole text needs: more than `room` if the text was cut. */
function drawSpan(span: Span, room: number): { readonly text: string; readonly taken: number } {
  if (span.at !== undefined) {
    const text = dateText({ ...span, at: span.at })
    return { text, taken: Math.min(room, text.length) }
  }
  // Only this much of a very long text is processed.
  const most = LOOKED_AT * Math.max(room, 1)
  const text = span.text.slice(0, most)
  const plain = span.hostile === true ? harmlessLine(text) : safeText(text).replaceAll('\n', ' ')
  return { text: styled(cut(plain, room), span.style), taken: span.text.length > most ? room + 1 : plain.length }
}

/**
 * Adds the marks of a style. Faint text becomes italic, because Discord has no faint text within a line. Marks beside a
 * space have no effect, so spaces stay outside of them.
 */
function styled(text: string, style: Span['style']): string {
  if (style === undefined) return escapeMarkdown(text)
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? []
  if (inner === '') return text
  if (style === 'code') return `${before}${codeSpan(inner)}${after}`
  const mark = style === 'strong' ? '**' : '*'
  return `${before}${mark}${escapeMarkdown(inner)}${mark}${after}`
}
