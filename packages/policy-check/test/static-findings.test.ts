import { describe, expect, it } from 'vitest'
import { DAY, instant, later, PROFILES } from '@embargo/core'
import type { Policy, PolicySource } from '@embargo/core'
import { staticFindings } from '../src/index.ts'
import type { PolicyFinding } from '../src/index.ts'
import { ANA, BEN } from '@embargo/testkit/policy'
import { policyOf, START } from './sample-policy.ts'

const everyDay = (from: number, days: number): string[] =>
  Array.from({ length: days }, (_, day) => new Date(from + day * 86_400_000).toISOString().slice(0, 10))

const recipient = (more: object, ofList: object = {}): Partial<PolicySource> => ({
  prenotification: {
    ...PROFILES.team.prenotification,
    lists: [
      {
        id: 'd',
        name: 'Distributions',
        recipients: [{ id: 'n', name: 'North', address: 'n@north.example', ...more }],
        ...ofList,
      },
    ],
  },
})

const AGREED = { consented: '2026-01-10', plaintext: 'accepted' }

/** A person whose account is on a platform that none of these policies uses. */
const AFAR = {
  id: 'mae',
  name: 'Mae',
  roles: ['admin' as const],
  mail: 'mae@quillmark.example',
  discord: '123456789012345678',
}

/** People for whom the policy has a mail address, but no account on any platform. */
const MAILED = [ANA, BEN].map(({ id, name, mail }) => ({ id, name, ...(mail === undefined ? {} : { mail }) }))

