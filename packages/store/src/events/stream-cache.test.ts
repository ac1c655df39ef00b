import { CaseId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { LastSeen } from './stream-cache.ts'

const stream = CaseId.parse('SEC-2026-0001')

const drafted = (expectedVersion: number) => ({
  commit: { rows: [] },
  appends: [{ stream, expectedVersion, events: [] }],
})
const headAt = (version: number) =>
  new Map([[stream, { version, head: new Uint8Array([version]), mac: new Uint8Array([version]) }]])

describe('last seen', () => {
  it('knows the end of a stream that was read to it, and of one that was written', async () => {
    const seen = new LastSeen()
    expect(seen.isLast(stream, 0)).toBe(false)
    seen.saw(stream, 0)
    expect(seen.isLast(stream, 0)).toBe(true)
    await seen.during(drafted(0), async () => seen.keep(drafted(0), headAt(1)))
    expect(seen.isLast(stream, 0)).toBe(false)
    expect(seen.isLast(stream, 1)).toBe(true)
  })

  it('does not know the end while a commit is on its way, which may be durable by then', async () => {
    const seen = new LastSeen()
    seen.keep(drafted(0), headAt(1))
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const both = [first, second].map(({ promise }) => seen.during(drafted(1), () => promise))
    expect(seen.isLast(stream, 1)).toBe(false)
    first.resolve()
    await both[0]
    expect(seen.isLast(stream, 1)).toBe(false)
    second.resolve()
    await both[1]
    expect(seen.isLast(stream, 1)).toBe(true)
  })

  it('does not go back to a version that an earlier read ended with', () => {
    const seen = new LastSeen()
    seen.keep(drafted(1), headAt(2))
    seen.saw(stream, 1)
    expect(seen.isLast(stream, 2)).toBe(true)
    expect(seen.head(stream, 2)).toEqual(new Uint8Array([2]))
  })
})
