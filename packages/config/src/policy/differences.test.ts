import { describe, expect, it } from 'vitest'
import { describeProblems } from '../problems/problem.ts'
import { differencesOf } from './differences.ts'
import { readPolicy } from './read-policy.ts'

const OWN = `projects: [{ id: lantern, name: Lantern, address: security@lantern.example }]
people: [{ id: ana, name: Ana, roles: [admin, team] }, { id: ben, name: Ben }]
`

function differences(written: string): readonly string[] {
  const reading = readPolicy('p.yaml', written)
  if (!reading.ok) throw new Error(describeProblems(reading.problems))
  return differencesOf(reading.policy).map(
    ({ path, value, byDefault }) => `${path}: ${value}${byDefault === undefined ? '' : ` (${byDefault})`}`,
  )
}

describe('what a policy has otherwise than its profile', () => {
  it.each(['team', 'solo', 'organisation'])('is nothing in a policy of %s that names only its own', (profile) => {
    expect(differences(`profile: ${profile}\n${OWN}`)).toEqual([])
  })

  it('is said value by value, with what stands there by default', () => {
    expect(
      differences(`${OWN}clocks: { retrospective: 5 working days, stale: { low: 90 days } }
calendar: { zone: Europe/Berlin, holidays: [2026-12-25] }
waivers: { lead-time: nobody }
roles: { disclose: [admin] }
templates: { receipt: Got it. }
prenotification: { lists: [{ id: distros, name: Distros }] }
`),
    ).toEqual([
      'calendar.holidays: [2026-12-25] ([])',
      'calendar.zone: Europe/Berlin',
      'clocks.stale.low: 90 days (never)',
      'clocks.retrospective: 5 working days (3 working days)',
      'prenotification.lists: [distros] ([])',
      'waivers.lead-time: nobody (team)',
      'roles.disclose: [admin]',
      'templates.receipt: Got it.',
    ])
  })

  it('says how long a long list is, and not all of it', () => {
    const days = Array.from({ length: 20 }, (_, n) => `2026-06-${String(n + 1).padStart(2, '0')}`)
    expect(differences(`${OWN}calendar: { holidays: [${days.join(', ')}] }\n`)).toEqual([
      `calendar.holidays: [${days.slice(0, 8).join(', ')}, … 20 in all] ([])`,
    ])
  })

  it('follows what a severity and a project settle, against what holds without them', () => {
    const own = OWN.replace('lantern.example }', 'lantern.example, policy: { embargo: { standing: 45 days } } }')
    expect(differences(`${own}severities: { critical: { approvals: { ahead: 2 hours } } }\n`)).toEqual([
      'severities.critical.approvals.ahead: 2 hours (24 hours)',
      'projects.lantern.policy.embargo.standing: 45 days (90 days)',
    ])
  })
})
