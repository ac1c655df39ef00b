import { describe, expect, it } from 'vitest'
import { upcast } from './upcast.ts'

describe('upcast', () => {
  const rename = (json: unknown): unknown => ({ ...(json as object), renamed: true })
  const split = (json: unknown): unknown => ({ ...(json as object), split: true })
  const to = {
    schema: 3,
    upcasters: new Map([
      [1, rename],
      [2, split],
    ]),
  }

  it('upgrades an old event step by step to the present schema', () => {
    expect(upcast(1, { type: 'Old' }, to)).toEqual({ type: 'Old', renamed: true, split: true })
    expect(upcast(2, { type: 'Old' }, to)).toEqual({ type: 'Old', split: true })
    expect(upcast(3, { type: 'New' }, to)).toEqual({ type: 'New' })
  })

  it('refuses an event of a later version, and an upgrade with a missing step', () => {
    expect(() => upcast(4, {}, to)).toThrow(expect.objectContaining({ code: 'newer-database' }))
    expect(() => upcast(1, {}, { schema: 3, upcasters: new Map([[1, rename]]) })).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    )
  })
})
