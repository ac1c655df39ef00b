import { CaseId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { StreamCache } from './stream-cache.ts'

const stream = CaseId.parse('SEC-2026-0001')

const drafted = (expectedVersion: number) => ({
  commit: { rows: [] },
  appends: [{ stream, expectedVersion, events: [] }],
})
const headAt = (version: number) =>
  new Map([[stream, { version, head: new Uint8Array([version]), mac: new Uint8Array([version]) }]])

describe('last seen', () => {
  it('knows the last version of a stream that was read to its end or written', () => {
    const cache = new StreamCache()
    expect(cache.isLast(stream, 0)).toBe(false)
    cache.saw(stream, 0)
    expect(cache.isLast(stream, 0)).toBe(true)
    cache.keep(drafted(0), headAt(1))
    expect(cache.isLast(stream, 0)).toBe(false)
    expect(cache.isLast(stream, 1)).toBe(true)
  })

  it('does not go back to an older version when an earlier read ends late', () => {
    const cache = new StreamCache()
    cache.keep(drafted(1), headAt(2))
    cache.saw(stream, 1)
    expect(cache.isLast(stream, 2)).toBe(true)
    expect(cache.head(stream, 2)).toEqual(new Uint8Array([2]))
  })
})
