import type { Attachment, Card, Line, Span } from '@embargo/engine'
import { buildCard } from '../cards/card.ts'
import { code, faint, line, plain } from '../cards/spans.ts'
import { bytesInWords } from '../text/bytes.ts'
import { counted } from '../text/dates.ts'

/** The command that gets files. Its button is removed if content is kept out of chat. */
const FETCHES_FILES = 'read.files'

const NOT_SHOWN = 'not shown here'

/**
 * The card without the content of its case. Text from outside is replaced by its kind or sender, a long text by its
 * length, files by their number and size. A span from outside is removed unless it is marked as safe to show
 * everywhere. If this mark was forgotten, the card shows too little, never too much. `command` is what the reader types
 * to read the rest.
 */
export function redactCard(card: Card, command: string): Card {
  const { quote, attachments } = card
  const lines: readonly Line[] = [
    ...(quote === undefined ? [] : [line(plain(`${quote.label}: ${sizeInWords(quote.text)}, ${NOT_SHOWN}.`))]),
    ...(attachments.length === 0 ? [] : [line(plain(`Attached: ${filesInWords(attachments)}, ${NOT_SHOWN}.`))]),
  ]
  return buildCard({
    kind: card.kind,
    title: card.title,
    fields: card.fields.map(({ label, value }) => ({ label, value: redactLine(value) })),
    lines: [
      ...card.lines.map(redactLine),
      ...lines,
      ...(lines.length === 0 ? [] : [line(faint('Read it in the terminal: '), code(command))]),
    ],
    actions: card.actions.filter(({ verb }) => verb !== FETCHES_FILES),
    ...(card.tone === undefined ? {} : { tone: card.tone }),
    ...(card.mentions === undefined ? {} : { mentions: card.mentions }),
    notification: card.notification,
  })
}

/**
 * A line without content. If neighbouring spans, such as a name and an address, have the same replacement, the
 * replacement is shown once.
 */
export function redactLine(spans: Line): Line {
  const kept: Span[] = []
  let last: string | undefined
  for (const span of spans) {
    if (span.hostile !== true || span.everywhere === true) {
      // The space between two replaced spans, such as a name and an address, is removed too.
      if (last === undefined || span.text.trim() !== '') {
        kept.push(span)
        last = undefined
      }
      continue
    }
    const instead = span.instead ?? NOT_SHOWN
    if (instead !== last) kept.push(faint(instead))
    last = instead
  }
  return kept
}

/** The size of a text in words, such as `3214 characters in 40 lines`. */
export function sizeInWords(text: string): string {
  const whole = text.trim()
  const lines = whole === '' ? 0 : whole.split(/\r\n?|\n/u).length
  return `${counted(whole.length, 'character')}${lines > 1 ? ` in ${counted(lines, 'line')}` : ''}`
}

export function filesInWords(files: readonly Attachment[]): string {
  const bytes = files.reduce((sum, each) => sum + each.bytes, 0)
  return `${counted(files.length, 'file')}, ${bytesInWords(bytes)}`
}
