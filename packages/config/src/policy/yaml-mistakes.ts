import type { Document, ErrorCode, YAMLError } from 'yaml'
import { isScalar, Scalar, visit } from 'yaml'
import type { Mistake } from './mistake.ts'
import { inOneLine } from './mistake.ts'

/** Finds keys that occur twice in one block. The policy is still checked, with the later value of such a key. */
export function keysTwice(document: Document, text: string): readonly Mistake[] {
  const mistakes: Mistake[] = []
  visit(document, {
    Map: (_path, { items }) => {
      const above = new Set<string>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        const offset = key.range?.[0] ?? 0
        if (above.has(name)) mistakes.push({ offset, found: inOneLine(lineFrom(text, offset)), ...TWICE })
        above.add(name)
      }
    },
  })
  return mistakes
}

/** The parser's error as a mistake: where it begins, and the text there. */
export function mistakeIn(error: YAMLError, document: Document, text: string): Mistake {
  const open = isOpenQuote(error) ? openQuote(document, error.pos[0]) : undefined
  const offset = open ?? lastWritten(text, error.pos[0])
  const found = inOneLine(lineFrom(text, offset))
  if (open !== undefined) return { offset, found, ...OPEN_QUOTE }
  return { offset, found, ...(TEXTS[error.code] ?? { because: `This is not YAML: ${firstLine(error)}.`, ...MEND }) }
}

type MistakeText = Pick<Mistake, 'because' | 'instead'>

/** Our words for common mistakes, because the parser's words are for programmers. */
const TEXTS: Readonly<Partial<Record<ErrorCode, MistakeText>>> = {
  TAB_AS_INDENT: { because: 'A tab indents this line.', instead: 'Indent with spaces.' },
  MULTIPLE_DOCS: {
    because: 'A policy is one document, and here another begins.',
    instead: 'Write it as one, with no "---" or "..." between its lines.',
  },
}

const TWICE: MistakeText = { because: 'This key is in its block twice.', instead: 'Take one of the two out.' }

const OPEN_QUOTE: MistakeText = {
  because: 'This quote is never closed.',
  instead: 'Close it with the same sign where the text ends.',
}

const MEND = { instead: 'Mend this line; check indentation, quotes and brackets.' } as const

const isOpenQuote = ({ code, message }: YAMLError): boolean => code === 'MISSING_CHAR' && message.includes('quote')

/** The parser reports an unclosed quote only at the end of the file. */
function openQuote(document: Document, end: number): number | undefined {
  let start: number | undefined
  visit(document, {
    Scalar: (_key, { type, range }) => {
      const quoted = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE
      if (quoted && range && range[0] < end && end <= range[2]) start = range[0]
    },
  })
  return start
}

/**
 * Where to show a mistake. Returns `offset` if text follows it on the same line. Otherwise, for example at the end of
 * the file, returns the beginning of the last line that has text before `offset`.
 */
function lastWritten(text: string, offset: number): number {
  if (lineFrom(text, offset).trim() !== '') return offset
  const before = text.slice(0, offset).trimEnd()
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return before.length - line.trimStart().length
}

function lineFrom(text: string, offset: number): string {
  const end = text.indexOf('\n', offset)
  return text.slice(offset, end < 0 ? text.length : end)
}

const firstLine = ({ message }: YAMLError): string => (message.split('\n')[0] ?? '').replace(/[.:]$/, '')
