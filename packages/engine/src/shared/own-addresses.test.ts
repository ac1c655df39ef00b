import { Policy, PROFILES } from '@embargo/core'
import { expect, it } from 'vitest'
import { projectFor } from './own-addresses.ts'

const policy = Policy.parse({
  ...PROFILES.team,
  projects: [
    { id: 'lantern', name: 'Lantern', prefix: 'LAN', address: 'security@lantern.example' },
    { id: 'kiln', name: 'Kiln', prefix: 'KLN', address: 'security@kiln.example' },
  ],
  people: [{ id: 'ana', name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' }],
  platforms: ['terminal'],
})

it.each([
  [['security@kiln.example'], 'kiln'],
  [['security+x@kiln.example', 'security@stranger.example'], 'kiln'],
  [['Postmaster@KILN.example'], 'kiln'],
  [['postmaster@kiln.example', 'security@lantern.example'], 'lantern'],
  [['postmaster'], 'lantern'],
  [['security@stranger.example'], 'lantern'],
])('gives mail to %j to the project %s', (to, project) => {
  expect(projectFor(policy, to)?.id).toBe(project)
})
