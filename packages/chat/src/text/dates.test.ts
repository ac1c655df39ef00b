import { describe, expect, it } from 'vitest'
import { DAY, HOUR, instant, later, MINUTE } from '@embargo/core'
import { fromNow, fullTime, shortDay, shortTime } from './dates.ts'
import { readInstant } from './read-instant.ts'

const AT = instant(Date.UTC(2026, 5, 2, 14, 0))

describe('dates', () => {
  it('are written as people read them, in UTC', () => {
    expect(fullTime(AT)).toBe('Tue 2 Jun 2026, 14:00 UTC')
    expect(shortTime(AT)).toBe('Tue 2 Jun, 14:00 UTC')
    expect(shortDay(AT)).toBe('Tue 2 Jun')
  })

  it.each([
    [6 * DAY, 'in 6 days'],
    [6 * DAY - 1, 'in 5 days'],
    [DAY, 'in 1 day'],
    [2 * DAY - 1, 'in 1 day'],
    [DAY - 1, 'in 23 hours'],
    [HOUR, 'in 1 hour'],
    [20 * MINUTE, 'in 20 minutes'],
    [MINUTE - 1, 'in seconds'],
    [0, 'now'],
    [-2 * DAY, '2 days ago'],
  ])('%d milliseconds away is %s', (milliseconds, words) => {
    expect(fromNow(later(AT, milliseconds), AT)).toBe(words)
  })

  it.each([
    ['2026-06-02', '2026-06-02T14:00:00.000Z'],
    ['2026-06-02 15:30', '2026-06-02T15:30:00.000Z'],
    ['2026-06-02T15:30Z', '2026-06-02T15:30:00.000Z'],
    ['2026-06-02T15:30:00.000Z', '2026-06-02T15:30:00.000Z'],
    ['2026-06-02 15:30 UTC', '2026-06-02T15:30:00.000Z'],
  ])('%s is read as %s', (text, iso) => {
    expect(readInstant(text, '14:00')).toBe(Date.parse(iso))
  })

  it.each(['2026-02-30', '2026-06-02 25:00', 'tomorrow', '2.6.2026', '2026-06-02T15:30+02:00'])(
    '%s is no date',
    (text) => {
      expect(readInstant(text, '14:00')).toBeUndefined()
    },
  )
})
