import { DAY, HOUR, instant, later, measuresOf } from '@embargo/core'
import type { Milestones, Policy } from '@embargo/core'
import { quillmark } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { measuresChart } from '../src/measures/chart.ts'
import { withPromises } from '../src/measures/promised.ts'
import { measuresFacts, measuresTable } from '../src/measures/table.ts'
import { durationInWords } from '../src/measures/words.ts'

const FROM = instant(Date.UTC(2026, 0, 1))
const TO = instant(Date.UTC(2027, 0, 1))

/** Four cases a month, one of them late everywhere and one that still waits. */
const year: readonly Milestones[] = Array.from({ length: 48 }, (_, n) => {
  const openedAt = later(FROM, n * 7.5 * DAY)
  const slow = n % 4 === 3 ? 6 : 1
  const base = { project: 'quillmark', severity: 'high' as const, openedAt }
  const acknowledgedAt = later(openedAt, slow * 6 * HOUR)
  if (n % 4 === 2) return { ...base, acknowledgedAt }
  const decidedAt = later(openedAt, slow * 5 * DAY)
  return {
    ...base,
    acknowledgedAt,
    decidedAt,
    ratedAt: decidedAt,
    fixReadyAt: later(openedAt, slow * 20 * DAY),
    disclosedAt: later(openedAt, slow * 30 * DAY),
  }
})

const measured = (all: readonly Milestones[], to = TO, policy = quillmark()) =>
  withPromises(policy, measuresOf(policy, all, { from: FROM, to, now: to }))
const measures = measured(year)

describe('the report on the times', () => {
  it('is a table that a person reads at a glance', () => {
    expect(measuresTable(measures)).toMatchInlineSnapshot(`
      "48 cases came in from 2026-01-01 to 2026-12-31.

                    promised         in time          half within  9 of 10 within  longest   still waiting
      acknowledged  24 hours         36 of 48 (75 %)  6 h          36 h            36 h      0
      valid or not  10 working days  24 of 36 (67 %)  5 days       29 days         29 days   12, 12 overdue
      fix ready     7 to 75 days     24 of 36 (67 %)  15 days      90 days         90 days   0
      disclosed     90 days          24 of 36 (67 %)  30 days      180 days        180 days  0"
    `)
  })

  it('is facts for a script, with instants in ISO 8601', () => {
    expect(measuresFacts(measures)).toMatchObject({
      is: 'measures',
      from: '2026-01-01T00:00:00.000Z',
      to: '2027-01-01T00:00:00.000Z',
      cases: 48,
      measures: [{ measure: 'acknowledgment', promised: '24 hours', done: 48, within: 36 }, {}, {}, {}],
    })
  })

  it('is a picture that stands alone: every month a column, nothing fetched, nothing run', () => {
    const svg = measuresChart(measures)
    expect(svg).toMatch(/^<svg [^]*<\/svg>\n$/)
    expect(svg).not.toMatch(/<script|href|url\(|@import/)
    expect(svg.match(/class="month"/g)).toHaveLength(4 * 12)
    expect(svg).toContain('<title id="t">How reports were handled, 2026-01-01 to 2026-12-31</title>')
    expect(svg).toContain('36 of 48 (75 %) in time')
    expect(svg).not.toContain('NaN')
  })

  it('says in the picture what was promised', () => {
    const svg = measuresChart(measures)
    expect(svg).toContain('Acknowledged <tspan class="promise">within 24 hours</tspan>')
    expect(svg).toContain('Fix ready <tspan class="promise">within 7 to 75 days</tspan>')
  })

  it('says what is promised where projects differ', () => {
    const [project] = quillmark().projects
    if (project === undefined) throw new Error('no project')
    const quick = { ...project, id: 'quick', policy: { clocks: { decideValidity: { amount: 2, unit: 'days' } } } }
    const policy = { ...quillmark(), projects: [project, quick] } as Policy
    expect(measured([], TO, policy).measures.map(({ promised }) => promised)).toEqual([
      '24 hours',
      '2 days to 10 working days',
      '7 to 75 days',
      '90 days',
    ])
  })

  it.each([1, 12, 18, 36, 120])('names months that do not overlap, of %i', (months) => {
    const svg = measuresChart(measured(year, instant(Date.UTC(2026, months, 1))))
    const first = [...svg.matchAll(/<text class="month" x="([\d.]+)" y="(\d+)">/g)].filter(
      ([, , y]) => y === svg.match(/class="month" x="[\d.]+" y="(\d+)"/)?.[1],
    )
    const places = first.map(([, x]) => Number(x))
    expect(places.length).toBeGreaterThan(0)
    // "26-01" in small print is some 30 wide.
    for (const [index, x] of places.slice(1).entries()) expect(x - (places[index] ?? 0)).toBeGreaterThan(36)
    expect(svg.match(/<rect class="within"/g)).toHaveLength(4 * months + 1)
  })

  it('can be asked of a time in which nothing came', () => {
    const none = measured([])
    expect(measuresTable(none)).toContain('0 cases came in from 2026-01-01 to 2026-12-31.')
    expect(measuresChart(none)).not.toContain('NaN')
  })

  it.each([
    [90_000, '2 min'],
    [5 * HOUR, '5 h'],
    [47 * HOUR, '47 h'],
    [3 * DAY, '3 days'],
  ])('says %i ms as %s', (milliseconds, words) => {
    expect(durationInWords(milliseconds)).toBe(words)
  })
})
