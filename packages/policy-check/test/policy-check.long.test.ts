import { describe, expect, it } from 'vitest'
import { PROFILES } from '@embargo/core'
import type { Policy, PolicySource } from '@embargo/core'
import { exploreProject, explorationFindings, distinctProjects } from '../src/index.ts'
import type { ReporterKind } from '../src/index.ts'
import { ANA } from '@embargo/testkit/policy'
import { policyOf, START } from './sample-policy.ts'

const recipient = (more: object): Partial<PolicySource> => ({
  prenotification: {
    ...PROFILES.team.prenotification,
    lists: [
      { id: 'd', name: 'Distributions', recipients: [{ id: 'n', name: 'North', address: 'n@north.example', ...more }] },
    ],
  },
})

/** Known by an account on a platform that no policy here has. */
const AFAR = {
  id: 'mae',
  name: 'Mae',
  roles: ['admin' as const],
  mail: 'mae@quillmark.example',
  discord: '123456789012345678',
}

describe('the projects that a policy tells apart', () => {
  const quillmark = { id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }
  const inkwell = { id: 'inkwell', name: 'Inkwell', address: 'security@inkwell.example', prefix: 'INK' }
  const apart = (more: object, policy: Partial<PolicySource> = {}): readonly (readonly string[])[] => [
    ...distinctProjects(policyOf('team', { ...policy, projects: [quillmark, { ...inkwell, ...more }] })).values(),
  ]

  it.each<readonly [string, object]>([
    ['its name, address and prefix', {}],
    ['how its branches are called', { branches: [{ name: '4.2.x' }, { name: '5.1.x' }] }],
    ['whom to ask', { contact: 'the desk' }],
    ['how long its clocks run', { policy: { clocks: { decideValidity: '2 working days' } } }],
    [
      'how long they run for one severity',
      { policy: { severities: { low: { clocks: { consentSilence: '9 days' } } } } },
    ],
    ['people who are everybody', { people: ['ana', 'ben', 'cleo'] }],
  ])('are one where nothing differs but %s', (_what, more) => {
    expect(apart(more)).toEqual([['quillmark', 'inkwell']])
  })

  it.each<readonly [string, object]>([
    ['whose it is', { people: ['ana'] }],
    ['its approvals', { policy: { approvals: { disclose: 'second-look' } } }],
    ['its window', { policy: { releaseWindow: { from: '16:00', to: '18:00' } } }],
    ['what holds for one severity', { policy: { severities: { low: { publicCommits: 'open' } } } }],
    ['its texts', { policy: { templates: { acknowledgment: 'Thank you.' } } }],
    ['who gives its CVE ids', { cve: 'own' }],
    ['where it is announced', { announce: 'announce@inkwell.example' }],
    ['where the details go', { ossSecurity: 'details@lists.example' }],
    ['that no branch of it is supported', { branches: [{ name: 'main', supported: false }] }],
  ])('are two by %s', (_what, more) => {
    expect(apart(more)).toEqual([['quillmark'], ['inkwell']])
  })

  it('are two where a list of recipients is told of one of them alone', () => {
    const { prenotification } = recipient({ plaintext: 'accepted' })
    const lists = prenotification?.lists?.map((list) => ({ ...list, projects: ['inkwell'] })) ?? []
    expect(apart({}, { prenotification: { ...PROFILES.team.prenotification, lists } })).toEqual([
      ['quillmark'],
      ['inkwell'],
    ])
  })
})

/** What one exploration finds, in a line each. */
const foundWith = (policy: Policy, ...reporters: readonly ReporterKind[]): readonly string[] =>
  explorationFindings(
    policy,
    'quillmark',
    reporters.map((reporter) => exploreProject(policy, 'quillmark', reporter, START)),
  ).map(({ rule, what }) => `${rule}: ${what}`)

describe('the places that a policy lets a case come to', { timeout: 900_000 }, () => {
  it('all have an end by default, and no gate that nobody lifts', () => {
    const policy = policyOf('solo')
    const explored = exploreProject(policy, 'quillmark', 'silent', START)
    expect(explorationFindings(policy, 'quillmark', [explored])).toEqual([])
    expect(explored.whole).toBe(true)
    expect(explored.states).toBeGreaterThan(1000)
  })

  it('show the gate that nobody lifts, and the stages behind it', () => {
    const policy = policyOf('solo', recipient({ plaintext: 'accepted' }))
    expect(foundWith(policy, 'silent')).toContain(
      'unliftable-gate: Nobody can ever run /prenotify for a critical, high or moderate case of Quillmark: the rule recipient-consent stands before it.',
    )
  })

  it('are those of each severity that the policy tells apart, and of no other', () => {
    const [list] = recipient({ plaintext: 'accepted' }).prenotification?.lists ?? []
    const lists = list === undefined ? [] : [{ ...list, severities: ['critical' as const] }]
    const policy = policyOf('solo', {
      prenotification: { ...PROFILES.solo.prenotification, lists },
      severities: { high: { releaseWindow: { from: '16:00', to: '14:00' } } },
    })
    expect(foundWith(policy, 'silent')).toEqual([
      expect.stringMatching(/^unliftable-gate: Nobody can ever run \/prenotify for a high case of Quillmark: /),
      'unliftable-gate: Nobody can ever run /prenotify for a critical case of Quillmark: the rule recipient-consent stands before it.',
    ])
  })

  it('are shut only where they are shut with every reporter', () => {
    // Who is alone and mailed by nobody has no patch of another to confirm, and waives the branch instead.
    const policy = policyOf('solo')
    // That none was submitted yet is what people lift, so it is not what stands there.
    expect(foundWith(policy, 'absent').filter((line) => line.includes('/confirm'))).toEqual(
      ['critical, high or moderate', 'low'].map(
        (severities) =>
          `unliftable-gate: Nobody can ever run /confirm for a ${severities} case of Quillmark: the rule verifier-is-not-author stands before it.`,
      ),
    )
    expect(foundWith(policy, 'absent', 'silent')).toEqual([])
  })

  it('are explored with the people whom the policy gives a command to, once the team invites them', () => {
    const people = [ANA, { id: 'mae', name: 'Mae', roles: ['maintainer' as const], osUser: 'mae' }]
    const named = policyOf('solo', { people, roles: { 'patch-submit': ['maintainer'] } })
    expect(foundWith(named, 'silent')).toEqual([])
  })

  it('are explored without people who can type no command', () => {
    const policy = policyOf('solo', { people: [AFAR], platforms: ['slack'] })
    expect(foundWith(policy, 'silent')[0]).toBe('no-end: A case of Quillmark can come to where it never ends.')
  })

  it('show that it never ends, and the stages that it never comes to, where nobody may decide what a report is', () => {
    const found = foundWith(policyOf('solo', { roles: { triage: ['maintainer'] } }), 'silent')
    expect(found[0]).toBe('no-end: A case of Quillmark can come to where it never ends.')
    expect(found).toContain('unreachable-stage: No case of Quillmark ever comes to the stage assessing.')
    expect(found).not.toContain('unreachable-stage: No case of Quillmark ever comes to the stage acknowledged.')
  })
})
