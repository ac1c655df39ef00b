import type { Policy } from '@embargo/core'
import { ANA, BEN, CEM, quillmark } from '@embargo/testkit/policy'
import { PLATFORM } from './situation.ts'

const platforms = [PLATFORM]
const CEM_OF_THE_TEAM = { ...CEM, roles: ['team' as const] }

/** Teams of different sizes: one person, two people, three people with two admins, and an organisation. */
export const HOUSES: readonly (readonly [string, Policy])[] = [
  ['a maintainer who is alone', quillmark('solo', { platforms })],
  ['a team of two', quillmark('team', { platforms, people: [ANA, BEN] })],
  [
    'a team of three with two admins',
    quillmark('team', { platforms, people: [ANA, { ...BEN, roles: ['admin', 'team'] }, CEM_OF_THE_TEAM] }),
  ],
  ['an organisation', quillmark('organisation', { platforms, people: [ANA, BEN, CEM_OF_THE_TEAM] })],
]