const TUESDAYS: Partial<PolicySource> = {
  releaseWindow: { ...PROFILES.team.releaseWindow, days: ['tue'] },
  prenotification: {
    ...PROFILES.team.prenotification,
    lead: { ...PROFILES.team.prenotification.lead, critical: '7 days' },
  },
}

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
    'a lead that most weekdays leave no window for',
    () => policyOf('team', { ...TUESDAYS, embargo: { ...PROFILES.team.embargo, standing: '9 days' } }),
    'lead-longer-than-embargo',
    /^A critical case of Quillmark that is reported on a Wednesday, a Thursday, a Friday or a Saturday can never be pre-notified in time\.$/,
  ],
  [
    'a lead that holidays leave no window for, whenever a report comes',
    () =>
      policyOf('team', {
        ...TUESDAYS,
        calendar: { ...PROFILES.team.calendar, holidays: everyDay(later(START, 3 * DAY), 900) },
      }),
    'lead-longer-than-embargo',
    /^A critical case of Quillmark can never be pre-notified in time\.$/,
  ],
  [
    'a lead that holidays leave no window for',
    () =>
      policyOf('team', {
        ...TUESDAYS,
        embargo: { ...PROFILES.team.embargo, standing: '15 days' },
        calendar: { ...PROFILES.team.calendar, holidays: ['2026-12-22'] },
      }),
    'lead-longer-than-embargo',
    /^A critical case of Quillmark that is reported on 2026-12-09, 2026-12-10, 2026-12-11 or 2 days more can never be pre-notified in time\.$/,
  ],
  [
    'a lead of attacked cases that is longer than the embargo',
    () => {
      const { prenotification } = PROFILES.team
      return policyOf('team', {
        prenotification: { ...prenotification, lead: { ...prenotification.lead, urgent: '200 days' } },
      })
    },
    'lead-longer-than-embargo',
    /^The urgent lead of Quillmark is 200 days, and the embargo lasts 90\.$/,
  ],
  [
    'two people where only one is',
    () => policyOf('solo', { approvals: PROFILES.team.approvals }),
    'one-person-both-seats',
    /only Ana can give the second approval/,
  ],
  [
    'a signal that one person may raise, who alone may say yes to it',
    () =>
      policyOf('organisation', {
        people: [ANA, BEN],
        roles: { ...PROFILES.team.roles, adminOnly: ['signal.public', 'approve'] },
      }),
    'one-person-both-seats',
    /For Quillmark, a command that cannot be undone needs two people, but only Ana can give the second approval/,
  ],
  [
    'an address that nobody may ask a second yes for',
    () =>
      policyOf('team', {
        people: [BEN, { ...ANA, roles: ['team'] }],
        roles: { ...PROFILES.team.roles, adminOnly: ['log-answer.address'] },
      }),
    'one-person-both-seats',
    /For Quillmark, a command that cannot be undone needs two people, but nobody can run \/log-answer.address/,
  ],
  [
    'two admins where only one is',
    () => policyOf('organisation'),
    'one-person-both-seats',
    /an embargo beyond embargo.agreedMost needs two admins, but only Ana can act as one/,
  ],
  [
    'two people of whom one has no account where people talk',
    () => policyOf('team', { people: [ANA, AFAR], platforms: ['slack'] }),
    'one-person-both-seats',
    /^For Quillmark, a command that cannot be undone needs two people, but only Ana can give the second approval\.$/,
  ],
  [
    'two admins of whom one has no account where people talk',
    () => policyOf('team', { people: [ANA, BEN, AFAR], platforms: ['slack'] }),
    'one-person-both-seats',
    /^For Quillmark, an embargo .* needs two admins, but only Ana can act as one/,
  ],
  [
    'a team from a group of a platform that is not in use',
    () =>
      policyOf('team', {
        people: [ANA],
        groups: [{ platform: 'slack', group: 'S0TEAM', role: 'team' }],
        platforms: ['terminal'],
      }),
    'one-person-both-seats',
    /^For Quillmark, a command that cannot be undone needs two people, but only Ana can give the second approval\.$/,
  ],
  [
    'a team that can type nothing',
    () => policyOf('team', { people: MAILED, platforms: ['slack'] }),
    'unliftable-gate',
    /^Nobody on the team can ever run a command for Quillmark: the rule "role" blocks everybody\.$/,
  ],
  [
    'a command that is given to a role in which nobody can type it',
    () =>
      policyOf('team', {
        people: [ANA, BEN, { ...AFAR, roles: ['maintainer'] }],
        platforms: ['slack'],
        roles: { ...PROFILES.team.roles, contribute: ['maintainer'] },
      }),
    'unliftable-gate',
    /^Nobody can ever run a command of roles\.contribute for Quillmark: the rule "role" blocks them\.$/,
  ],
  [
    'a team that is in no channel',
    () => policyOf('team', { people: MAILED, platforms: ['slack'] }),
    'unheard-clock',
    /^Nobody gets the reminders of Quillmark before they escalate\.$/,
  ],
  [
    'a command that is left to an admin, without an admin',
    () =>
      policyOf('team', {
        people: [BEN, { ...ANA, roles: ['team'] }],
        roles: { ...PROFILES.team.roles, adminOnly: ['triage'] },
      }),
    'unliftable-gate',
    /Nobody can ever run \/triage for Quillmark: the rule "role" blocks it/,
  ],
  [
    'a waiver that only an admin can give, without an admin',
    () => policyOf('organisation', { people: [{ ...BEN, roles: ['team'] }] }),
    'unliftable-gate',
    /Nobody can ever waive fix for Quillmark/,
  ],
  [
    'a team that nobody can tell anything',
    () => {
      const policy = policyOf()
      return { ...policy, people: policy.people.map(({ id, name, roles }) => ({ id, name, roles })) }
    },
    'unheard-clock',
    /Nobody gets the reminders of/,
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
    'a recipient of a list that is told of no severity',
    () => policyOf('team', recipient(AGREED, { severities: [] })),
    'unmailable-recipient',
    /^North on the list Distributions can never be mailed\.$/,
  ],
  [
    'a recipient of a list that is told of no project',
    () => policyOf('team', recipient(AGREED, { projects: [] })),
    'unmailable-recipient',
    /^North on the list Distributions can never be mailed\.$/,
  ],
  [
    'a recipient who agrees on a day to come',
    () => policyOf('team', recipient({ ...AGREED, consented: '2026-05-05' })),
    'consent-to-come',
    /^North on the list Distributions is mailed although the day of their agreement, 2026-05-05, is still to come\.$/,
  ],
  [
    'a patch that no reporter may be sent',
    () => policyOf('team', { plaintextToReporter: 'refuse' }),
    'unmailable-reporter',
    /^A reporter of Quillmark who has no OpenPGP key cannot be mailed a patch to check\.$/,
  ],
  [
    'a project that announces nowhere',
    () => {
      const policy = policyOf()
      const projects = policy.projects.map(({ announce: _announce, ossSecurity: _ossSecurity, ...project }) => project)
      return { ...policy, projects }
    },
    'nothing-published',
    /The project quillmark cannot publish anything/,
  ],
  [
    'a CNA that is not named as vendor',
    () => publishingCves({ repository: 'https://github.com/quillmark/quillmark' }),
    'no-cve-record',
    /The project quillmark publishes no CVE records/,
  ],
  [
    'a CVE record that nothing public precedes',
    () => publishingCves({ packages: [{ ecosystem: 'npm', name: 'quillmark' }], vendor: 'Quillmark' }),
    'no-cve-record',
    /The project quillmark publishes no CVE records/,
  ],
]

function publishingCves(change: Partial<Policy['projects'][number]>): Policy {
  const policy = policyOf('team', { people: [ANA, { ...BEN, roles: ['admin'] }] })
  const own = { cve: 'own', targets: { cve: 'publish' }, ...change } as const
  return { ...policy, projects: policy.projects.map((project) => ({ ...project, ...own })) }
}

