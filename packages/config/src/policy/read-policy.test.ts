import { describe, expect, it } from 'vitest'
import { describeProblems } from '../problems/problem.ts'
import { readPolicy } from './read-policy.ts'
import { LANTERN_POLICY, problemsOf, problemLines } from '../../test/lantern-policy.ts'

const DURATION = 'Write a number and minutes, hours, days or working days, for example "3 working days".'

describe('a written policy', () => {
  it("is merged into its profile: a missing setting has the profile's value", () => {
    const reading = readPolicy('p.yaml', `${LANTERN_POLICY}clocks: { acknowledge: { target: 12 hours } }\n`)

    expect(reading).toMatchObject({
      ok: true,
      policy: {
        clocks: { acknowledge: { target: { amount: 12, unit: 'hours' }, breach: { amount: 3, unit: 'working days' } } },
        approvals: { by: 'second-person' },
        projects: [{ prefix: 'SEC', branches: [{ name: 'main', supported: true }] }],
      },
    })
  })

  it("takes another profile's values when it names it", () => {
    const reading = readPolicy('p.yaml', LANTERN_POLICY.replace('profile: team', 'profile: solo'))
    expect(reading).toMatchObject({ ok: true, policy: { approvals: { by: 'second-look' } } })
  })

  it('names the zone of a person, by any name that the machine knows', () => {
    const written = LANTERN_POLICY.replace('osUser: ana', 'zone: Asia/Kolkata, osUser: ana')
    expect(readPolicy('p.yaml', written)).toMatchObject({
      ok: true,
      policy: { people: [{ zone: 'Asia/Kolkata' }, {}] },
    })
    expect(problemLines(written.replace('Asia/Kolkata', 'Berlin'))).toEqual([
      expect.stringContaining("Berlin | people[0].zone can't be that. | Did you mean Europe/Berlin?"),
    ])
  })

  it('replaces a list whole', () => {
    const reading = readPolicy('p.yaml', `${LANTERN_POLICY}releaseWindow: { days: [mon] }\n`)
    expect(reading).toMatchObject({ ok: true, policy: { releaseWindow: { days: ['mon'], from: '14:00' } } })
  })

  it('lists all mistakes, in the order of their lines', () => {
    const text = LANTERN_POLICY.replace('profile: team', 'profile: teem')
      .replace('    address:', '    prefix: sec\n    adress:')
      .replace('slack: U0BEN', 'slack: ben')
    const written = `${text}clocks:\n  updateReporter: two weeks\n`

    expect(problemLines(written)).toEqual([
      "embargo.policy.yaml:1:10 teem | profile can't be that. | Did you mean team? The values are: solo, team, organisation.",
      "embargo.policy.yaml:5:13 sec | projects[0].prefix can't be that. | A prefix has 2 to 10 capital letters and digits.",
      expect.stringMatching(
        /^embargo.policy.yaml:6:5 adress \| projects\[0\] has no such key. \| Did you mean address\? Its keys are: id, name/,
      ),
      "embargo.policy.yaml:9:47 ben | people[1].slack can't be that. | A Slack member id starts with U or W.",
      'embargo.policy.yaml:12:19 two weeks | clocks.updateReporter can\'t be that. | Write a number and minutes, hours, days or working days, for example "3 working days".',
    ])
  })

  it('reports contradictions between values beside mistakes in single values', () => {
    const written = `${LANTERN_POLICY.replace('slack: U0BEN', 'slack: U0ANA')}clocks: { acknowlege: { target: 12 hours } }
embargo: { standing: 200 days }
releaseWindow: { from: '16:00', to: '14:00' }
calendar: { zone: Berlin }
`

    expect(problemsOf(written).map(({ because }) => because)).toEqual([
      'people[1].slack is the same as people[0].slack.',
      'clocks has no such key.',
      'embargo.standing is 200 days, longer than the 120 days that reporter and team may agree on.',
      'releaseWindow ends at 14:00, which is not after 16:00.',
      "calendar.zone can't be that.",
    ])
  })

  it.each([
    ['an unknown role', LANTERN_POLICY.replace('osUser: ana', 'roles: [admin, boss], osUser: ana')],
    ['a role that is misspelt', LANTERN_POLICY.replace('osUser: ana', 'roles: [tem], osUser: ana')],
    ['a person without an id', LANTERN_POLICY.replace('id: ana, ', '')],
    ['a person without a name', LANTERN_POLICY.replace('name: Ana, ', '')],
    ['a person that is a word', `${LANTERN_POLICY.replace('platforms', '  - cleo\nplatforms')}`],
    ['a project without an address', LANTERN_POLICY.replace('    address: security@lantern.example\n', '')],
    ['a misspelt profile', LANTERN_POLICY.replace('profile: team', 'profile: teem')],
    ['an unknown platform', LANTERN_POLICY.replace('terminal]', 'telephone]')],
    [
      'a recipient without anything',
      `${LANTERN_POLICY}prenotification: { lists: [{ id: distros, name: Distros, recipients: [{ id: harbour }] }] }\n`,
    ],
  ])('reports that two people have the same account beside %s', (_name, text) => {
    const same = 'people[1].slack is the same as people[0].slack.'
    const others = problemsOf(text).map(({ because }) => because)
    expect(others).not.toEqual([])
    const all = problemsOf(text.replace('slack: U0BEN', 'slack: U0ANA')).map(({ because }) => because)
    expect(all.toSorted()).toEqual([...others, same].toSorted())
  })

  it('reports, if an id is missing, neither the names that may mean this person nor a missing second person', () => {
    const written = LANTERN_POLICY.replace('id: ana, ', 'roles: [teem], ').replace(
      '    address:',
      '    people: [ana, ben]\n    address:',
    )
    expect(problemsOf(written).map(({ because }) => because)).toEqual([
      'people[0].id is missing.',
      "people[0].roles[0] can't be that.",
    ])
  })

  it('reports that a second person is missing, as the profile that was probably meant requires one', () => {
    const alone = LANTERN_POLICY.replace(/ {2}- \{ id: ben.*\n/u, '')
    const because = (profile: string) =>
      problemsOf(alone.replace('profile: team', `profile: ${profile}`)).map((one) => one.because)
    expect(because('teem')).toHaveLength(2)
    expect(because('sol')).toEqual(["profile can't be that."])
  })

  it('reports mistakes in the policy of a project like those in the whole policy', () => {
    const settled = "{ embargo: { standing: 200 days }, releaseWindow: { from: '16:00', to: '14:00' } }"
    const own = LANTERN_POLICY.replace('    address:', `    policy: ${settled}\n    address:`)
    expect(problemsOf(own).map(({ because }) => because)).toEqual([
      'projects[0].policy.embargo.standing is 200 days, longer than the 120 days that reporter and team may agree on.',
      'projects[0].policy.releaseWindow ends at 14:00, which is not after 16:00.',
    ])
  })

  it('reports a mistake of the whole policy once, and not for each project', () => {
    const own = LANTERN_POLICY.replace('    address:', '    policy: { releaseWindow: { days: [mon] } }\n    address:')
    expect(problemsOf(`${own}releaseWindow: { from: '16:00', to: '14:00' }\n`).map(({ because }) => because)).toEqual([
      'releaseWindow ends at 14:00, which is not after 16:00.',
    ])
  })

  it('takes a misspelt key for the one that it looks like, and reports nothing that only follows from the typo', () => {
    const one = LANTERN_POLICY.replace(/ {2}- \{ id: ben.*\n/u, '')
    const group = 'goups: { team: { slack: S0TEAM } }\n'

    expect(problemsOf(`${one}${group}`).map(({ because }) => because)).toEqual(['A policy has no such key.'])

    const twice = LANTERN_POLICY.replace('address:', 'adress:').replace('slack: U0BEN', 'slack: U0ANA')
    expect(problemsOf(twice).map(({ because }) => because)).toEqual([
      'projects[0] has no such key.',
      'people[1].slack is the same as people[0].slack.',
    ])
  })

  it('says what is missing, at the place where it belongs', () => {
    expect(problemLines('profile: solo\nprojects:\n  - id: lantern\n    name: Lantern\n')).toEqual([
      'embargo.policy.yaml:1:1 - | people is missing. | Add it: a list, each entry after a dash, belongs here.',
      'embargo.policy.yaml:3:5 - | projects[0].address is missing. | Add it: an address looks like security@example.org.',
    ])
  })

  it('says that a key has no value', () => {
    expect(problemLines(`${LANTERN_POLICY}clocks:\n`)).toEqual([
      'embargo.policy.yaml:10:8 - | clocks is empty. | An indented block of keys belongs here.',
    ])
  })

  it('names a wrong address and the shape of a right one', () => {
    expect(problemLines(LANTERN_POLICY.replace('security@lantern.example', 'the list'))).toEqual([
      "embargo.policy.yaml:5:14 the list | projects[0].address can't be that. | An address looks like security@example.org.",
    ])
  })

  it.each([
    ['calendar: { holidays: [2026-13-01] }', 'A date looks like 2026-01-31.'],
    ['calendar: { workingDays: [] }', 'At least 1 entry.'],
    ['calendar: { workingDays: [monday] }', 'One of mon, tue, wed, thu, fri, sat, sun.'],
    ['releaseWindow: { from: 25:00 }', 'A time looks like 14:00.'],
    ['intake: { newCases: 100001 }', 'At most 100000.'],
    ['intake: { newCases: 0 }', 'At least 1.'],
    ['prenotification: { lists: [{ id: ours, name: "" }] }', "It can't be empty."],
    [
      'calendar: { zone: Europe/Berln }',
      'Did you mean Europe/Berlin? A time zone has an IANA name, such as Europe/Berlin or UTC.',
    ],
    [
      'calendar: { zone: New York }',
      'Did you mean America/New_York? A time zone has an IANA name, such as Europe/Berlin or UTC.',
    ],
    ["calendar: { zone: '+02:00' }", 'A time zone has an IANA name, such as Europe/Berlin or UTC.'],
    ['embargo: 90 days', 'An indented block of keys belongs here.'],
    ['clocks: { acknowledge: { target: 24 } }', `Did you mean 24 hours? ${DURATION}`],
    ['clocks: { acknowledge: { target: "24" } }', `Did you mean 24 hours? ${DURATION}`],
    ['approvals: { secondLookAfter: 3 }', `Did you mean 3 hours? ${DURATION}`],
    ['clocks: { updateReporter: 20 }', `Did you mean 20 days? ${DURATION}`],
    ['prenotification: { lead: { low: 7 } }', `Did you mean 7 days? ${DURATION}`],
    ['chat: { archiveAfter: soon }', DURATION.replace('Write', 'Write never, or')],
    ['clocks: { retrospective: true }', DURATION],
    ['clocks: { retrospective: ~ }', DURATION],
    ['releaseWindow: { to: 17 }', 'Did you mean 17:00? A time looks like 14:00.'],
    ['releaseWindow: { from: 9 }', 'Did you mean 09:00? A time looks like 14:00.'],
    ['releaseWindow: { from: 9:30 }', 'Did you mean 09:30? A time looks like 14:00.'],
    ['releaseWindow: { from: 25 }', 'A time looks like 14:00.'],
    ['calendar: { holidays: [20261225] }', 'Did you mean 2026-12-25? A date looks like 2026-01-31.'],
    ['calendar: { holidays: [2026] }', 'A date looks like 2026-01-31.'],
    ['calendar: { zone: 2 }', 'A time zone has an IANA name, such as Europe/Berlin or UTC.'],
    ['templatesFrom: 5', 'A text (in quotes when it looks like a number) belongs here.'],
  ])('says for %s what to write instead', (line, instead) => {
    expect(problemsOf(`${LANTERN_POLICY}${line}\n`).map((one) => one.instead)).toEqual([instead])
  })

  it.each([['a list instead of keys', '- a\n- b\n', /1:1 .*block of keys/]])(
    'names the place of %s',
    (_name, text, expected) => {
      expect(problemLines(text)[0]).toMatch(expected)
    },
  )

  it('lets the second person come from a group of a platform', () => {
    const alone = LANTERN_POLICY.replace('  - { id: ben, name: Ben, osUser: ben, slack: U0BEN }\n', '')
    expect(problemLines(alone)).not.toEqual([])
    expect(problemLines(`${alone}groups: [{ platform: slack, group: S0TEAM, role: team }]\n`)).toEqual([])
    expect(problemLines(`${alone}groups: [{ platform: slack, group: S0TEAM, role: observer }]\n`)).not.toEqual([])
  })

  it.each([
    ['groups: [{ platform: slack, group: U0TEAM, role: team }]', 'A Slack user group id starts with S.'],
    ['groups: [{ platform: discord, group: "12", role: team }]', 'A Discord role id has 17 to 20 digits, in quotes.'],
    ['groups: [{ platform: slack, group: S0TEAM, role: teem }]', 'Did you mean team?'],
  ])('says what is wrong with %s', (line, instead) => {
    expect(problemLines(`${LANTERN_POLICY}${line}\n`).join()).toContain(instead)
  })

  it('never invents a second person', () => {
    const alone = LANTERN_POLICY.replace(/^ {2}- \{ id: ben.*\n/m, '')

    expect(problemLines(alone)).toEqual([
      expect.stringContaining(
        'approvals.by requires a second person, but only one in people has the role team or admin.',
      ),
    ])
    expect(problemLines(alone.replace('team', 'solo'))).toEqual([])
  })

  it('refuses one account for two people, however it is written', () => {
    const doubled = LANTERN_POLICY.replace('slack: U0BEN', 'slack: U0ANA, mail: a@lantern.example').replace(
      'slack: U0ANA }',
      'slack: U0ANA, mail: A@LANTERN.example }',
    )

    expect(problemsOf(doubled).map((one) => one.because)).toEqual([
      'people[1].slack is the same as people[0].slack.',
      'people[1].mail is the same as people[0].mail.',
    ])
  })
})

describe('what a policy may not set', () => {
  it.each([
    ['waivers: { second-person: admin }', /second-person can never be waived\./],
    ['waivers: { notise: admin }', /Did you mean notice\?/],
    ['roles: { publish: [observer] }', /One of admin, team, maintainer, releaser/],
    ['roles: { publsh: [admin] }', /Did you mean publish\?/],
    ['roles: { adminOnly: [dislose] }', /Did you mean disclose\?/],
    [
      'prenotification: { lists: [{ id: d, name: D, mostDays: 14, lead: 15 days }] }',
      /longer than the 14 days that the list keeps a secret/,
    ],
    ['prenotification: { lists: [{ id: d, name: D, projects: [lantrn] }] }', /Did you mean lantern\?/],
    ['intake: { senderDomains: trust }', /trusts the results of a mail server that is not named/],
    ['releaseWindow: { from: "16:00", to: "14:00" }', /ends at 14:00, which is not after 16:00/],
    ['prenotification: { lists: [{ id: d, name: D, kind: linux-distro }] }', /Write linux-distros\./],
    [
      'prenotification: { lists: [{ id: d, name: D, kind: linux-distros, lead: 15 days }] }',
      /longer than the 14 days that the list keeps a secret/,
    ],
  ])('%s', (line, expected) => {
    expect(problemLines(`${LANTERN_POLICY}${line}\n`)).toEqual([expect.stringMatching(expected)])
  })
})

describe('a policy file made to harm', () => {
  it('reaches no prototype', () => {
    expect(
      problemsOf(`${LANTERN_POLICY}__proto__: { polluted: true }\nconstructor: 1\n`).map((one) => one.found),
    ).toContain('constructor')
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('is not read when it is larger than any policy', () => {
    expect(problemLines('#'.repeat(1_000_001))[0]).toContain('at most 1000000 characters')
  })
})

describe('describeProblems', () => {
  it('gives the text that a person reads', () => {
    expect(describeProblems(problemsOf(LANTERN_POLICY.replace('platforms: [', 'platforms: [slick, ')))).toBe(
      [
        "Embargo can't go on: one thing in the configuration must be corrected first. Nothing was changed.",
        '',
        'embargo.policy.yaml:9:13',
        '    found    slick',
        "    problem  platforms[0] can't be that.",
        '    instead  Did you mean slack? The values are: slack, discord, terminal.',
      ].join('\n'),
    )
  })

  it('takes every platform that has an app, and the accounts of people on it', () => {
    const written = LANTERN_POLICY.replace('platforms: [', 'platforms: [discord, ').replace(
      'slack: U0BEN',
      'slack: U0BEN, discord: "112233445566778899"',
    )
    const reading = readPolicy('embargo.policy.yaml', written)
    if (!reading.ok) throw new Error(describeProblems(reading.problems))
    expect(reading.policy.platforms).toContain('discord')
    expect(reading.policy.people[1]?.discord).toBe('112233445566778899')
  })

  it('refuses a Discord id that is written as a number, because its last digits would change', () => {
    expect(problemLines(LANTERN_POLICY.replace('slack: U0BEN', 'discord: 112233445566778899'))).toEqual([
      "embargo.policy.yaml:8:49 112233445566778899 | people[1].discord can't be that. | A text (in quotes when it looks like a number) belongs here.",
    ])
  })

  // Before this was fixed, each mistake was compared with all others, which took minutes for thousands of mistakes.
  it.each<readonly [string, (index: number) => string, string]>([
    ['unknown keys', (index) => `zz${index}: 1\n`, ''],
    ['unknown keys in a section', (index) => `  from${index}: 1\n`, 'releaseWindow:\n'],
    ['aliases without an anchor', (index) => `  - &b${index} 1\n  - *a${index}\n`, 'x:\n'],
  ])(
    'with a thousand mistakes has each of them reported: %s',
    (_what, line, before) => {
      const text = `${LANTERN_POLICY}${before}${Array.from({ length: 1_000 }, (_, index) => line(index)).join('')}`
      expect(problemsOf(text).length).toBeGreaterThanOrEqual(1_000)
    },
    30_000,
  )
})
