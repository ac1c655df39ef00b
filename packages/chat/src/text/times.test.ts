import { describe, expect, it } from 'vitest'
import { DAY, instant, later } from '@embargo/core'
import { outside } from '../cards/spans.ts'
import { time, timeInWords, timeThisYear, withTimes } from './times.ts'
import type { ReaderZone } from './times.ts'

const AT = instant(Date.UTC(2026, 5, 2, 14, 0))
const BEFORE = later(AT, -6 * DAY)
const your = (zone: string): ReaderZone => ({ zone, whose: 'your' })

describe('a time', () => {
  it.each([
    ['without a zone', time(AT, BEFORE), undefined, 'Tue 2 Jun 2026, 14:00 UTC (in 6 days)'],
    ['in Berlin', time(AT, BEFORE), your('Europe/Berlin'), 'Tue 2 Jun 2026, 14:00 UTC (16:00 your time, in 6 days)'],
    ['without a distance', time(AT), your('Europe/Berlin'), 'Tue 2 Jun 2026, 14:00 UTC (16:00 your time)'],
    ['of this year', timeThisYear(AT), your('Asia/Tokyo'), 'Tue 2 Jun, 14:00 UTC (23:00 your time)'],
    [
      'where it is tomorrow',
      time(AT),
      your('Pacific/Auckland'),
      'Tue 2 Jun 2026, 14:00 UTC (Wed 3 Jun, 02:00 your time)',
    ],
    ['in UTC, twice said', time(AT, BEFORE), your('UTC'), 'Tue 2 Jun 2026, 14:00 UTC (in 6 days)'],
    ['in a zone nobody knows', time(AT), your('Mars/Olympus'), 'Tue 2 Jun 2026, 14:00 UTC'],
    [
      'of the project',
      time(AT),
      { zone: 'Europe/Berlin', whose: 'project' } as const,
      'Tue 2 Jun 2026, 14:00 UTC (16:00 project time)',
    ],
    ['that is a word', { text: 'soon' }, your('Europe/Berlin'), 'soon'],
  ])('%s', (_name, span, reader, words) => {
    expect(timeInWords(span, reader)).toBe(words)
  })
})

describe('a sentence of core', () => {
  it('has its instants as times, and keeps the rest as it is marked', () => {
    expect(withTimes('Not before 2026-06-02T14:00:00.000Z.', outside)).toEqual([
      { text: 'Not before', hostile: true },
      { text: ' ' },
      { text: 'Tue 2 Jun 2026, 14:00 UTC', at: { instant: AT } },
      { text: '.', hostile: true },
    ])
  })

  it('without an instant is itself, also with something that only looks like one', () => {
    const text = 'The build of 2026-99-99T14:00:00Z.'
    expect(withTimes(text, outside)).toEqual([{ text, hostile: true }])
  })
})
