import type { PolicySource } from '@embargo/core'
import { ANA, BEN, quillmark } from '@embargo/testkit/policy'

export const SECURITY = 'security@quillmark.example'
export const ANNOUNCE = 'announce@quillmark.example'
export const OSS_SECURITY = 'oss-security@lists.example'
export const NORTH = 'security@north.example'
export const SOUTH = 'security@south.example'

export const DANA = {
  id: 'dana',
  name: 'Dana',
  roles: ['admin', 'team'],
  mail: 'dana@quillmark.example',
  slack: 'U0DANA',
} satisfies PolicySource['people'][number]

/**
 * The project in most of these tests. It has an unsupported branch, because many vulnerabilities affect unsupported
 * branches. It uses no CVE ids, because a separate test covers them.
 */
export const QUILLMARK = {
  id: 'quillmark',
  name: 'Quillmark',
  address: SECURITY,
  cve: 'none',
  branches: [{ name: 'main' }, { name: '4.2' }, { name: '3.9', supported: false }],
  announce: ANNOUNCE,
  ossSecurity: OSS_SECURITY,
} satisfies PolicySource['projects'][number]

/** Another project of the same team. */
export const INKPOT = {
  id: 'inkpot',
  name: 'Inkpot',
  address: 'security@inkpot.example',
  cve: 'none',
  branches: [{ name: 'main' }],
} satisfies PolicySource['projects'][number]

/** The policy of Quillmark with a team of three. */
export const teamOfThree = (change: Partial<PolicySource> = {}) =>
  quillmark('team', {
    people: [ANA, BEN, DANA],
    projects: [QUILLMARK],
    ...change,
  })
