import { describe, expect, it } from 'vitest'
import { PROFILES } from '@embargo/core'
import type { Policy, PolicySource } from '@embargo/core'
import { explorationFindings, exploreProject } from '../src/index.ts'
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

/** A person whose account is on a platform that none of these policies uses. */
const AFAR = {
  id: 'mae',
  name: 'Mae',
  roles: ['admin' as const],
  mail: 'mae@quillmark.example',
  discord: '123456789012345678',
}

/** What the explorations with these kinds of reporters find, one line for each finding. */
const foundWith = (policy: Policy, ...reporters: readonly ReporterKind[]): readonly string[] =>
  explorationFindings(
    policy,
    'quillmark',
    reporters.map((reporter) => exploreProject(policy, { project: 'quillmark', reporter, start: START })),
  ).map(({ rule, what }) => `${rule}: ${what}`)

describe('the states that a policy lets a case reach', { timeout: 900_000 }, () => {
  it('all lead to an end by default, and have no gate that nobody can lift', () => {
    const policy = policyOf('solo')
    const explored = exploreProject(policy, { project: 'quillmark', reporter: 'silent', start: START })
    expect(explorationFindings(policy, 'quillmark', [explored])).toEqual([])
    expect(explored.whole).toBe(true)
    expect(explored.states).toBeGreaterThan(1000)
  })

  it('show the gate that nobody can lift, and the stages behind it', () => {
    const policy = policyOf('solo', recipient({ plaintext: 'accepted' }))
    expect(foundWith(policy, 'silent')).toContain(
      'unliftable-gate: Nobody can ever run /prenotify for a critical, high or moderate case of Quillmark: the rule "recipient-consent" blocks it.',
    )
  })

  it('are those of each severity that the policy tells apart, and of no other', () => {
    const [list] = recipient({ plaintext: 'accepted' }).prenotification?.lists ?? []
    const lists = list === undefined ? [] : [{ ...list, severities: ['critical' as const] }]
    const policy = policyOf('solo', { prenotification: { ...PROFILES.solo.prenotification, lists } })
    expect(foundWith(policy, 'silent')).toEqual([
      'unliftable-gate: Nobody can ever run /prenotify for a critical case of Quillmark: the rule "recipient-consent" blocks it.',
      'unreachable-stage: No case of Quillmark ever comes to the stage prenotified.',
    ])
  })

  it('are shut only where they are shut with every reporter', () => {
    // In this policy, one person works alone. With the reporter `absent`, nobody reported the case. This person wrote
    // every patch and cannot confirm their own patch, but can waive the check for the branch.
    const policy = policyOf('solo')
    // A missing patch also blocks /confirm. The finding does not name this obstacle, because people can submit a patch.
    expect(foundWith(policy, 'absent').filter((line) => line.includes('/confirm'))).toEqual(
      ['critical, high or moderate', 'low'].map(
        (severities) =>
          `unliftable-gate: Nobody can ever run /confirm for a ${severities} case of Quillmark: the rule "verifier-is-not-author" blocks it.`,
      ),
    )
    expect(foundWith(policy, 'absent', 'silent')).toEqual([])
  })

  it('are explored with the people whom the policy gives a command to, once the team invites them', () => {
    const people = [ANA, { id: 'mae', name: 'Mae', roles: ['maintainer' as const], osUser: 'mae' }]
    const named = policyOf('solo', { people, roles: { ...PROFILES.solo.roles, contribute: ['maintainer'] } })
    expect(foundWith(named, 'silent')).toEqual([])
  })

  it('are explored without people who can type no command', () => {
    const policy = policyOf('solo', { people: [AFAR], platforms: ['slack'] })
    expect(foundWith(policy, 'silent')[0]).toBe(
      'no-end: A case of Quillmark can reach a state from which it never ends.',
    )
  })

  it('show that a case never ends, and the stages that it never reaches, if nobody may decide what a report is', () => {
    const found = foundWith(
      policyOf('solo', {
        people: [{ ...ANA, roles: ['team'] }],
        roles: { ...PROFILES.solo.roles, adminOnly: ['triage'] },
      }),
      'silent',
    )
    expect(found[0]).toBe('no-end: A case of Quillmark can reach a state from which it never ends.')
    expect(found).toContain('unreachable-stage: No case of Quillmark ever comes to the stage assessing.')
    expect(found).not.toContain('unreachable-stage: No case of Quillmark ever comes to the stage acknowledged.')
  })
})
