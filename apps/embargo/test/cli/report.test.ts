import { DAY, HOUR, instant, later, measuresOf } from '@embargo/core'
import type { Milestones, Policy } from '@embargo/core'
import { quillmark } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { withPromises } from '../../src/measures/promised-measures.ts'
import { measuresFacts, measuresTable } from '../../src/measures/table.ts'
import { durationInWords } from '../../src/measures/words.ts'

const FROM = instant(Date.UTC(2026, 0, 1))
const TO = instant(Date.UTC(2027, 0, 1))

/** Four cases a month. One of them is late in every respect, and one is still waiting. */
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

const measured = (all: readonly Milestones[], policy = quillmark()) =>
  withPromises(policy, measuresOf(policy, all, { from: FROM, to: TO, now: TO }))
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

  it('says what is promised if projects differ', () => {
    const [project] = quillmark().projects
    if (project === undefined) throw new Error('no project')
    const quick = { ...project, id: 'quick', policy: { clocks: { decideValidity: { amount: 2, unit: 'days' } } } }
    const policy = { ...quillmark(), projects: [project, quick] } as Policy
    expect(measured([], policy).measures.map(({ promised }) => promised)).toEqual([
      '24 hours',
      '2 days to 10 working days',
      '7 to 75 days',
      '90 days',
    ])
  })

  it('works for a time in which no report came', () => {
    expect(measuresTable(measured([]))).toContain('0 cases came in from 2026-01-01 to 2026-12-31.')
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
