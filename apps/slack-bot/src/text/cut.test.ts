import { describe, expect, it } from 'vitest'
import { beginning, cut } from './cut.ts'

describe('cutting', () => {
  it('leaves what fits', () => {
    expect(cut('12345', 5)).toBe('12345')
    expect(beginning('12345', 5)).toBe('12345')
  })

  it('counts the ellipsis', () => {
    expect(cut('123456', 5)).toBe('1234…')
  })

  it('never leaves half a character', () => {
    expect(cut('ab😀cd', 4)).toBe('ab…')
    expect(beginning('ab😀', 3)).toBe('ab')
  })

  it('prefers the end of a line, then of a word', () => {
    const words = `${'x'.repeat(95)} yyyyyyyy`
    expect(beginning(words, 100)).toBe('x'.repeat(95))
    expect(beginning(`${'x'.repeat(92)}\nab cdefgh`, 100)).toBe('x'.repeat(92))
  })

  it('loses at most a tenth for it', () => {
    expect(beginning(`short ${'x'.repeat(200)}`, 100)).toHaveLength(100)
  })
})
