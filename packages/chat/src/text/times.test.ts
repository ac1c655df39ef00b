import { describe, expect, it } from 'vitest'
import { DAY, instant, later } from '@embargo/core'
import { outside } from '../cards/spans.ts'
import { distanceOf, time, timeInWords, timeThisYear, withTimes } from './times.ts'

const AT = instant(Date.UTC(2026, 5, 2, 14, 0))
const BEFORE = later(AT, -6 * DAY)

describe('a time', () => {
  it.each([
    ['with its distance', time(AT, BEFORE), 'Tue 2 Jun 2026, 14:00 UTC (in 6 days)'],
    ['without', time(AT), 'Tue 2 Jun 2026, 14:00 UTC'],
    ['of this year', timeThisYear(AT), 'Tue 2 Jun, 14:00 UTC'],
    ['by its distance alone', distanceOf(BEFORE, AT), '6 days ago'],
    ['that is a word', { text: 'soon' }, 'soon'],
  ])('%s', (_name, span, words) => {
    expect(timeInWords(span)).toBe(words)
  })
})

describe('a sentence of core', () => {
  it('turns its instants into times, and the rest into spans made by the given function', () => {
    expect(withTimes('Not before 2026-06-02T14:00:00.000Z.', outside)).toEqual([
      { text: 'Not before', hostile: true },
      { text: ' ' },
      { text: 'Tue 2 Jun 2026, 14:00 UTC', at: { instant: AT } },
      { text: '.', hostile: true },
    ])
  })

  it('stays in one piece if it has no instant, or something that only looks like one', () => {
    const text = 'The build of 2026-99-99T14:00:00Z.'
    expect(withTimes(text, outside)).toEqual([{ text, hostile: true }])
  })
})
