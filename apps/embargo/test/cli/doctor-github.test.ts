import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startGitHubEmulator } from '@embargo/emulator-github'
import type { GitHubEmulator, Permissions } from '@embargo/emulator-github'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})
const TOKEN = 'github_pat_KUMQUATKUMQUATKUMQUAT'
const NAME = 'quillmark/quillmark'

let folder: string
let github: GitHubEmulator | undefined

const writePolicy = (repository = `, repository: 'https://github.com/${NAME}'`): void =>
  writeFileSync(
    join(folder, 'policy.yaml'),
    [
      'profile: team',
      `projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example${repository} }]`,
      'people: [{ id: ana, name: Ana, roles: [admin, team] }, { id: ben, name: Ben, roles: [team] }]',
    ].join('\n'),
  )

async function withApp(permissions: Permissions, installedOn: readonly string[] = [NAME]): Promise<void> {
  github = await startGitHubEmulator({
    repositories: [{ name: NAME, admins: ['ana', 'carol'] }],
    app: { id: 77, slug: 'embargo-quillmark', publicKey, permissions, installedOn },
    tokens: [{ token: TOKEN, login: 'ana', scopes: ['repo'] }],
  })
  vi.stubEnv('EMBARGO_GITHUB_API_URL', github.apiUrl)
  vi.stubEnv('EMBARGO_GITHUB_APP', '77')
  vi.stubEnv('EMBARGO_GITHUB_KEY_FILE', join(folder, 'app.pem'))
}

beforeEach(() => {
  folder = newFolder()
  writeFileSync(join(folder, 'app.pem'), privateKey, { mode: 0o600 })
  useFolder(folder)
  vi.stubEnv('EMBARGO_POLICY', join(folder, 'policy.yaml'))
  writePolicy()
})
afterEach(async () => {
  leaveFolder(folder)
  await github?.close()
  github = undefined
})

describe('embargo doctor github', () => {
  it('shows what the app may do, and who sees draft advisories', async () => {
    await withApp({ repository_advisories: 'write' })
    const { code, out } = await shell('doctor', 'github')
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        'ok       GitHub shows quillmark/quillmark (quillmark) to us (as the app embargo-quillmark)',
        'ok       It may read and write security advisories',
        'ok       It may do nothing else',
        'ok       Draft advisories of quillmark/quillmark are seen by its administrators, the owners and the security managers (administrators and owners: ana, carol. GitHub does not name security managers to us: look at the organisation’s settings, under Security managers)',
        '',
      ],
    ])
  })

  it('says which permission is missing, and which is too much', async () => {
    await withApp({ repository_advisories: 'read', contents: 'write' })
    const { code, out } = await shell('doctor', 'github')
    expect(code).toBe(1)
    expect(out).toContain('It lacks repository advisories: write. `embargo init github` shows all that it needs.')
    expect(out).toContain('It does not need contents: write.')
    const facts: unknown = JSON.parse((await shell('doctor', 'github', '--json')).out)
    expect(facts).toMatchObject({
      is: 'github-doctor',
      checks: [{ state: 'ok' }, { state: 'wrong' }, { state: 'warning' }, { state: 'ok' }],
    })
  })

  it('says that a classic token may do too much, without showing it', async () => {
    await withApp({})
    vi.stubEnv('EMBARGO_GITHUB_APP', '')
    vi.stubEnv('EMBARGO_GITHUB_KEY_FILE', '')
    vi.stubEnv('EMBARGO_GITHUB_TOKEN', TOKEN)
    const { code, out, err } = await shell('doctor', 'github')
    expect([code, out.includes('with a classic token of ana')]).toEqual([0, true])
    expect(out).toContain('It does not need repo.')
    expect(out + err).not.toContain('KUMQUAT')
  })

  it('says that the app does not deliver private reports to the webhook', async () => {
    await withApp({ repository_advisories: 'write' })
    vi.stubEnv('EMBARGO_GITHUB_WEBHOOK_SECRET', 'kumquat-kumquat-kumquat')
    const { code, out } = await shell('doctor', 'github')
    expect([code, out.includes('The app is not subscribed to the event "Repository advisory"')]).toEqual([0, true])
  })

  it('says where to install the app', async () => {
    await withApp({ repository_advisories: 'write' }, [])
    expect(await shell('doctor', 'github')).toMatchObject({ code: 1, out: expect.stringContaining('Install App →') })
  })

  it('asks for the login, and for the repository', async () => {
    expect(await shell('doctor', 'github')).toMatchObject({
      code: 1,
      err: expect.stringContaining('EMBARGO_GITHUB_APP'),
    })
    await withApp({})
    writePolicy('')
    expect(await shell('doctor', 'github')).toMatchObject({
      code: 1,
      out: expect.stringContaining('repository: https'),
    })
  })
})

describe('embargo init github', () => {
  it('prints the manifest of the app, and how to install it', async () => {
    const { code, out, err } = await shell('init', 'github', '--url', 'https://hooks.quillmark.example/github')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      name: 'embargo-quillmark',
      default_permissions: { metadata: 'read', repository_advisories: 'write' },
      hook_attributes: { url: 'https://hooks.quillmark.example/github' },
    })
    expect(err).toContain('https://github.com/organizations/quillmark/settings/apps/new?')
    expect(err).toContain('embargo doctor github')
  })

  it('wants an address that is encrypted', async () => {
    expect(await shell('init', 'github', '--url', 'http://hooks.quillmark.example')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--url takes the https: address'),
    })
  })
})
