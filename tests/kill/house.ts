import { instant, PROFILES } from '@embargo/core'
import type { PolicySource } from '@embargo/core'

export const ANA = 'U0ANA'
export const BEN = 'U0BEN'
export const APP_TOKEN = 'xapp-1-test'
export const BOT_TOKEN = 'xoxb-test'
export const REPOSITORY = 'kiln/kiln'
export const GITHUB_TOKEN = 'github_pat_kiln'
/** Our CNA at CVE Services, and its user with the key. */
export const CNA = { organization: 'kiln', user: 'embargo', key: 'a key' } as const
/** The path of the fixed version at the registry of packages. */
export const FIXED_VERSION = '/kiln/4.2.7'
export const POSTS = 'oss-security@lists.example'
export const SECURITY = 'security@kiln.example'
export const REPORTER = 'reporter@example.org'
export const SECOND_REPORTER = 'another@example.org'
export const THIRD_REPORTER = 'third@example.org'
/** The recipient whose pre-notification bounces. */
export const BOUNCING = 'cedar@example.com'

/** A Monday morning. */
export const START = instant(Date.UTC(2026, 2, 2, 9))

const recipient = (id: string) =>
  ({
    id,
    name: `Distribution ${id}`,
    address: `${id}@example.com`,
    consented: '2026-01-31',
    plaintext: 'accepted',
  }) as const

/**
 * The policy of an invented project. The policy has two people, a list of three recipients and two public mailing
 * lists, so every kind of mail is sent. The project publishes at every target.
 */
export const POLICY: PolicySource = {
  ...PROFILES.team,
  projects: [
    {
      id: 'kiln',
      name: 'Kiln',
      address: SECURITY,
      cve: 'own',
      packages: [{ ecosystem: 'npm', name: 'kiln' }],
      repository: `https://github.com/${REPOSITORY}`,
      vendor: 'Kiln maintainers',
      publisher: { name: 'Kiln Security', namespace: 'https://kiln.example' },
      targets: { versions: 'publish', github: 'publish', files: 'publish', cve: 'publish' },
      announce: 'announce@kiln.example',
      ossSecurity: POSTS,
    },
  ],
  people: [
    { id: 'ana', name: 'Ana Example', publicName: 'Ana', roles: ['team', 'releaser'], slack: ANA },
    { id: 'ben', name: 'Ben Example', roles: ['team', 'releaser'], slack: BEN },
  ],
  platforms: ['slack'],
  // No test asks the DNS.
  intake: { lists: 'open', senderDomains: 'off' },
  prenotification: {
    ...PROFILES.team.prenotification,
    lists: [{ id: 'distros', name: 'Distributions', recipients: ['alder', 'birch', 'cedar'].map(recipient) }],
  },
}
