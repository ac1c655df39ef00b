import { CaseId, instant, Policy, PROFILES } from '@embargo/core'
import type { PolicySource } from '@embargo/core'

export const NAME = 'quillmark/quillmark'
export const ANNOUNCE = 'announce@quillmark.example'
export const POSTS = 'oss-security@lists.example'
export const FILES = 'https://quillmark.example/security/'
export const CASE = CaseId.parse('SEC-2026-0001')
export const CVE = 'CVE-1900-1001'
export const VERSION = '/quillmark/4.3.0'
/** A Monday morning. Three days later a team member may confirm the fix; a week after that is the release. */
export const REPORTED = instant(Date.UTC(2026, 4, 4, 9, 0))
export const CHECKED = instant(Date.UTC(2026, 4, 7, 10, 0))
export const RELEASE = instant(Date.UTC(2026, 4, 14, 14, 0))

export type PolicyOptions = {
  /** Whether the project publishes its advisory at GitHub. */
  readonly atGitHub?: 'publish' | 'off'
  /** Who gives the CVE id. */
  readonly cve?: 'own' | 'github'
  /** Other projects of the same foundation. */
  readonly others?: readonly PolicySource['projects'][number][]
}

/** Ana and Ben look after a project that publishes everywhere. */
export const policyOf = ({ atGitHub = 'publish', cve = 'own', others = [] }: PolicyOptions): Policy =>
  Policy.parse({
    ...PROFILES.team,
    projects: [
      {
        id: 'quillmark',
        name: 'Quillmark',
        address: 'security@quillmark.example',
        announce: ANNOUNCE,
        ossSecurity: POSTS,
        cve,
        packages: [{ ecosystem: 'npm', name: 'quillmark' }],
        repository: `https://github.com/${NAME}`,
        vendor: 'Quillmark maintainers',
        publisher: { name: 'Quillmark Security', namespace: 'https://quillmark.example' },
        targets: { versions: 'publish', github: atGitHub, files: 'publish', cve: 'publish' },
      },
      ...others,
    ],
    people: [
      { id: 'ana', name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' },
      { id: 'ben', name: 'Ben', roles: ['team'], osUser: 'ben' },
    ],
    platforms: ['terminal'],
  })
