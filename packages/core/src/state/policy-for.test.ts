import { describe, expect, it } from 'vitest'
import { policyOf } from '../../test/fixtures/scenario.ts'
import { instant } from '../shared/instant.ts'
import { Duration } from '../policy/duration.ts'
import { policyFor } from './policy-for.ts'
import type { PolicySource } from '../policy/schema.ts'

const project = (id: string, more: Partial<PolicySource['projects'][number]> = {}) => ({
  id,
  name: id,
  address: `security@${id}.example`,
  ...more,
})
const list = (id: string, more: object = {}) => ({ id, name: id, recipients: [], ...more })
const days = (written: string) => Duration.parse(written)

const POLICY = policyOf('team', {
  projects: [
    project('lantern', {
      people: ['ana'],
      policy: {
        clocks: { decideValidity: '2 days', fixReady: { low: '9 days' } },
        calendar: { holidays: ['2026-06-01'] },
      },
    }),
    project('harbour'),
  ],
  prenotification: {
    lead: { critical: '3 days', high: '7 days', moderate: '7 days', low: '0 days', urgent: '24 hours' },
    headsUp: ['critical'],
    lists: [
      list('all'),
      list('grave', { severities: ['critical'], lead: '5 days' }),
      list('theirs', { projects: ['harbour'] }),
    ],
  },
})

const of = (name: string, severity?: 'critical' | 'high' | 'moderate' | 'low') =>
  policyFor(POLICY, { project: name, ...(severity === undefined ? {} : { severity }) })

describe('the policy for a case', () => {
  it('is the general policy if no project overrides anything', () => {
    expect(of('harbour', 'high')).toEqual({ ...POLICY, prenotification: of('harbour', 'high').prenotification })
  })

  it.each([
    ['harbour', 'high', '10 working days'],
    ['lantern', 'high', '2 days'],
    ['lantern', undefined, '2 days'],
  ] as const)('of %s, %s: the project’s settings override the general ones (%s)', (name, severity, expected) => {
    expect(of(name, severity).clocks.decideValidity).toEqual(days(expected))
  })

  it('changes one value without affecting related ones', () => {
    expect(of('lantern', 'low').clocks.fixReady).toEqual({ ...POLICY.clocks.fixReady, low: days('9 days') })
  })

  it('replaces a list whole, and a duration', () => {
    expect(of('lantern', 'high').calendar).toEqual({ ...POLICY.calendar, holidays: ['2026-06-01'] })
  })

  it.each([
    ['lantern', 'high', ['all']],
    ['lantern', 'critical', ['all', 'grave']],
    ['harbour', 'moderate', ['all', 'theirs']],
    ['harbour', 'low', []],
  ] as const)('has the lists that %s, %s concerns: %j', (name, severity, expected) => {
    expect(of(name, severity).prenotification.lists.map(({ id }) => id)).toEqual(expected)
  })

  it('has the people of the project, and those who were invited to the case', () => {
    expect(of('lantern').people.map(({ id }) => id)).toEqual(['ana'])
    expect(of('harbour').people.map(({ id }) => id)).toEqual(['ana', 'ben'])
    const invited = policyFor(POLICY, { project: 'lantern', people: { ben: 'maintainer' } })
    expect(invited.people.map(({ id }) => id)).toEqual(['ana', 'ben'])
  })

  it('gives a day of lead if attacks are observed', () => {
    const { lead, lists } = policyFor(POLICY, {
      project: 'harbour',
      severity: 'critical',
      cs: { attacks: instant(1) },
    }).prenotification
    expect([lead.critical, ...lists.map((one) => one.lead)]).toEqual([
      days('24 hours'),
      undefined,
      undefined,
      undefined,
    ])
  })

  it('is made once for the same case, and again from itself', () => {
    const once = of('lantern', 'critical')
    expect(of('lantern', 'critical')).toBe(once)
    expect(policyFor(once, { project: 'lantern', severity: 'critical' })).toBe(once)
  })
})
