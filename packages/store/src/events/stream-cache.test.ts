import { CaseId, instant } from '@embargo/core'
import type { CaseRow } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { StreamCache } from './stream-cache.ts'

const stream = CaseId.parse('SEC-2026-0001')

const drafted = (expectedVersion: number) => ({
  commit: { rows: [] },
  appends: [{ stream, expectedVersion, events: [] }],
})
const headAt = (version: number) =>
  new Map([[stream, { version, head: new Uint8Array([version]), mac: new Uint8Array([version]) }]])

const ROW: CaseRow = {
  stream,
  version: 1,
  open: true,
  stage: 'received',
  urgency: 0,
  severity: 'unrated',
  owner: '',
  openedAt: instant(0),
  people: [],
  channels: [],
  summary: {},
}

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

  it('knows which row of a case stands, until the case or its row changes', () => {
    const cache = new StreamCache()
    const row = { ...ROW, version: 1 }
    const elsewhere = { appends: [] }
    expect(cache.rowStands(row, elsewhere)).toBe(false)
    cache.keep({ commit: { rows: [row] } }, headAt(1))
    expect(cache.rowStands(row, elsewhere)).toBe(true)
    expect(cache.rowStands({ ...row, stage: 'closed' }, elsewhere)).toBe(false)
    expect(cache.rowStands({ ...row, version: 2 }, elsewhere)).toBe(false)
    expect(cache.rowStands(row, drafted(1))).toBe(false)
    cache.keep({ commit: { rows: [{ ...row, stage: 'closed' }] } }, new Map())
    expect(cache.rowStands(row, elsewhere)).toBe(false)
    cache.keep(drafted(1), headAt(2))
    expect(cache.rowStands({ ...row, stage: 'closed' }, elsewhere)).toBe(false)
  })
})
