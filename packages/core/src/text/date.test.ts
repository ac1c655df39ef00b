import { describe, expect, it } from 'vitest'
import { dateInWords, day, distance } from './date.ts'

const at = Date.parse('2026-06-02T14:00:00Z')

describe('dateInWords', () => {
  it.each([
    ['UTC alone', {}, 'Tue 2 Jun 2026, 14:00 UTC'],
    ['the zone', { zone: 'Europe/Berlin' }, 'Tue 2 Jun 2026, 14:00 UTC (16:00 your time)'],
    ['another day there', { zone: 'Pacific/Auckland' }, 'Tue 2 Jun 2026, 14:00 UTC (Wed 3 Jun, 02:00 your time)'],
    ['the early morning there', { zone: 'Pacific/Pago_Pago' }, 'Tue 2 Jun 2026, 14:00 UTC (03:00 your time)'],
    ['half an hour off', { zone: 'Asia/Kolkata' }, 'Tue 2 Jun 2026, 14:00 UTC (19:30 your time)'],
    ['no repetition of UTC', { zone: 'Etc/UTC' }, 'Tue 2 Jun 2026, 14:00 UTC'],
    ['no unknown zone', { zone: 'Mars/Olympus' }, 'Tue 2 Jun 2026, 14:00 UTC'],
  ])('says %s', (_name, reader, words) => {
    expect(dateInWords(at, reader)).toBe(words)
  })
})

describe('distance', () => {
  it.each([
    ['2026-06-01T10:00:00Z', 'in 1 day'],
    ['2026-06-01T15:00:00Z', 'in 23 hours'],
    ['2026-05-27T13:59:00Z', 'in 6 days'],
    ['2026-05-27T14:01:00Z', 'in 5 days'],
    ['2026-05-31T23:59:00Z', 'in 1 day'],
    ['2026-06-02T12:59:00Z', 'in 1 hour'],
    ['2026-06-02T13:58:00Z', 'in 2 minutes'],
    ['2026-06-02T13:59:30Z', 'in seconds'],
    ['2026-06-02T14:00:00Z', 'now'],
    ['2026-06-02T14:00:30Z', 'now'],
    ['2026-06-02T16:00:00Z', '2 hours ago'],
    ['2026-06-05T15:00:00Z', '3 days ago'],
  ])('from %s it is %s', (now, words) => {
    expect(distance(at, Date.parse(now))).toBe(words)
  })
})

describe('day', () => {
  it('is the date in UTC', () => {
    expect(day(Date.parse('2026-09-30T23:59:59Z'))).toBe('Wed 30 Sep 2026')
  })
})
