import { instant, Policy, PROFILES } from '@embargo/core'

/** The play begins on a Tuesday morning. All people, projects and domains are invented. */
export const OPENING = instant(Date.UTC(2026, 5, 2, 9, 12))

export const WORKSPACE = { appToken: 'xapp-demo', botToken: 'xoxb-demo' } as const

export const SERVER = { botToken: 'demo-bot-token', guild: '900000000000000001' } as const

export const ANA = { name: 'Ana', slack: 'U0ANA', discord: '900000000000000011' } as const
export const BEN = { name: 'Ben', slack: 'U0BEN', discord: '900000000000000012' } as const
export type Player = typeof ANA | typeof BEN

export const REPORTER = { name: 'Robin Sample', address: 'robin@sample.example' } as const

export const SECURITY = 'security@quillmark.example'
export const ANNOUNCE = 'announce@lists.quillmark.example'
export const OSS_SECURITY = 'oss-security@lists.example.org'

export const RECIPIENTS = [
  { id: 'northwind', name: 'Northwind Linux', address: 'security@northwind.example' },
  { id: 'harbour', name: 'Harbour Hosting', address: 'cve@harbour.example' },
] as const

export const REPOSITORY = 'quillmark/quillmark'
export const GITHUB = { token: 'github_pat_demo', login: 'ana' } as const
/** The URL of the folder with the published files. */
export const FILES = 'https://quillmark.example/security/'

/** The policy of a small project with two maintainers, in the profile `team`. */
export const QUILLMARK = Policy.parse({
  ...PROFILES.team,
  projects: [
    {
      id: 'quillmark',
      name: 'Quillmark',
      cve: 'none',
      address: SECURITY,
      branches: [{ name: 'main' }],
      announce: ANNOUNCE,
      ossSecurity: OSS_SECURITY,
    },
  ],
  people: [
    {
      id: 'ana',
      name: ANA.name,
      publicName: ANA.name,
      roles: ['admin', 'team'],
      mail: 'ana@quillmark.example',
      slack: ANA.slack,
      discord: ANA.discord,
    },
    {
      id: 'ben',
      name: BEN.name,
      publicName: BEN.name,
      roles: ['team'],
      mail: 'ben@quillmark.example',
      slack: BEN.slack,
      discord: BEN.discord,
    },
  ],
  platforms: ['slack'],
  // With `full`, the channel shows a report in full even if it came encrypted, as the report of the play does.
  chat: { ...PROFILES.team.chat, encrypted: 'full' },
  prenotification: {
    ...PROFILES.team.prenotification,
    lists: [
      {
        id: 'distributors',
        name: 'Quillmark distributors',
        recipients: RECIPIENTS.map((each) => ({ ...each, consented: '2026-01-15', plaintext: 'accepted' })),
      },
    ],
  },
})

/** The policy of the same project with publication at GitHub and in files. */
export const PUBLISHING: Policy = {
  ...QUILLMARK,
  projects: QUILLMARK.projects.map((project) => ({
    ...project,
    about: 'Quillmark is a template engine.',
    packages: [{ ecosystem: 'PyPI', name: 'quillmark' }],
    repository: `https://github.com/${REPOSITORY}`,
    publisher: { name: 'Quillmark maintainers', namespace: 'https://quillmark.example' },
    targets: { versions: 'off', github: 'publish', files: 'publish', cve: 'off' },
  })),
}
