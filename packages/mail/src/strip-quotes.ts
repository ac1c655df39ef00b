/**
 * Splits the quote of an earlier mail off the end of a text, in linear time. Joined by a line feed, `text` and `quoted`
 * are the input again. A quote is recognised by the structure of the text, not by words of any language. A mail that
 * consists only of a quote is not split.
 */
export function splitQuote(input: string): { readonly text: string; readonly quoted: string } {
  const lines = input.split('\n')
  const start = Math.min(trailingQuote(lines), headerBlock(lines))
  if (start >= lines.length || lines.slice(0, start).every(isBlank)) return { text: input, quoted: '' }
  return { text: lines.slice(0, start).join('\n'), quoted: lines.slice(start).join('\n') }
}

/**
 * The longest introduction ("On … Ana wrote:"), in characters. A longer text that ends in a colon is ordinary prose.
 */
const INTRODUCTION = 200
/** Mail programs break an introduction into at most this many lines. */
const INTRODUCTION_LINES = 3

const isBlank = (line: string): boolean => line.trim() === ''
const isQuote = (line: string): boolean => line.startsWith('>') || /^ ?>/u.test(line)

/** The index of the first line of the quote at the end of the text. An introduction counts as part of the quote. */
function trailingQuote(lines: readonly string[]): number {
  let end = lines.length
  while (end > 0 && isBlank(lines[end - 1] ?? '')) end -= 1
  let start = end
  while (start > 0 && (isQuote(lines[start - 1] ?? '') || isBlank(lines[start - 1] ?? ''))) start -= 1
  while (start < end && isBlank(lines[start] ?? '')) start += 1
  return start === end ? lines.length : introduction(lines, start)
}

function introduction(lines: readonly string[], quote: number): number {
  let last = quote
  while (last > 0 && isBlank(lines[last - 1] ?? '')) last -= 1
  if (!(lines[last - 1] ?? '').trimEnd().endsWith(':')) return quote
  // Lines above a quote are its introduction only if they contain a date or an address; an ordinary sentence that ends
  // in a colon has neither. The search stops at the date, because the line above the date may already belong to the
  // sender's own text.
  let first = last
  let addressed = quote
  let length = 0
  while (first > 0 && last - first < INTRODUCTION_LINES && !isBlank(lines[first - 1] ?? '')) {
    first -= 1
    const line = lines[first] ?? ''
    length += line.length
    if (length > INTRODUCTION) break
    if (/\d{1,2}[:.]\d{2}/u.test(line)) return first
    if (line.includes('@')) addressed = first
  }
  return addressed
}

/**
 * A quoted mail may begin with its header fields. The names of these fields depend on the language, so any four lines
 * `Word: value` in a row count as header fields.
 */
const FIELDS = 4
/** The dashes or underscores above a block of header fields. */
const RULE = /^(?:-{6,}|-{3,}[^-]{1,60}-{3,}|_{10,})\s*$/u

/**
 * The index of a line of dashes or underscores that is followed by lines like header fields. One widespread mail
 * program quotes in this way.
 */
function headerBlock(lines: readonly string[]): number {
  for (let at = 0; at < lines.length; at += 1) {
    if (!RULE.test((lines[at] ?? '').slice(0, INTRODUCTION))) continue
    let field = at + 1
    while (field < at + 3 && isBlank(lines[field] ?? 'end')) field += 1
    const block = lines.slice(field, field + FIELDS)
    if (
      block.length === FIELDS &&
      block.every((line) => /^\*?\p{L}[\p{L} -]{0,20}:\*? /u.test(line)) &&
      block.join(' ').includes('@')
    )
      return at
  }
  return lines.length
}
