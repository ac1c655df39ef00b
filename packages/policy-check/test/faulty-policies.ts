import { PROFILES } from '@embargo/core'
import type { Policy, PolicySource, ProfileName } from '@embargo/core'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { policyOf, START } from './sample-policy.ts'

/** A policy without a fault, a change that breaks it, and the finding that must report the change. */
export type FaultyPolicy = {
  readonly shape: string
  readonly fault: string
  readonly policy: (faulty: boolean) => Policy
  readonly finding: string
}

type Change = Partial<PolicySource>

const shaped =
  (profile: ProfileName, shape: Change, fault: Change) =>
  (faulty: boolean): Policy =>
    policyOf(profile, faulty ? { ...shape, ...fault } : shape)

const ADMINS = [ANA, { ...BEN, roles: ['admin' as const, 'team' as const] }]
const TWO_ADMINS: Change = { people: ADMINS }

const TEAM: Change = { people: [ANA, BEN] }

/** Three people and two platforms. Each platform has accounts of two of the people. */
const ON_TWO_PLATFORMS: Change = {
  platforms: ['slack', 'discord'],
  people: [
    { ...ANA, discord: '123456789012345678' },
    { ...BEN, roles: ['admin'] },
    { id: 'cleo', name: 'Cleo', roles: ['team'], mail: 'cleo@quillmark.example', discord: '123456789012345679' },
  ],
}

/** Admins for whom the policy has a mail address, but no account on any platform. */
const MAILED = [BEN, CEM].map(({ id, name, mail }) => ({ id, name, roles: ['admin' as const], mail: mail ?? '' }))

const QUILLMARK = {
  id: 'quillmark',
  name: 'Quillmark',
  address: 'security@quillmark.example',
  announce: 'announce@quillmark.example',
}
const INKWELL = {
  id: 'inkwell',
  name: 'Inkwell',
  prefix: 'INK',
  address: 'security@inkwell.example',
  announce: 'announce@inkwell.example',
}

const listOf = (recipient: object): Change => ({
  prenotification: {
    ...PROFILES.team.prenotification,
    lists: [
      {
        id: 'distros',
        name: 'Distributions',
        recipients: [
          {
            id: 'north',
            name: 'North',
            address: 'security@north.example',
            consented: '2026-01-10',
            plaintext: 'accepted',
            ...recipient,
          },
        ],
      },
    ],
  },
})

const everyDay = (days: number): string[] =>
  Array.from({ length: days }, (_, day) => new Date(START + day * 86_400_000).toISOString().slice(0, 10))

