import { describe, expect, it } from 'vitest'
import { policyOf } from '../../test/fixtures/scenario.ts'
import { DAY, instant, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import {
  after,
  before,
  datesBetween,
  inReleaseWindow,
  lastReleaseInstant,
  leadDates,
  nextReleaseInstants,
} from './calendar.ts'
import { lastWorking } from '../deadlines/working-hours.ts'
import { Duration } from './duration.ts'

/** Monday to Friday, UTC; the release window is Tuesday to Thursday from 14:00 to 16:00. */
const policy = policyOf()
const { calendar } = policy
const days = (written: string): Duration => Duration.parse(written)
/** A date in May 2026, which begins on a Friday. */
const may = (day: number, hour = 12, minute = 0): Instant => instant(Date.UTC(2026, 4, day, hour, minute))
const written = (at: Instant | undefined): string | undefined => at && new Date(at).toISOString().slice(0, 16)

describe('working days counted back', () => {
  it.each([
    ['Tuesday', may(5), '1 working day', may(4)],
    ['Monday', may(4), '1 working day', may(1)],
    ['Sunday', may(3), '1 working day', may(1)],
    ['Monday', may(11), '6 working days', may(1)],
    ['Tuesday', may(5), '0 working days', may(5)],
    ['Monday', may(4), '24 hours', may(3)],
  ])('from %s (%d), %s earlier', (_name, to, duration, expected) => {
    expect(before(calendar, to, days(duration))).toBe(expected)
  })
})

describe('the last hour of work', () => {
  it.each([
    ['of the day, at the instant that it begins', may(4, 17), may(4, 17)],
    ['of the day before, a minute earlier', may(5, 16, 59), may(4, 17)],
    ['of Friday, on a Sunday', may(3), may(1, 17)],
  ])('is that %s', (_which, at, expected) => {
    expect(lastWorking({ ...calendar, workingHours: { from: '09:00', to: '18:00' } }, at)).toBe(expected)
  })
})

describe('a time of more than a year in working days', () => {
  it('has the same length counted forwards and backwards', () => {
    // 500 working days are a hundred weeks.
    expect(after(calendar, may(4), days('500 working days'))).toBe(later(may(4), 700 * DAY))
    expect(before(calendar, later(may(4), 700 * DAY), days('500 working days'))).toBe(may(4))
    expect(after(calendar, may(4), days('1000 working days'))).toBe(later(may(4), 1400 * DAY))
    expect(before(calendar, later(may(4), 1400 * DAY), days('1000 working days'))).toBe(may(4))
  })

  it('ends at some instant even if nobody ever works', () => {
    const never = { ...calendar, workingDays: [] }
    expect(after(never, may(4), days('1 working day'))).toBeGreaterThan(may(4))
    expect(before(never, may(4), days('1 working day'))).toBeLessThan(may(4))
  })
})

describe('the release window', () => {
  it.each([
    ['a minute before it opens', may(5, 13, 59), false],
    ['as it opens', may(5, 14), true],
    ['in the minute that it closes', may(5, 16), true],
    ['a minute later', may(5, 16, 1), false],
    ['at noon of a day on which it opens', may(5, 12), false],
    ['at that hour of another day', may(4, 14), false],
  ])('%s', (_when, at, open) => {
    expect(inReleaseWindow(policy, at)).toBe(open)
  })

  it('opens next at the given instant if the window opens then, and only once on that day', () => {
    expect(nextReleaseInstants(policy, may(5, 14), 2).map(written)).toEqual(['2026-05-05T14:00', '2026-05-06T14:00'])
    expect(nextReleaseInstants(policy, may(5, 14, 1), 1).map(written)).toEqual(['2026-05-06T14:00'])
    expect(nextReleaseInstants(policy, may(5), 0)).toEqual([])
  })

  it('opened last at the given instant if the window opens then', () => {
    expect(written(lastReleaseInstant(policy, may(5, 14)))).toBe('2026-05-05T14:00')
    expect(written(lastReleaseInstant(policy, may(5, 13, 59)))).toBe('2026-04-30T14:00')
    expect(written(lastReleaseInstant(policy, may(11, 14)))).toBe('2026-05-07T14:00')
  })

  it('finds the next and the last opening across more than a year of holidays', () => {
    const closed = Array.from({ length: 450 }, (_, day) => new Date(may(1) + day * DAY).toISOString().slice(0, 10))
    const rests = { ...policy, calendar: { ...calendar, holidays: closed } }
    expect(nextReleaseInstants(rests, may(4), 1)).toHaveLength(1)
    expect(lastReleaseInstant(rests, later(may(1), 440 * DAY))).toBe(instant(Date.UTC(2026, 3, 30, 14)))
  })

  it('never opens if the window has no days', () => {
    const never = { ...policy, releaseWindow: { ...policy.releaseWindow, days: [] } }
    expect(nextReleaseInstants(never, may(4), 1)).toEqual([])
    expect(lastReleaseInstant(never, may(4))).toBeUndefined()
  })
})

describe('a lead in dates', () => {
  it('counts dates between two instants, forth and back', () => {
    expect(datesBetween(may(5, 23, 59), may(6, 0))).toBe(1)
    expect(datesBetween(may(5, 0), may(5, 23, 59))).toBe(0)
    expect(datesBetween(may(6), may(5))).toBe(-1)
  })

  it('counts from the date on which the hours begin', () => {
    expect(['24 hours', '25 hours', '7 days', '3 working days'].map((lead) => leadDates(days(lead)))).toEqual([
      1, 2, 7, 3,
    ])
  })
})
