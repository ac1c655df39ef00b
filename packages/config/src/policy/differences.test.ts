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
  return differencesOf(reading.policy).map(({ path, value, byDefault, wholePolicy }) => {
    const below = wholePolicy === undefined ? byDefault : `the whole policy: ${wholePolicy}`
    return `${path}: ${value}${below === undefined ? '' : ` (${below})`}`
  })
}

describe('where a policy differs from its profile', () => {
  it.each(['team', 'solo', 'organisation'])('is nothing in a policy of %s that names only its own', (profile) => {
    expect(differences(`profile: ${profile}\n${OWN}`)).toEqual([])
  })

  it('is listed value by value, each with its default', () => {
    expect(
      differences(`${OWN}clocks: { retrospective: 5 working days, fixReady: { low: 90 days } }
calendar: { zone: Europe/Berlin, holidays: [2026-12-25] }
waivers: { notice: nobody }
roles: { publish: [admin], adminOnly: [waive] }
prenotification: { lists: [{ id: distros, name: Distros }] }
`),
    ).toEqual([
      'calendar.zone: Europe/Berlin',
      'calendar.holidays: [2026-12-25] ([])',
      'clocks.fixReady.low: 90 days (75 days)',
      'clocks.retrospective: 5 working days (3 working days)',
      'prenotification.lists: [distros] ([])',
      'waivers.notice: nobody (team)',
      'roles.publish: [admin] ([admin, team, releaser])',
      'roles.adminOnly: [waive] ([])',
    ])
  })

  it('says how long a long list is, instead of showing all of it', () => {
    const days = Array.from({ length: 20 }, (_, n) => `2026-06-${String(n + 1).padStart(2, '0')}`)
    expect(differences(`${OWN}calendar: { holidays: [${days.join(', ')}] }\n`)).toEqual([
      `calendar.holidays: [${days.slice(0, 8).join(', ')}, … 20 in all] ([])`,
    ])
  })

  it('shows what a project sets, and what would apply without it', () => {
    expect(
      differences(`projects:
  - id: lantern
    name: Lantern
    address: security@lantern.example
    policy:
      embargo: { standing: 60 days }
      publicCommits: never
  - id: quill
    name: Quill
    prefix: QLL
    address: security@quill.example
    policy: { embargo: { standing: 90 days }, publicCommits: unmarked }
people: [{ id: ana, name: Ana, roles: [admin, team] }, { id: ben, name: Ben }]
publicCommits: unmarked
`),
    ).toEqual([
      'publicCommits: unmarked (never)',
      'projects.lantern.policy.embargo.standing: 60 days (90 days)',
      'projects.lantern.policy.publicCommits: never (the whole policy: unmarked)',
      'projects.quill.prefix: QLL (SEC)',
    ])
  })

  it('shows platforms, and where a project differs from the defaults of projects', () => {
    const own = OWN.replace(
      'lantern.example }',
      'lantern.example, cve: own, branches: [{ name: 1.x, supported: false }] }',
    )
    expect(differences(`${own}platforms: [slack]\ngroups: [{ platform: slack, group: S0TEAM, role: team }]\n`)).toEqual(
      [
        'groups: [{ platform: slack, group: S0TEAM, role: team }] ([])',
        'platforms: [slack] ([terminal])',
        'projects.lantern.branches: [{ name: 1.x, supported: false }] ([{ name: main, supported: true }])',
        'projects.lantern.cve: own (form)',
      ],
    )
  })

  it('shows that values differ even if the difference does not fit into the line', () => {
    const days = Array.from({ length: 20 }, (_, n) => `2026-06-${String(n + 1).padStart(2, '0')}`)
    const holidays = (last: string): string => `{ calendar: { holidays: [${[...days, last].join(', ')}] } }`
    const own = OWN.replace('lantern.example }', `lantern.example, policy: ${holidays('2026-07-02')} }`)
    const shown = `[${days.slice(0, 8).join(', ')}, … 21 in all]`
    expect(differences(`${own}${holidays('2026-07-01').slice(2, -2)}\n`)).toEqual([
      `calendar.holidays: ${shown} ([])`,
      `projects.lantern.policy.calendar.holidays: ${shown} (the whole policy: ${shown})`,
    ])
  })
})