/** Faults that the static checks find, without exploring cases. */
export const WRITTEN_FAULTS: readonly FaultyPolicy[] = [
  {
    shape: 'one person',
    fault: 'an approval by two people',
    policy: shaped('solo', {}, { approvals: PROFILES.team.approvals }),
    finding:
      'For Quillmark, a command that cannot be undone needs two people, but only Ana can give the second approval.',
  },
  {
    shape: 'a team of three on two platforms',
    fault: 'two of them without an account on either',
    policy: shaped('team', ON_TWO_PLATFORMS, { people: [ANA, ...MAILED] }),
    finding:
      'For Quillmark, a command that cannot be undone needs two people, but only Ana can give the second approval.',
  },
  {
    shape: 'a team whose members come from a group',
    fault: 'the group of a platform that is not in use',
    policy: (faulty) =>
      policyOf('team', {
        people: [ANA],
        groups: [
          { platform: 'slack', group: 'S0TEAM', role: 'team' },
          { platform: 'slack', group: 'S0ADMIN', role: 'admin' },
        ],
        platforms: [faulty ? 'terminal' : 'slack'],
      }),
    finding:
      'For Quillmark, a command that cannot be undone needs two people, but only Ana can give the second approval.',
  },
  {
    shape: 'a list of recipients',
    fault: 'a recipient without a key who does not accept plain text',
    policy: shaped('team', { ...TWO_ADMINS, ...listOf({}) }, listOf({ plaintext: undefined })),
    finding: 'North on the list Distributions can never be mailed.',
  },
  {
    shape: 'an organisation with a list',
    fault: 'a recipient whose agreement is still to come',
    policy: shaped('organisation', { ...TWO_ADMINS, ...listOf({}) }, listOf({ consented: '2026-05-05' })),
    finding:
      'North on the list Distributions is mailed although the day of their agreement, 2026-05-05, is still to come.',
  },
  {
    shape: 'two projects',
    fault: 'a release window of one of them that never opens',
    policy: (faulty) =>
      policyOf('team', {
        ...TWO_ADMINS,
        projects: [QUILLMARK, { ...INKWELL, policy: { releaseWindow: { from: '14:00', to: '16:00' } } }].map(
          (project) =>
            faulty && project.id === 'inkwell'
              ? { ...project, policy: { releaseWindow: { from: '16:00', to: '14:00' } } }
              : project,
        ),
      }),
    finding: 'The release window of Inkwell never opens.',
  },
  {
    shape: 'forty projects',
    fault: 'a role that nobody has',
    policy: shaped(
      'team',
      {
        ...TWO_ADMINS,
        projects: Array.from({ length: 40 }, (_, index) => ({
          ...QUILLMARK,
          id: `part-${index}`,
          name: `Part ${index}`,
          prefix: `P${index}`,
          address: `part-${index}@quillmark.example`,
        })),
      },
      { roles: { ...PROFILES.team.roles, contribute: ['maintainer'] } },
    ),
    finding:
      'Nobody can ever run a command of roles.contribute for Part 0 and 39 more like it: the rule "role" blocks them.',
  },
  {
    shape: 'a project that gives its own CVE ids',
    fault: 'an admin for them, whom there is not',
    policy: shaped(
      'team',
      { ...TWO_ADMINS, projects: [{ ...QUILLMARK, cve: 'own' }] },
      { people: [BEN, { ...ANA, roles: ['team'] }], roles: { ...PROFILES.team.roles, adminOnly: ['cve.set'] } },
    ),
    finding: 'Nobody can ever run /cve.set for Quillmark: the rule "role" blocks it.',
  },
  {
    shape: 'a team with an observer',
    fault: 'a calendar whose every day is a holiday',
    policy: shaped(
      'team',
      { people: [...ADMINS, CEM] },
      { calendar: { ...PROFILES.team.calendar, holidays: everyDay(900) } },
    ),
    finding: 'The calendar of Quillmark has no working day in the next 400 days.',
  },
]

/** Faults that show only when cases are explored. */
export const EXPLORED_FAULTS: readonly FaultyPolicy[] = [
  {
    shape: 'one person with a list',
    fault: 'a recipient who never agreed',
    policy: shaped('solo', listOf({}), listOf({ consented: undefined })),
    finding:
      'In the explored states, nobody could run /prenotify for a critical, high or moderate case of Quillmark: the rule "recipient-consent" blocks it.',
  },
  {
    shape: 'a team of two',
    fault: 'one person alone who may submit a patch and check it',
    policy: shaped('team', TEAM, { roles: { ...PROFILES.team.roles, adminOnly: ['patch', 'confirm'] } }),
    finding:
      'In the explored states, nobody could run /confirm for a low case of Quillmark: the rule "verifier-is-not-author" blocks it.',
  },
  {
    shape: 'two projects of one person',
    fault: 'no date that one of them could be published on',
    policy: (faulty) =>
      policyOf('solo', {
        projects: [
          QUILLMARK,
          { ...INKWELL, policy: { releaseWindow: { from: faulty ? '16:00' : '12:00', to: '14:00' } } },
        ],
      }),
    finding: 'In the explored states, no case of Inkwell came to the stage prenotified.',
  },
]
