import { describe, expect, it } from 'vitest'
import { explorePolicy, instant, lookAtPolicy, PROFILES } from '../src/index.ts'
import type { Policy, PolicyFinding, PolicySource } from '../src/index.ts'
import { ANA, BEN } from '@embargo/testkit/policy'
import { policyOf, START } from './scenario.ts'

const everyDay = (from: number, days: number): string[] =>
  Array.from({ length: days }, (_, day) => new Date(from + day * 86_400_000).toISOString().slice(0, 10))

const recipient = (more: object): Partial<PolicySource> => ({
  prenotification: {
    ...PROFILES.team.prenotification,
    lists: [
      { id: 'd', name: 'Distributions', recipients: [{ id: 'n', name: 'North', address: 'n@north.example', ...more }] },
    ],
  },
})

type Row = readonly [string, () => Policy, PolicyFinding['rule'], RegExp]

const ROWS: readonly Row[] = [
  [
    'a calendar whose every day is a holiday',
    () => policyOf('team', { calendar: { ...PROFILES.team.calendar, holidays: everyDay(START, 900) } }),
    'no-working-days',
    /no working day in the next 400 days/,
  ],
  [
    'a window that never opens',
    () => policyOf('team', { releaseWindow: { days: ['tue'], from: '16:00', to: '14:00' } }),
    'no-release-window',
    /never opens/,
  ],
  [
    'a lead as long as the embargo',
    () => policyOf('team', { embargo: { ...PROFILES.team.embargo, standing: '7 days' } }),
    'lead-longer-than-embargo',
    /needs a lead of 7 days, and its embargo lasts 7/,
  ],
  [
    'two people where only one is',
    () => policyOf('solo', { approvals: PROFILES.team.approvals }),
    'one-person-both-seats',
    /only Ana can say the second yes/,
  ],
  [
    'two admins where only one is',
    () => policyOf('organisation'),
    'one-person-both-seats',
    /longer embargo than reporter and team agree on takes two admins for Quillmark, and only Ana is one/,
  ],
  [
    'a command that is given to a role which nobody has',
    () => policyOf('team', { roles: { triage: ['maintainer'] } }),
    'unliftable-gate',
    /Nobody can ever run \/triage for Quillmark: the rule role stands before it/,
  ],
  [
    'a waiver that is an admin’s to give where there is none',
    () => policyOf('organisation', { people: [{ ...BEN, roles: ['team'] }] }),
    'unliftable-gate',
    /Nobody can ever waive fix-ready for Quillmark/,
  ],
  [
    'a team that nobody can tell anything',
    () => {
      const policy = policyOf()
      return { ...policy, people: policy.people.map(({ id, name, roles }) => ({ id, name, roles })) }
    },
    'unheard-clock',
    /Nobody hears the clocks of/,
  ],
  [
    'a recipient who never agreed',
    () => policyOf('team', recipient({ plaintext: 'accepted' })),
    'unmailable-recipient',
    /North on the list Distributions can never be mailed/,
  ],
  [
    'a recipient without a key',
    () => policyOf('team', recipient({ consented: '2026-01-10' })),
    'unmailable-recipient',
    /North on the list Distributions can never be mailed/,
  ],
  [
    'a project that announces nowhere',
    () => {
      const policy = policyOf()
      const projects = policy.projects.map(({ announce: _announce, ossSecurity: _ossSecurity, ...project }) => project)
      return { ...policy, projects }
    },
    'nothing-published',
    /Nothing of the project quillmark can be published/,
  ],
  [
    'a letter with a field that nobody fills',
    () => ({ ...policyOf(), templates: { thanks: 'Thank you for {{everything}}.' } }),
    'unknown-template-field',
    /a field \{\{everything\}\} that it has not/,
  ],
]

describe('the policy as it is written', () => {
  it.each(['solo', 'team', 'organisation'] as const)('has no mistake by default (%s)', (profile) => {
    const people = profile === 'solo' ? [ANA] : [ANA, { ...BEN, roles: ['admin' as const] }]
    expect(lookAtPolicy(policyOf(profile, { people }), START)).toEqual([])
  })

  it('takes members of groups for people whom it does not know', () => {
    const groups = { team: { slack: 'S0TEAM' }, admin: { slack: 'S0ADMIN' } }
    const policy = policyOf('organisation', { people: [{ ...BEN, roles: ['observer'] }], groups })
    expect(lookAtPolicy(policy, START)).toEqual([])
  })

  it.each(ROWS)('%s is told with why and what to do', (_name, policy, rule, what) => {
    const found = lookAtPolicy(policy(), START).filter((one) => one.rule === rule)
    expect(found[0]?.what).toMatch(what)
    expect(found.every(({ why, instead }) => why.endsWith('.') && instead.endsWith('.'))).toBe(true)
  })

  it('says once for each severity that a lead is too long', () => {
    const policy = policyOf('team', { embargo: { ...PROFILES.team.embargo, standing: '7 days' } })
    const found = lookAtPolicy(policy, instant(START)).filter(({ rule }) => rule === 'lead-longer-than-embargo')
    expect(found).toHaveLength(2)
  })
})

describe('the places that a policy lets a case come to', { timeout: 900_000 }, () => {
  it('all have an end by default, and no gate that nobody lifts', () => {
    const { findings, whole, places } = explorePolicy(policyOf('solo'), 'quillmark', 'silent', START)
    expect(findings).toEqual([])
    expect(whole).toBe(true)
    expect(places).toBeGreaterThan(1000)
  })

  it('show the gate that nobody lifts, and the stages behind it', () => {
    const policy = policyOf('solo', recipient({ plaintext: 'accepted' }))
    const { findings } = explorePolicy(policy, 'quillmark', 'silent', START)
    expect(findings.map(({ rule, what }) => `${rule}: ${what}`)).toContain(
      'unliftable-gate: Nobody can ever run /prenotify for a high case of Quillmark: the rule recipient-consent stands before it.',
    )
  })

  it('show that it never ends, and the stages that it never comes to, where nobody may decide what a report is', () => {
    const policy = policyOf('solo', { roles: { triage: ['maintainer'] } })
    const { findings } = explorePolicy(policy, 'quillmark', 'silent', START)
    expect(findings[0]).toMatchObject({ rule: 'no-end', what: 'A case of Quillmark can come to where it never ends.' })
    const unreached = findings.filter(({ rule }) => rule === 'unreachable-stage').map(({ what }) => what)
    expect(unreached).toContain('No case of Quillmark ever comes to the stage assessing.')
    expect(unreached).not.toContain('No case of Quillmark ever comes to the stage acknowledged.')
  })
})
