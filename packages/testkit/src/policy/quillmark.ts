import { PersonId, Policy, PROFILES } from '@embargo/core'
import type { PolicySource, ProfileName } from '@embargo/core'

export const ana = PersonId.parse('ana')
export const ben = PersonId.parse('ben')
export const cem = PersonId.parse('cem')

type PersonSource = PolicySource['people'][number]

const personOf = (id: PersonId, name: string, roles: PersonSource['roles']): PersonSource => ({
  id,
  name,
  roles,
  mail: `${id}@quillmark.example`,
  slack: `U0${name.toUpperCase()}`,
  osUser: id,
})

/** An admin, a team member, and an observer. Each has a mail address, and an account on every platform. */
export const ANA = personOf(ana, 'Ana', ['admin', 'team'])
export const BEN = personOf(ben, 'Ben', ['team'])
export const CEM = personOf(cem, 'Cem', ['observer'])

const recipient = (id: string, name: string, consented: string) => ({
  id,
  name,
  address: `security@${id}.example`,
  consented,
  plaintext: 'accepted' as const,
})

/**
 * The policy of an invented project with two branches and one list with two recipients. Everything else comes from the
 * profile. In the profile `solo`, Ana works alone. In the others, she and Ben work in Slack. `change` replaces parts of
 * this policy.
 */
export function quillmark(profile: ProfileName = 'team', change: Partial<PolicySource> = {}): Policy {
  return Policy.parse({
    ...PROFILES[profile],
    projects: [
      {
        id: 'quillmark',
        name: 'Quillmark',
        address: 'security@quillmark.example',
        cve: 'none',
        branches: [{ name: 'main' }, { name: '4.2' }],
        announce: 'announce@quillmark.example',
        ossSecurity: 'oss-security@lists.example',
      },
    ],
    people: profile === 'solo' ? [ANA] : [ANA, BEN],
    platforms: ['slack'],
    prenotification: {
      ...PROFILES[profile].prenotification,
      lists: [
        {
          id: 'distros',
          name: 'Distributions',
          recipients: [
            recipient('north', 'North Linux', '2026-01-10'),
            recipient('south', 'South Linux', '2026-01-11'),
          ],
        },
      ],
    },
    ...change,
  })
}
