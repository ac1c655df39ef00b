import { describe, expect, it } from 'vitest'
import { described } from '../official.ts'
import { matching, OPERATIONS, ROOTS } from './table.ts'

describe('the table of operations', () => {
  it('names each operation once', () => {
    const ids = OPERATIONS.map((each) => each.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(40)
  })

  it('knows where all paths of the API description begin', () => {
    const roots = [...described.values()].map(({ route }) => route.split('/')[1])
    expect([...new Set(roots)].toSorted()).toEqual([...ROOTS])
  })

  it.each(['@original', '%40original'])('knows the answer of an interaction by %s', (message) => {
    const [found] = matching(`/webhooks/1/token/messages/${message}`)
    expect(found?.operation.path).toContain('@original')
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
