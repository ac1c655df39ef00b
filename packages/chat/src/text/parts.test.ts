import { describe, expect, it } from 'vitest'
import { partsOf } from './parts.ts'

describe('parts of a text', () => {
  it.each([
    ['short', 10, ['short']],
    ['', 10, ['']],
    ['one\ntwo\nthree', 8, ['one\ntwo\n', 'three']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['ab😀cd', 3, ['ab', '😀c', 'd']],
  ])('%j in %d is %j', (text, most, parts) => {
    expect(partsOf(text, most)).toEqual(parts)
    expect(partsOf(text, most).join('')).toBe(text)
  })
})
