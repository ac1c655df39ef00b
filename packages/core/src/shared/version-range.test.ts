import { describe, expect, it } from 'vitest'
import { rangeMistake, rangesInWords, versionRanges } from './version-range.ts'

describe('affected versions', () => {
  it.each([
    ['>= 2.0, < 2.4.1', [{ introduced: '2.0', fixed: '2.4.1' }], '>= 2.0, < 2.4.1'],
    ['>=2.0,<2.4.1', [{ introduced: '2.0', fixed: '2.4.1' }], '>= 2.0, < 2.4.1'],
    ['< 2.4.1', [{ introduced: '0', fixed: '2.4.1' }], '< 2.4.1'],
    ['<= 2.4.0', [{ introduced: '0', lastAffected: '2.4.0' }], '<= 2.4.0'],
    ['>= 2.0, <= 2.4.0', [{ introduced: '2.0', lastAffected: '2.4.0' }], '>= 2.0, <= 2.4.0'],
    ['>= 2.0', [{ introduced: '2.0' }], '>= 2.0'],
    ['>= 0', [{ introduced: '0' }], '>= 0'],
    ['= 2.3', [{ introduced: '2.3', lastAffected: '2.3' }], '= 2.3'],
    ['introduced 2.0, fixed 2.4.1', [{ introduced: '2.0', fixed: '2.4.1' }], '>= 2.0, < 2.4.1'],
    ['introduced: 2.0 fixed: 2.4.1', [{ introduced: '2.0', fixed: '2.4.1' }], '>= 2.0, < 2.4.1'],
    ['Introduced 2.0 last_affected 2.4.0', [{ introduced: '2.0', lastAffected: '2.4.0' }], '>= 2.0, <= 2.4.0'],
    ['fixed 2.4.1', [{ introduced: '0', fixed: '2.4.1' }], '< 2.4.1'],
    [
      '< 1.9.8 || >= 2.0, < 2.4.1',
      [
        { introduced: '0', fixed: '1.9.8' },
        { introduced: '2.0', fixed: '2.4.1' },
      ],
      '< 1.9.8 || >= 2.0, < 2.4.1',
    ],
    ['>= 1:2.0-3, < v2.4.1-rc.1+build', [{ introduced: '1:2.0-3', fixed: 'v2.4.1-rc.1+build' }], undefined],
  ])('are read from %s', (text, ranges, stored) => {
    expect(versionRanges(text)).toEqual(ranges)
    expect(rangesInWords(ranges)).toBe(stored ?? text)
  })

  it.each([
    '',
    'all of 3.8, no longer supported',
    '4.0.0 to 4.2.6',
    '2.4.1',
    '> 2.0',
    '< 2.4.1, >= 2.0',
    '= 2.0, < 2.4.1',
    '>= 2.0, = 2.4.1',
    '>= 2.0, >= 2.1',
    '>= 2.0, < 2.1, < 2.2',
    '>= 2.0 if includes are on',
    '>= 2.0 ||',
    'introduced 2.0 introduced 2.1',
    'fixed 2.4.1 last affected 2.4.0',
    'fixed in 2.4.1',
    'fixed soon',
  ])('are a note in other words (%s)', (text) => {
    expect(versionRanges(text)).toBeUndefined()
  })

  it('are read in linear time, however often a part of the text repeats (ReDoS)', () => {
    expect(versionRanges(`>= 1${'.1'.repeat(5000)}`)).toBeUndefined()
    expect(versionRanges('introduced 1 '.repeat(5000))).toBeUndefined()
  })

  it.each([
    ['>= 2.0, < 2.4.1', '2.4.1', undefined],
    ['>= 2.0, < 2.4.1', '2.5', undefined],
    ['>= 2.0, < 2.4.1', undefined, undefined],
    ['>= 2.0', '2.4.1', undefined],
    ['>= 2.0, < 2.4.1', '2.4.0', '2.4.0 is said to be fixed, but it is in the affected range.'],
    ['<= 2.4.1', '2.4.1', '2.4.1 is said to be fixed, but it is in the affected range.'],
    ['>= 2.0, < 2.4.1', '1.9.8', undefined],
    ['>= 2.4.1, < 2.0', undefined, 'A range must end after it begins, but 2.0 is not after 2.4.1.'],
    ['>= 2.0, < 2.0', undefined, 'A range must end after it begins, but 2.0 is not after 2.0.'],
    ['>= 2.10, <= 2.9', undefined, 'A range must end after it begins, but 2.9 is before 2.10.'],
    ['>= 2.0-rc.1, < 2.0', '2.0-beta', undefined],
  ])('that are %s with the fix in %s: %s', (text, fixedVersion, mistake) => {
    expect(rangeMistake(versionRanges(text) ?? [], fixedVersion)).toBe(mistake)
  })
})
