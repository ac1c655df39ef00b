import { describe, expect, it } from 'vitest'
import { wordsOf } from './words.ts'

const ROWS: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['  valid   high ', ['valid', 'high']],
  ['named "Nora Vale"', ['named', 'Nora Vale']],
  ['named “Nora Vale”', ['named', 'Nora Vale']],
  ["it's not ours", ["it's", 'not', 'ours']],
  ['an "open quote', ['an', '"open', 'quote']],
  ['"glued"word', ['"glued"word']],
  ['"" empty', ['', 'empty']],
]

describe('words', () => {
  it.each(ROWS)('%j is %j', (text, words) => {
    expect(wordsOf(text).map((word) => word.text)).toEqual(words)
  })
})
