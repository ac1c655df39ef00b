import { instant, isoInstant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { readInstant } from './read-instant.ts'

const BERLIN = { time: 'Europe/Berlin', day: 'America/New_York' }
const read = (text: string, zones = {}) => {
  const at = readInstant(text, '14:00', [], zones)
  return at === undefined ? undefined : isoInstant(at)
}

describe('a date as people type it', () => {
  it.each([
    ['2026-07-14 16:00', {}, '2026-07-14T16:00:00.000Z'],
    ['2026-07-14 16:00', BERLIN, '2026-07-14T14:00:00.000Z'],
    ['2026-07-14T16:00', BERLIN, '2026-07-14T14:00:00.000Z'],
    // Summer time is over in Berlin.
    ['2026-11-14 16:00', BERLIN, '2026-11-14T15:00:00.000Z'],
    ['2026-07-14', {}, '2026-07-14T14:00:00.000Z'],
    ['2026-07-14', BERLIN, '2026-07-14T18:00:00.000Z'],
    ['2026-07-14 16:00 UTC', BERLIN, '2026-07-14T16:00:00.000Z'],
    ['2026-07-14T16:00:00.000Z', BERLIN, '2026-07-14T16:00:00.000Z'],
  ])(
    'is read in the zone of the writer or, without a time of day, in the zone of the release window: %s',
    (text, zones, at) => {
      expect(read(text, zones)).toBe(at)
    },
  )

  it.each(['2026-02-30', '2026-07-14 24:00', '2026-07-14 12:60', '14.7.2026', '2026-13-01'])(
    'is undefined if it is not in the calendar: %s',
    (text) => {
      expect(read(text)).toBeUndefined()
    },
  )

  it('means the planned instant of that day if no time is given', () => {
    const planned = instant(Date.UTC(2026, 6, 15, 1))
    expect(readInstant('2026-07-14', '14:00', [undefined, planned], { day: 'America/New_York' })).toBe(planned)
    expect(readInstant('2026-07-14', '14:00', [planned])).toBe(Date.UTC(2026, 6, 14, 14))
  })
})
