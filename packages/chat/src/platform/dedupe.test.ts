import { describe, expect, it } from 'vitest'
import { Tries } from './dedupe.ts'

describe('what is sent again', () => {
  it('is the same delivery from the same place with the same content', () => {
    expect(new Tries().delivery('view:V1', { text: 'a' })).toBe(new Tries().delivery('view:V1', { text: 'a' }))
  })

  it('is another with other content, or from elsewhere', () => {
    const tries = new Tries()
    const ids = [tries.delivery('view:V1', 'a'), tries.delivery('view:V1', 'b'), tries.delivery('view:V2', 'a')]
    expect(new Set(ids).size).toBe(3)
  })

  it('is another after a refusal', () => {
    const tries = new Tries()
    const first = tries.delivery('view:V1', 'a')
    tries.refused('view:V1')
    expect(tries.delivery('view:V1', 'a')).not.toBe(first)
    expect(tries.delivery('view:V2', 'a')).toBe(new Tries().delivery('view:V2', 'a'))
  })
})
