/**
 * The width of a line in a mail. RFC 5322 section 2.1.1 recommends at most 78 characters. The six characters that
 * remain are for the quote marks that a few replies add.
 */
export const COLUMNS = 72

/**
 * One block of a plain text mail. An empty line separates blocks, except between a "label:" and its list. A string is a
 * paragraph. `items`: bullet points. `steps`: numbered points. `rows`: labels with values. `said`: text that a person
 * typed, with its line breaks, quotes and indented code. `verbatim`: never changed.
 */
export type Block =
  | string
  | { title: string }
  | { items: readonly string[] }
  | { steps: readonly string[] }
  | { rows: readonly (readonly [label: string, value: string])[] }
  | { said: string }
  | { verbatim: string }

/** Renders blocks as plain text of at most `COLUMNS` columns. Only URLs, code and verbatim lines may be wider. */
export function layout(blocks: readonly (Block | undefined)[]): string {
  let text = ''
  let label = false
  for (const block of blocks) {
    const part = block === undefined ? '' : render(block)
    if (block === undefined || part === '') continue
    text += text === '' ? part : `${label && isList(block) ? '\n' : '\n\n'}${part}`
    label = typeof block === 'string' && block.endsWith(':')
  }
  return text
}

function isList(block: Block): boolean {
  return typeof block !== 'string' && ('items' in block || 'rows' in block || 'steps' in block)
}

function render(block: Block): string {
  if (typeof block === 'string') return wrap(block)
  if ('title' in block) return title(block.title)
  if ('items' in block) return block.items.map((item) => wrap(item, { first: '- ', rest: '  ' })).join('\n')
  if ('steps' in block) {
    return block.steps.map((step, at) => wrap(step, { first: `${at + 1}. `, rest: '   ' })).join('\n')
  }
  if ('rows' in block) return rows(block.rows)
  if ('said' in block) return typedText(block.said)
  return block.verbatim
}

/**
 * Breaks one paragraph into lines. Any white space, including line breaks, becomes one space, so the value of a field
 * cannot add lines.
 */
export function wrap(paragraph: string, margin: { first: string; rest: string } = { first: '', rest: '' }): string {
  const lines: string[] = []
  let line = ''
  for (const word of oneLine(paragraph).split(' ')) {
    const start = lines.length === 0 ? margin.first : margin.rest
    if (line !== '' && width(start) + width(line) + 1 + width(word) > COLUMNS) {
      lines.push(start + line)
      line = word
      continue
    }
    line = line === '' ? word : `${line} ${word}`
  }
  if (line !== '') lines.push((lines.length === 0 ? margin.first : margin.rest) + line)
  return lines.join('\n')
}

function title(text: string): string {
  const lines = wrap(text)
  return `${lines}\n${'-'.repeat(Math.max(...lines.split('\n').map(width)))}`
}

function rows(pairs: readonly (readonly [string, string])[]): string {
  const label = Math.max(...pairs.map(([name]) => width(name))) + 2
  return pairs.map(([name, value]) => wrap(value, { first: name.padEnd(label), rest: ' '.repeat(label) })).join('\n')
}

/**
 * Writes values beside a label, one below the other. If a word, such as an address, is too wide for that, all values
 * are below the label.
 */
export function labelled(label: string, values: readonly string[]): string {
  const isWide = label.trim() !== '' && values.some((value) => longestWord(value) > COLUMNS - width(label))
  const rest = ' '.repeat(isWide ? 2 : width(label))
  const lines = values.map((value, at) => wrap(value, { first: at === 0 && !isWide ? label : rest, rest }))
  return [...(isWide ? [label.trimEnd()] : []), ...lines].join('\n')
}

const longestWord = (text: string): number => Math.max(...oneLine(text).split(' ').map(width))

const QUOTE = /^(?:>[ ]?)+/
const CODE = /^(?: {4}|\t)/
const FENCE = /^```/

/**
 * Text as a person typed it. Long lines are wrapped, and each part of a quoted line gets its quote marks. Indented or
 * fenced code is kept as it is.
 */
function typedText(text: string): string {
  let fenced = false
  return clean(text)
    .trimEnd()
    .split('\n')
    .map((line) => {
      if (FENCE.test(line)) {
        fenced = !fenced
        return line
      }
      if (fenced || CODE.test(line)) return line
      // A line that fits stays as it is, because it may be a row of a table.
      if (width(line) <= COLUMNS) return line.trimEnd()
      const quote = QUOTE.exec(line)?.[0] ?? ''
      return quote === line ? line.trimEnd() : wrap(line.slice(quote.length), { first: quote, rest: quote })
    })
    .join('\n')
}

/** One line without control characters, so that a subject or header field cannot add another header. */
export function oneLine(text: string): string {
  return clean(text).replaceAll(/\s+/gu, ' ').trim()
}

// Control characters could forge a header or control a terminal. Direction overrides make text look different from what
// is stored ("Trojan Source"). Tab and line feed are layout, so they stay.
const UNSEEN = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

function clean(text: string): string {
  return text.replaceAll(/\r\n?/gu, '\n').replaceAll(UNSEEN, '')
}

/**
 * JavaScript stores a character outside the first 65,536 as a pair of surrogates. Such a pair must count as one column.
 * Most lines have none.
 */
const SURROGATE = /[\ud800-\udfff]/

function width(text: string): number {
  return SURROGATE.test(text) ? [...text].length : text.length
}
