import { describe, expect, it } from 'vitest'
import { firstAndRest, unquoted, wordsOf } from './words.ts'

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

describe('the rest of a line', () => {
  it.each([
    ['"the fix is late"', 'the fix is late'],
    ['  the fix is late ', 'the fix is late'],
    ['he said "no"', 'he said "no"'],
    ['"no" and "yes"', '"no" and "yes"'],
    ['', ''],
  ])('is free of the quotes that a shell needs: %j', (text, words) => {
    expect(unquoted(text)).toBe(words)
  })

  it.each([
    ['leak', ['leak', '']],
    ['north "packages were seen"', ['north', 'packages were seen']],
    ['public it was about "another" bug', ['public', 'it was about "another" bug']],
  ])('starts after the word that says which one is meant: %j', (text, parts) => {
    expect(firstAndRest(text)).toEqual(parts)
  })
})
