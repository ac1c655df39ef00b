import { describe, expect, it } from 'vitest'
import { beginning } from './beginning.ts'

describe('the beginning of a text', () => {
  it('is the whole text if it fits', () => {
    expect(beginning('12345', 5)).toBe('12345')
  })

  it('never ends in half a character', () => {
    expect(beginning('ab😀', 3)).toBe('ab')
  })

  it('ends at a line break or, failing that, at a space, if there is one nearby', () => {
    expect(beginning(`${'x'.repeat(95)} yyyyyyyy`, 100)).toBe('x'.repeat(95))
    expect(beginning(`${'x'.repeat(92)}\nab cdefgh`, 100)).toBe('x'.repeat(92))
  })

  it('loses at most a tenth of the length for that', () => {
    expect(beginning(`short ${'x'.repeat(200)}`, 100)).toHaveLength(100)
  })
})