describe('the policy as it is written', () => {
  it.each(['solo', 'team', 'organisation'] as const)('has no mistake by default (%s)', (profile) => {
    const people = profile === 'solo' ? [ANA] : [ANA, { ...BEN, roles: ['admin' as const] }]
    expect(staticFindings(policyOf(profile, { people }), START)).toEqual([])
  })

  it('treats members of groups as people whom it does not know', () => {
    const groups: Policy['groups'] = [
      { platform: 'slack', group: 'S0TEAM', role: 'team' },
      { platform: 'slack', group: 'S0ADMIN', role: 'admin' },
    ]
    const policy = policyOf('organisation', { people: [{ ...BEN, roles: ['observer'] }], groups, platforms: ['slack'] })
    expect(staticFindings(policy, START)).toEqual([])
  })

  it.each(ROWS)('%s is reported with the reason and what to do', (_name, policy, rule, what) => {
    const found = staticFindings(policy(), START).filter((one) => one.rule === rule)
    expect(found[0]?.what).toMatch(what)
    expect(found.every(({ why, instead }) => why.endsWith('.') && instead.endsWith('.'))).toBe(true)
  })

  it.each<readonly [string, PolicyFinding['rule'], Partial<PolicySource>, string]>([
    [
      'a second yes',
      'one-person-both-seats',
      { people: [ANA, AFAR], platforms: ['slack'] },
      'No two people can ask for such a command and approve it, so it can never be carried out. Mae has no account on slack and no osUser.',
    ],
    [
      'any command',
      'unliftable-gate',
      { people: MAILED, platforms: ['slack'] },
      'Every case begins with the team, and nobody who has the role admin or team can type it. Ana and Ben have no account on slack and no osUser.',
    ],
    [
      'what the channel says',
      'unheard-clock',
      { people: MAILED, platforms: ['slack'] },
      'Reminders that escalate are mailed too; the others are only posted on slack, where Ana and Ben have no account.',
    ],
  ])('names those whose account keeps them from %s', (_what, rule, change, why) => {
    expect(staticFindings(policyOf('team', change), START).find((one) => one.rule === rule)?.why).toBe(why)
  })

  it('accepts earlier agreements if a list is informed only of one severity of one project', () => {
    const people = [ANA, { ...BEN, roles: ['admin' as const] }]
    const lists = recipient({ ...AGREED, consented: '2026-05-04' }, { severities: ['low'], projects: ['quillmark'] })
    expect(staticFindings(policyOf('team', { people, ...lists }), START)).toEqual([])
  })

  it('includes a person who has only the terminal', () => {
    const people = [ANA, { ...AFAR, osUser: 'mae' }]
    expect(staticFindings(policyOf('team', { people, platforms: ['slack'] }), START)).toEqual([])
  })

  it('gives the same result for a lead time on every weekday', () => {
    const policy = policyOf('team', { ...TUESDAYS, embargo: { ...PROFILES.team.embargo, standing: '9 days' } })
    const [first, ...others] = Array.from({ length: 7 }, (_, day) => staticFindings(policy, later(START, day * DAY)))
    expect(first?.map(({ rule }) => rule)).toContain('lead-longer-than-embargo')
    for (const other of others) expect(other).toEqual(first)
  })

  it('knows a window that is open already as the first date of the lead begins', () => {
    const releaseWindow = {
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      from: '09:00',
      to: '17:00',
    }
    const calendar = { ...PROFILES.team.calendar, zone: 'Pacific/Auckland' }
    const embargo = { ...PROFILES.team.embargo, standing: '8 days' }
    const late = (window: object) =>
      staticFindings(
        policyOf('team', { calendar, embargo, releaseWindow: { ...PROFILES.team.releaseWindow, ...window } }),
        START,
      )
        .filter(({ rule }) => rule === 'lead-longer-than-embargo')
        .map(({ what }) => what)
    expect(late(releaseWindow).filter((what) => what.includes('Friday'))).toEqual([])
    // If Friday is not a release day, there is a finding about Fridays.
    expect(
      late({ ...releaseWindow, days: ['mon', 'tue', 'wed', 'thu'] }).filter((what) => what.includes('Friday')),
    ).not.toEqual([])
  })

  it('reports a lead time that is too long once for each severity', () => {
    const policy = policyOf('team', { embargo: { ...PROFILES.team.embargo, standing: '7 days' } })
    const found = staticFindings(policy, instant(START)).filter(({ rule }) => rule === 'lead-longer-than-embargo')
    expect(found).toHaveLength(2)
  })
})
