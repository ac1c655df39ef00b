import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GitHubEmulator } from './emulator.ts'
import {
  ADVISORIES,
  APP_ID,
  at,
  call,
  CLASSIC,
  DRAFT,
  installationToken,
  jwt,
  openDraft,
  REPOSITORY,
  startTestGitHub,
  TOKEN,
} from './testing.ts'

let now = Date.now()
let github: GitHubEmulator
beforeEach(async () => {
  now = Date.now()
  github = await startTestGitHub({ now: () => now })
})
afterEach(() => github.close())

const seconds = (): number => Math.floor(now / 1000)

describe('a JSON web token', () => {
  it('of the app allows the routes of the app, and nothing else', async () => {
    const app = await call(github, 'GET /app', { token: jwt() })
    expect([app.status, at(app, 'slug'), at(app, 'permissions')]).toEqual([
      200,
      'quillmark-embargo',
      { metadata: 'read', repository_advisories: 'write', contents: 'read' },
    ])
    expect((await call(github, `POST ${ADVISORIES}`, { token: jwt(), body: DRAFT })).status).toBe(403)
  })

  it.each([
    ['that lives too long', () => jwt({ exp: seconds() + 700 })],
    ['that has expired', () => jwt({ exp: seconds() - 1 })],
    ['from the future', () => jwt({ iat: seconds() + 120 })],
    ['of another app', () => jwt({ iss: APP_ID + 1 })],
    ['with another signature', () => `${jwt().split('.').slice(0, 2).join('.')}.AAAA`],
  ])('%s is refused', async (_name, token) => {
    expect((await call(github, 'GET /app', { token: token() })).status).toBe(401)
  })
})

describe('a token of the installation', () => {
  it('is made from the JSON web token, writes advisories in the name of the app, and ends after an hour', async () => {
    const token = await installationToken(github)
    const opened = await call(github, `POST ${ADVISORIES}`, { token, body: DRAFT })
    expect([opened.status, at(opened, 'author', 'login')]).toEqual([201, 'quillmark-embargo[bot]'])
    now += 3_600_001
    const late = await call(github, `GET ${ADVISORIES}`, { token })
    expect([late.status, at(late, 'message')]).toEqual([401, 'Bad credentials'])
  })

  it('may have less than the installation, and never more', async () => {
    const token = await installationToken(github, { permissions: { repository_advisories: 'read' } })
    const written = await call(github, `POST ${ADVISORIES}`, { token, body: DRAFT })
    expect([written.status, at(written, 'message')]).toEqual([403, 'Resource not accessible by integration'])
    expect(written.headers.get('x-accepted-github-permissions')).toBe('repository_advisories=write')
    const body = { permissions: { administration: 'write' } }
    expect((await call(github, 'POST /app/installations/1/access_tokens', { token: jwt(), body })).status).toBe(422)
  })
})

describe('a personal access token', () => {
  it('works for an administrator of the repository', async () => {
    expect((await call(github, `POST ${ADVISORIES}`, { token: TOKEN, body: DRAFT })).status).toBe(201)
  })

  it.each([
    ['of somebody who does not administer the repository', CLASSIC],
    ['without the permission', 'github_pat_robin'],
  ])('%s is refused', async (_name, token) => {
    expect((await call(github, `POST ${ADVISORIES}`, { token, body: DRAFT })).status).toBe(403)
  })

  it('names its scopes if it is a classic one', async () => {
    expect((await call(github, 'GET /user', { token: CLASSIC })).headers.get('x-oauth-scopes')).toBe('repo')
    expect((await call(github, 'GET /user')).headers.get('x-oauth-scopes')).toBe(null)
  })
})

describe('without a token', () => {
  it('a draft cannot be found, but a published advisory can', async () => {
    const ghsa = await openDraft(github)
    expect((await call(github, `GET ${ADVISORIES}/${ghsa}`, { token: null })).status).toBe(404)
    await call(github, `PATCH ${ADVISORIES}/${ghsa}`, { body: { state: 'published' } })
    expect((await call(github, `GET ${ADVISORIES}/${ghsa}`, { token: null })).status).toBe(200)
    expect((await call(github, `PATCH ${ADVISORIES}/${ghsa}`, { token: null, body: { summary: 'x' } })).status).toBe(
      404,
    )
  })
})

describe('a request', () => {
  it('must name a version of the API', async () => {
    const answer = await call(github, `GET ${ADVISORIES}`, { headers: { 'x-github-api-version': '2020-01-01' } })
    expect([answer.status, at(answer, 'message')]).toEqual([
      400,
      'The header X-GitHub-Api-Version names no supported version.',
    ])
  })

  it('gets the fields of the version that it names', async () => {
    const ghsa = await openDraft(github)
    const newer = { headers: { 'x-github-api-version': '2026-03-10' } }
    expect(at(await call(github, `GET ${ADVISORIES}/${ghsa}`, newer), 'cvss')).toBeUndefined()
    expect(at(await call(github, `GET ${ADVISORIES}/${ghsa}`), 'cvss')).toEqual({ vector_string: null, score: null })
  })

  it('for a route that the emulator does not have is answered with “not found”', async () => {
    expect((await call(github, `GET /repos/${REPOSITORY}/issues`)).status).toBe(404)
  })
})
