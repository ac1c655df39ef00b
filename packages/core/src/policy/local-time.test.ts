import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, instant, MINUTE } from '../shared/instant.ts'
import { dateOf, instantAt, localAt, weekdayOf } from './local-time.ts'

const at = (iso: string) => instant(Date.parse(iso))
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY

/**
 * Two common zones, and others whose clocks change at an unusual time of the year or day, by half an hour, or never.
 * `Pacific/Apia` once skipped a whole day.
 */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'America/Santiago',
]
const zones = fc.constantFrom(...ZONES)
const instants = fc
  .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) })
  .map((milliseconds) => instant(Math.floor(milliseconds / MINUTE) * MINUTE))

describe('the time in a zone', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15T12:00:00Z', '2026-01-15', 13 * 60],
    ['Europe/Berlin', '2026-07-15T22:30:00Z', '2026-07-16', 30],
    ['Asia/Kathmandu', '2026-07-15T18:20:00Z', '2026-07-16', 5],
    ['America/St_Johns', '2026-01-01T02:00:00Z', '2025-12-31', 22 * 60 + 30],
  ])('in %s at %s is %s, minute %d', (zone, iso, date, time) => {
    const local = localAt(at(iso), zone)
    expect([dateOf(local.day), local.time]).toEqual([date, time])
  })

  it.each([
    ['a time that is skipped is so much after the change', '2026-03-29', 2 * 60 + 30, '2026-03-29T01:30:00Z'],
    ['of a time that comes twice the first is meant', '2026-10-25', 2 * 60 + 30, '2026-10-25T00:30:00Z'],
    ['the hour before a change', '2026-03-29', 60 + 59, '2026-03-29T00:59:00Z'],
    ['the hour after it', '2026-03-29', 3 * 60, '2026-03-29T01:00:00Z'],
  ])('%s', (_name, date, time, expected) => {
    expect(instantAt(day(date), time, 'Europe/Berlin')).toBe(at(expected))
  })

  it('knows the day of the week', () => {
    expect(weekdayOf(day('2026-05-04'))).toBe('mon')
    expect(weekdayOf(day('1969-12-28'))).toBe('sun')
  })

  it('converts an instant to local time and back without changing it, in every zone and year, except in the hour that the clock change repeats', () => {
    fc.assert(
      fc.property(zones, instants, (zone, moment) => {
        const local = localAt(moment, zone)
        const back = instantAt(local.day, local.time, zone)
        // A time that occurs twice is read as its first occurrence. So the result is never too late. It is too early by
        // at most the length of the clock change.
        expect(back).toBeLessThanOrEqual(moment)
        expect(moment - back).toBeLessThanOrEqual(HOUR)
        expect(localAt(back, zone)).toEqual(local)
      }),
      { numRuns: 3000 },
    )
  })

  it('never turns back as the day goes on', () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 0, max: 1438 }), (zone, moment, time) => {
        const local = localAt(moment, zone).day
        expect(instantAt(local, time + 1, zone)).toBeGreaterThan(instantAt(local, time, zone) - HOUR)
        expect(instantAt(local + 1, time, zone)).toBeGreaterThan(instantAt(local, time, zone))
      }),
      { numRuns: 2000 },
    )
  })
})
