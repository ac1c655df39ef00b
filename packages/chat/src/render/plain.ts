import type { Action, Attachment, Card, Field, Line, Span } from '@embargo/engine'
import { defang, safeLine, safeText } from '../text/safe-text.ts'
import { timeInWords } from '../text/times.ts'
import { bytesInWords } from '../text/bytes.ts'

/** Wide enough for the longest label of the status card. */
const LABEL_WIDTH = 15

/**
 * The whole card as text, for places that do not show blocks: screen readers, mail, logs of the demo and some clients.
 */
export function renderPlain(card: Omit<Card, 'fallback' | 'notification'>): string {
  return [
    card.title === '' ? [] : [safeLine(card.title)],
    card.fields.map(plainField),
    card.lines.map(plainLine),
    card.quote === undefined ? [] : [`${card.quote.label}:`, ...quoted(card.quote.text)],
    card.attachments.map(plainAttachment),
    card.actions.length === 0 ? [] : [plainActions(card.actions)],
  ]
    .flat()
    .join('\n')
}

export const plainLine = (line: Line): string => line.map(plainSpan).join('')

function plainSpan(span: Span): string {
  if (span.hostile === true) return outsideLine(span.text)
  return safeText(timeInWords(span))
}

const plainField = (field: Field): string => `${field.label.padEnd(LABEL_WIDTH)}${plainLine(field.value)}`

const quoted = (text: string): readonly string[] =>
  defang(safeText(text))
    .split('\n')
    .map((each) => `> ${each}`.trimEnd())

/** The attachment's name, size, type and hash. Its bytes are never shown, and are fetched only on request. */
export const plainAttachment = (attachment: Attachment): string =>
  `Attached: ${outsideLine(attachment.name)} · ${bytesInWords(attachment.bytes)} · ${outsideLine(attachment.type)} · sha256 ${safeLine(attachment.sha256)}`

const outsideLine = (text: string): string => defang(safeLine(text))

const plainActions = (actions: readonly Action[]): string => actions.map((action) => `[ ${action.label} ]`).join(' ')
