import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyOf } from '../../test/fixtures/scenario.ts'
import { DAY, HOUR, instant, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import {
  after,
  before,
  datesBetween,
  inReleaseWindow,
  isWorkingDay,
  lastReleaseInstant,
  nextReleaseInstants,
} from './calendar.ts'
import { lastWorking, nextWorking } from '../deadlines/working-hours.ts'
import type { Duration } from './duration.ts'
import { localAt, minutesOf } from './local-time.ts'
import type { Calendar, Weekday } from './schema.ts'

const DAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
)
const instants = fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2055, 0, 1) }).map((at) => instant(at))
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const hours = fc
  .tuple(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 1439 }))
  .map(([a, b]) => ({ from: clock(Math.min(a, b - 1)), to: clock(Math.max(a + 1, b)) }))

const calendars: fc.Arbitrary<Calendar> = fc.record({
  zone: zones,
  workingDays: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }),
  workingHours: hours,
  holidays: fc.array(
    fc
      .date({ min: new Date(Date.UTC(2001, 0, 1)), max: new Date(Date.UTC(2055, 0, 1)), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    { maxLength: 20 },
  ),
})
const working = (amount: number): Duration => ({ amount, unit: 'working days' })

function worksAt(calendar: Calendar, at: Instant): boolean {
  const { time } = localAt(at, calendar.zone)
  const { from, to } = calendar.workingHours
  return isWorkingDay(calendar, at) && time >= minutesOf(from) && time < minutesOf(to)
}

describe('working days, in every zone and year', () => {
  it('end on a working day, at the same time of day', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 30 }), (calendar, from, amount) => {
        const end = after(calendar, from, working(amount))
        expect(isWorkingDay(calendar, end)).toBe(true)
        const [start, due] = [localAt(from, calendar.zone), localAt(end, calendar.zone)]
        // If a clock change skips the local time, the end is up to an hour later.
        expect(Math.abs(due.time - start.time)).toBeLessThanOrEqual(60)
        expect(due.day).toBeGreaterThan(start.day)
      }),
    )
  })

  it('are counted exactly: one more working day ends on the next working day', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 15 }), (calendar, from, amount) => {
        const days = (n: number) => localAt(after(calendar, from, working(n)), calendar.zone).day
        expect(days(amount + 1)).toBeGreaterThan(days(amount))
        for (let day = days(amount) + 1; day < days(amount + 1); day += 1)
          expect(isWorkingDay({ ...calendar, zone: 'UTC' }, instant(day * DAY))).toBe(false)
      }),
    )
  })

  it('before and after lead to the same working day', () => {
    fc.assert(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 15 }), (calendar, from, amount) => {
        const end = after(calendar, from, working(amount))
        const day = (at: Instant) => localAt(at, calendar.zone).day
        const back = before(calendar, end, working(amount))
        // If `from` is a day off, counting back ends on the last working day before it.
        expect(day(back)).toBeLessThanOrEqual(day(from))
        expect(isWorkingDay(calendar, back)).toBe(true)
      }),
    )
  })
})

describe('working hours, in every zone and year', () => {
  it('come next, and not before the instant', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, at) => {
        const next = nextWorking(calendar, at)
        expect(next).toBeGreaterThanOrEqual(at)
        // If a clock change skips all working hours of a day, they begin right after the skipped hour.
        expect(worksAt(calendar, next) || worksAt(calendar, later(next, -HOUR))).toBe(true)
        if (worksAt(calendar, at)) expect(next).toBe(at)
      }),
    )
  })

  it('were last before the instant', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, at) => {
        const last = lastWorking(calendar, at)
        expect(last).toBeLessThanOrEqual(at)
        expect(isWorkingDay(calendar, last)).toBe(true)
      }),
    )
  })
})

describe('the release window, in every zone and year', () => {
  const policies = fc
    .record({
      calendar: calendars,
      days: fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }),
      hours,
    })
    .map(({ calendar, days, hours: { from, to } }) => policyOf('team', { calendar, releaseWindow: { days, from, to } }))

  it('proposes only permitted instants, each later than the one before', () => {
    fc.assert(
      fc.property(policies, instants, (policy, from) => {
        const next = nextReleaseInstants(policy, from, 3)
        expect(next.every((at) => at >= from && inReleaseWindow(policy, at))).toBe(true)
        expect(next.toSorted((a, b) => a - b)).toEqual([...next])
        expect(next).toHaveLength(3)
      }),
      { numRuns: 60 },
    )
  })

  it('was last open before an embargo’s end', () => {
    fc.assert(
      fc.property(policies, instants, (policy, end) => {
        const last = lastReleaseInstant(policy, end)
        expect(last !== undefined && last <= end && inReleaseWindow(policy, last)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('opens at its own local time on both sides of a change of the clocks', () => {
    const policy = policyOf('team', {
      calendar: { ...policyOf().calendar, zone: 'Europe/Berlin' },
      releaseWindow: { days: ['tue'], from: '14:00', to: '16:00' },
    })
    expect(
      nextReleaseInstants(policy, instant(Date.UTC(2026, 2, 23)), 2).map((at) => new Date(at).toISOString()),
    ).toEqual(['2026-03-24T13:00:00.000Z', '2026-03-31T12:00:00.000Z'])
    expect(datesBetween(instant(Date.UTC(2026, 2, 24, 13)), instant(Date.UTC(2026, 2, 31, 12)))).toBe(7)
  })
})
