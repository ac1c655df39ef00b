import { describe, expect, it } from 'vitest'
import { htmlText } from './html-text.ts'
import { MAX_HTML_INDENTS } from './limits.ts'

const DEEP = 190
const LINES = 2_000

describe('the text of an HTML mail', () => {
  // Each level of nesting copies every line. A mail with 190 levels and 450,000 lines took the parser more than 20 s.
  it.each([
    ['quotes', '<blockquote>', '> '.repeat(MAX_HTML_INDENTS)],
    ['lists', '<ul><li>', ` ${'* '.repeat(MAX_HTML_INDENTS)}`],
    ['numbered lists', '<ol><li>', ` ${'1. '.repeat(MAX_HTML_INDENTS)}`],
    ['quotes in lists', '<ul><li><blockquote>', ''],
  ])('indents its lines no deeper, however deep it nests %s', (_, open, prefix) => {
    const { text } = htmlText(`${open.repeat(DEEP / (open.match(/</gu)?.length ?? 1))}${'a<br>'.repeat(LINES)}b`)
    const lines = text.split('\n')
    expect(lines[0]?.startsWith(prefix)).toBe(true)
    expect(lines.filter((line) => line.trimEnd().endsWith('a'))).toHaveLength(LINES)
    expect(lines.at(-1)).toMatch(/b$/u)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(4 * MAX_HTML_INDENTS + 1)
  })

  it('keeps quotes and lists as they are written', () => {
    const { text } = htmlText(
      '<ul><li>one<ol><li>two<li>three</ol></ul><blockquote>four<blockquote>five</blockquote></blockquote>',
    )
    expect(text.split('\n')).toEqual([' * one', '   1. two', '   2. three', '', '> four', '> ', '> > five'])
  })

  it.each([
    ['type="i" start="50000"', ' 50000. one'],
    ['type="i" start="3"', ' 3. one'],
    ['type="a" start="x"', ' 1. one'],
    ['start="-3"', ' 1. one'],
  ])('numbers a list of %s', (attributes, first) => {
    expect(htmlText(`<ol ${attributes}><li>one</ol>`).text).toBe(first)
  })
})
