import { styleText } from 'node:util'
import type { Attachment, Card, Field, Line, Span } from '@embargo/engine'
import { defang, safeLine, safeText } from '../text/safe-text.ts'
import { timeInWords } from '../text/times.ts'
import type { ChatCommand } from '../chat-command.ts'
import type { Form } from '../types.ts'
import { kebab } from '../option.ts'
import { plainAttachment } from './plain.ts'
import { typedAction } from './typed-action.ts'
import { TERMINAL_COLUMNS, wrap } from './wrap.ts'

const LABEL_WIDTH = 15
const INDENT = '  '
const FIELD_INDENT = '      '

export type TerminalOptions = {
  /** Set this only if the output is a terminal that supports colour. */
  readonly colour: boolean
  readonly columns?: number
  /** Each button is shown as one of these commands. Default: all commands. */
  readonly commands?: readonly ChatCommand[]
}

type LineText = (line: Line) => string
type Paint = (style: 'bold' | 'dim' | 'cyan', text: string) => string

/** The card for a terminal. Lines are wrapped, and each button is shown as the command that it stands for. */
export function renderTerminal(card: Card, options: TerminalOptions): string {
  const columns = options.columns ?? TERMINAL_COLUMNS
  const lineText: LineText = (line) => line.map(spanText).join('')
  const paint: Paint = options.colour
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text
  const lines = [
    (card.title === '' ? [] : wrap(safeLine(card.title), columns)).map((text) => paint('bold', text)),
    card.fields.flatMap((field) => fieldLines(field, lineText, columns, paint)),
    card.lines.flatMap((each) => textLines(each, lineText, columns, paint)),
    card.quote === undefined ? [] : [paint('dim', `${card.quote.label}:`), ...quoteLines(card.quote, columns)],
    card.attachments.flatMap((attachment) => attachmentLines(attachment, columns)),
    card.actions.flatMap((action) => [
      `  ${paint('cyan', `→ ${safeLine(action.label)}:`)} ${typedAction(action, options.commands)}`,
    ]),
  ]
  return lines.flat().join('\n')
}

function fieldLines(field: Field, lineText: LineText, columns: number, paint: Paint): readonly string[] {
  const [first = '', ...more] = wrap(lineText(field.value), columns - LABEL_WIDTH)
  return [
    `${paint('dim', field.label.padEnd(LABEL_WIDTH))}${first}`,
    ...more.map((text) => `${' '.repeat(LABEL_WIDTH)}${text}`),
  ]
}

function textLines(line: Line, lineText: LineText, columns: number, paint: Paint): readonly string[] {
  const style = styleOf(line)
  const wrapped = rowsOf(line, lineText(line), columns)
  if (style === 'strong') return wrapped.map((text) => paint('bold', text))
  return style === 'faint' ? wrapped.map((text) => paint('dim', text)) : wrapped
}

/**
 * Wraps a line. If it contains text from outside, the continuation lines are indented, so they cannot look like our own
 * lines.
 */
function rowsOf(line: Line, text: string, columns: number): readonly string[] {
  return line.some(({ hostile }) => hostile === true) ? setIn(text, columns) : wrap(text, columns)
}

function setIn(text: string, columns: number, indent = INDENT): readonly string[] {
  const [first = ''] = wrap(text, columns)
  if (first.length === text.length) return [first]
  return [first, ...wrap(text.slice(first.length).trimStart(), columns - indent.length).map((row) => `${indent}${row}`)]
}

/**
 * The style of a line, if all its spans have the same style. Times do not count, because a time takes the style of its
 * line.
 */
function styleOf(line: Line): Span['style'] {
  const [style, ...others] = new Set(line.filter((span) => span.at === undefined).map((span) => span.style))
  return others.length === 0 ? style : undefined
}

const spanText = (span: Span): string =>
  span.hostile === true ? defang(safeLine(span.text)) : safeText(timeInWords(span))

const quoteLines = ({ text, verbatim }: NonNullable<Card['quote']>, columns: number): readonly string[] =>
  verbatim === true
    ? safeText(text).split('\n')
    : defang(safeText(text))
        .split('\n')
        .flatMap((each) => wrap(each, columns - 2))
        .map((each) => `> ${each}`.trimEnd())

const attachmentLines = (attachment: Attachment, columns: number): readonly string[] =>
  setIn(plainAttachment(attachment), columns)

/** A form as text: which values are missing, and how to type them. */
export function renderFormAsText(form: Form, commands?: readonly ChatCommand[]): string {
  const fields = form.fields
    .filter(({ kind }) => kind !== 'file')
    .map((field) => {
      const choices = field.choices === undefined ? '' : ` (${field.choices.map((choice) => choice.value).join(', ')})`
      const entry = `  --${kebab(field.name)}  ${field.label}${choices}${field.optional === true ? ', may be left out' : ''}`
      return setIn(entry, TERMINAL_COLUMNS, FIELD_INDENT).join('\n')
    })
  const typed = typedAction({ verb: form.verb, input: form.hidden, form: true }, commands)
  return [`${form.title}: this is needed.`, ...fields, 'Typed in one line:', `  ${typed}`].join('\n')
}
