import { generateKeyPairSync } from 'node:crypto'
import type { GitHubEmulator, GitHubEmulatorOptions } from '@embargo/emulator-github'
import { startGitHubEmulator } from '@embargo/emulator-github'
import type { GitHubAccess } from '../src/client.ts'

export const REPOSITORY = { owner: 'quillmark', name: 'quillmark' }
export const FULL_NAME = 'quillmark/quillmark'
export const TOKEN = 'github_pat_kumquat'

export const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})

/** The repository of Quillmark, with an app that has the least permissions, and a token of Ana. */
export const startGitHub = (more: Partial<GitHubEmulatorOptions> = {}): Promise<GitHubEmulator> =>
  startGitHubEmulator({
    repositories: [{ name: FULL_NAME, admins: ['ana', 'ben'] }],
    app: {
      id: 77,
      slug: 'quillmark-embargo',
      publicKey: KEYS.publicKey,
      permissions: { repository_advisories: 'write' },
      events: ['repository_advisory'],
      installedOn: [FULL_NAME],
    },
    tokens: [{ token: TOKEN, login: 'ana', permissions: { repository_advisories: 'write' } }],
    ...more,
  })

export const appAccess = ({ apiUrl }: GitHubEmulator, more: Partial<GitHubAccess> = {}): GitHubAccess => ({
  apiUrl,
  login: { is: 'app', appId: '77', privateKey: KEYS.privateKey },
  ...more,
})

export const tokenAccess = ({ apiUrl }: GitHubEmulator, token = TOKEN): GitHubAccess => ({
  apiUrl,
  login: { is: 'token', token },
})

const BODY = {
  summary: 'Quillmark reads files outside the template folder',
  description: '### Impact\nA crafted include reads files.',
  cve_id: null,
  vulnerabilities: [
    {
      package: { ecosystem: 'pip', name: 'quillmark' },
      vulnerable_version_range: '>= 2.0, < 2.4.1',
      patched_versions: '2.4.1',
    },
  ],
  cwe_ids: ['CWE-22'],
  severity: 'high',
}

/** The body of an advisory, as `recordDocument('ghsa', …)` writes it. */
export const document = (more: object = {}): string => JSON.stringify({ ...BODY, ...more })
