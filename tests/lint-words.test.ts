import { describe, expect, it } from 'vitest'
import { findTurns } from '../tools/lint-words.ts'

describe('the lint of words', () => {
  it.each([
    ['a plain sentence', 'Anyone who writes again gets no more than one answer.', []],
    ['a turn of phrase', '// Whoever asks\nconst a = 1 // is asked anew', ['1: "Whoever"', '2: "anew"']],
    ['a name in code', 'const reckonedBy = 1', ['1: "reckonedBy"']],
    ['a turn with a reason beside it', 'const text = `no more` // word: "no more" quotes the answer of a server', []],
    ['a turn with a reason above it', '<!-- word: "by itself" is about a door -->\nIt shuts by itself.', []],
    ['a reason for another turn', '// word: "anew" is old\nlest', ['2: "lest"']],
    ['a turn with its mark and no reason', 'lest // word: "lest"', ['1: "lest"', '1: "lest"']],
  ])('reads %s', (_, text, found) => {
    expect(findTurns(text)).toEqual(found)
  })
})
