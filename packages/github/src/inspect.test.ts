import type { GitHubEmulator, GitHubEmulatorOptions, Permissions } from '@embargo/emulator-github'
import { afterEach, expect, describe, it } from 'vitest'
import { appAccess, FULL_NAME, KEYS, REPOSITORY, startGitHub, TOKEN, tokenAccess } from '../test/github.ts'
import { inspectAccess } from './inspect.ts'

let github: GitHubEmulator
afterEach(() => github.close())

async function withApp(permissions: Permissions, more: Partial<GitHubEmulatorOptions> = {}) {
  const app = { id: 77, slug: 'quillmark-embargo', publicKey: KEYS.publicKey, permissions, installedOn: [FULL_NAME] }
  github = await startGitHub({ app, ...more })
  return inspectAccess(appAccess(github), REPOSITORY)
}

async function withScopes(scopes: readonly string[]) {
  github = await startGitHub({ tokens: [{ token: TOKEN, login: 'ana', scopes }] })
  return inspectAccess(tokenAccess(github), REPOSITORY)
}

describe('what a login may do', () => {
  it('is enough and not too much for an app with the least permissions', async () => {
    expect(await withApp({ repository_advisories: 'write' })).toEqual({
      login: 'quillmark-embargo',
      kind: 'app',
      missing: [],
      excess: [],
      isPublic: true,
      administrators: ['ana', 'ben'],
      deliversReports: false,
    })
  })

  it('names what an app lacks, and what it has and does not need', async () => {
    expect(await withApp({ repository_advisories: 'read', contents: 'write', administration: 'write' })).toMatchObject({
      missing: ['repository advisories: write'],
      excess: ['contents: write', 'administration: write'],
    })
  })

  it('names what a classic token lacks, and what it has and does not need', async () => {
    expect(await withScopes(['repo', 'gist'])).toMatchObject({
      login: 'ana',
      kind: 'classic-token',
      missing: [],
      excess: ['repo', 'gist'],
    })
    await github.close()
    expect(await withScopes(['gist'])).toMatchObject({ missing: ['repository_advisories:write'], excess: ['gist'] })
  })

  it('is unknown for a fine-grained token', async () => {
    github = await startGitHub()
    expect(await inspectAccess(tokenAccess(github), REPOSITORY)).toMatchObject({
      kind: 'fine-grained-token',
      missing: [],
      excess: [],
    })
  })

  it('in a private repository says that it is private', async () => {
    const repositories = [{ name: FULL_NAME, isPrivate: true, admins: ['ana'] }]
    expect(await withApp({ repository_advisories: 'write' }, { repositories })).toMatchObject({
      isPublic: false,
    })
  })
})
