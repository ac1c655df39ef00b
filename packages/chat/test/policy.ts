import { PersonId, Policy, PROFILES } from '@embargo/core'
import type { PolicySource } from '@embargo/core'

export const ana = PersonId.parse('ana')
export const ben = PersonId.parse('ben')
export const cem = PersonId.parse('cem')

/** A project of three on Slack and the terminal, with one list of two. */
export function policyOf(profile: 'solo' | 'team' = 'team', change: Partial<PolicySource> = {}): Policy {
  const people = [
    {
      id: ana,
      name: 'Ana',
      roles: ['admin' as const, 'team' as const],
      mail: 'ana@quillmark.example',
      slack: 'U0ANA',
      osUser: 'ana',
    },
    { id: ben, name: 'Ben', roles: ['team' as const], mail: 'ben@quillmark.example', slack: 'U0BEN', osUser: 'ben' },
    {
      id: cem,
      name: 'Cem',
      roles: ['observer' as const],
      mail: 'cem@quillmark.example',
      slack: 'U0CEM',
      osUser: 'cem',
    },
  ]
  return Policy.parse({
    ...PROFILES[profile],
    projects: [
      {
        id: 'quillmark',
        name: 'Quillmark',
        address: 'security@quillmark.example',
        branches: [{ name: 'main' }, { name: '4.2' }],
        announce: 'announce@quillmark.example',
        ossSecurity: 'oss-security@lists.example',
      },
    ],
    people: profile === 'solo' ? people.slice(0, 1) : people,
    platforms: ['slack'],
    prenotification: {
      ...PROFILES[profile].prenotification,
      lists: [
        {
          id: 'distros',
          name: 'Distributions',
          recipients: [
            {
              id: 'north',
              name: 'North Linux',
              address: 'security@north.example',
              consented: '2026-01-10',
              plaintext: 'accepted',
            },
            {
              id: 'south',
              name: 'South Linux',
              address: 'security@south.example',
              consented: '2026-01-11',
              plaintext: 'accepted',
            },
          ],
        },
      ],
    },
    ...change,
  })
}
