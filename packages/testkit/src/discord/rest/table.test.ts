import { describe, expect, it } from 'vitest'
import { described } from '../official.ts'
import { OPERATIONS } from './table.ts'

describe('the table of operations', () => {
  it('names each operation once', () => {
    const ids = OPERATIONS.map((each) => each.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(40)
  })

  it.each(OPERATIONS.map((each) => [each.id, each] as const))(
    'plays %s as the API description has it',
    (id, operation) => {
      const official = described.get(id)
      expect(official?.route).toBe(`${operation.verb} ${operation.path}`)
      expect(official?.isOpen).toBe(operation.auth === 'none')
    },
  )
})
