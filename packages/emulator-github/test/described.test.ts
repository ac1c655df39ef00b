import type { JsonObject } from '@embargo/emulator-kit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHookReceiver } from './hook-receiver.ts'
import type { GitHubEmulator } from '../src/emulator.ts'
import { ADVISORIES, at, call, DRAFT, openDraft, REPOSITORY, startTestGitHub, TOKEN } from '../src/testing.ts'
import { answerProblems, bodyProblems, haveDescription, hookProblems } from './description.ts'

if (!haveDescription()) console.warn('NOT HELD AGAINST THE DESCRIPTION: it is not beside this repository')

let github: GitHubEmulator
beforeEach(async () => {
  github = await startTestGitHub({
    repositories: [
      { name: REPOSITORY, admins: ['ana'] },
      { name: 'quillmark/hidden', isPrivate: true },
    ],
    tokens: [
      { token: TOKEN, login: 'ana', permissions: { repository_advisories: 'write', administration: 'write' } },
      { token: 'robin', login: 'robin', permissions: {} },
    ],
  })
})
afterEach(() => github.close())

const ROUTE = '/repos/{owner}/{repo}/security-advisories'

/** Calls a path. Returns the status of the answer, and how the answer differs from GitHub's API description. */
async function held(
  route: string,
  path: string,
  options: { readonly body?: JsonObject; readonly token?: string | null } = {},
): Promise<readonly [number, readonly string[]]> {
  const [verb = ''] = route.split(' ')
  const answer = await call(github, `${verb} ${path}`, options)
  return [answer.status, answerProblems(route, answer)]
}

describe('each answer is one that GitHub describes', () => {
  it('a draft, as it is opened, read, listed, changed and published', async () => {
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'
    const { severity: _one, ...unrated } = DRAFT
    const body = { ...unrated, cvss_vector_string: vector, credits: [{ login: 'robin', type: 'reporter' }] }
    expect(await held(`POST ${ROUTE}`, ADVISORIES, { body })).toEqual([201, []])
    const ghsa = await openDraft(github)
    const path = `${ADVISORIES}/${ghsa}`
    expect(await held(`POST ${ROUTE}/{ghsa_id}/forks`, `${path}/forks`)).toEqual([202, []])
    expect(await held(`GET ${ROUTE}/{ghsa_id}`, path)).toEqual([200, []])
    expect(await held(`POST ${ROUTE}/{ghsa_id}/cve`, `${path}/cve`)).toEqual([202, []])
    expect(await held(`PATCH ${ROUTE}/{ghsa_id}`, path, { body: { state: 'published' } })).toEqual([200, []])
    expect(await held(`GET ${ROUTE}`, ADVISORIES)).toEqual([200, []])
  })

  it('a private report', async () => {
    const { severity: _one, ...unrated } = DRAFT
    const body = { ...unrated, cvss_vector_string: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N' }
    const report = { body, token: 'robin' }
    expect(await held(`POST ${ROUTE}/reports`, `${ADVISORIES}/reports`, report)).toEqual([201, []])
  })

  it('an error', async () => {
    const ghsa = await openDraft(github)
    const path = `${ADVISORIES}/${ghsa}`
    expect(await held(`GET ${ROUTE}/{ghsa_id}`, path, { token: 'wrong' })).toEqual([401, []])
    expect(await held(`GET ${ROUTE}/{ghsa_id}`, path, { token: null })).toEqual([404, []])
    expect(await held(`POST ${ROUTE}`, ADVISORIES, { body: DRAFT, token: 'robin' })).toEqual([403, []])
    expect(await held(`POST ${ROUTE}`, ADVISORIES, { body: { summary: 'x' } })).toEqual([422, []])
    expect(await held(`GET ${ROUTE}`, `${ADVISORIES}?state=open`)).toEqual([400, []])
    expect(await held('GET /repos/{owner}/{repo}', '/repos/quillmark/hidden', { token: null })).toEqual([404, []])
  })

  it('repositories, releases, tags and accounts', async () => {
    github.person('ana').release(REPOSITORY, 'v2.4.1')
    const repo = '/repos/{owner}/{repo}'
    const own = `/repos/${REPOSITORY}`
    expect(await held(`GET ${repo}`, own)).toEqual([200, []])
    expect(await held(`GET ${repo}/releases`, `${own}/releases`)).toEqual([200, []])
    expect(await held(`GET ${repo}/releases/tags/{tag}`, `${own}/releases/tags/v2.4.1`)).toEqual([200, []])
    expect(await held(`GET ${repo}/releases/tags/{tag}`, `${own}/releases/tags/v9`)).toEqual([404, []])
    expect(await held(`GET ${repo}/git/ref/{ref}`, `${own}/git/ref/tags/v2.4.1`)).toEqual([200, []])
    expect(await held(`GET ${repo}/git/ref/{ref}`, `${own}/git/ref/tags/v9`)).toEqual([404, []])
    expect(await held('GET /user', '/user')).toEqual([200, []])
  })

  it('the two webhooks', async () => {
    const receiver = await startHookReceiver()
    const ghsa = github.person('robin').report(REPOSITORY, { summary: 'Reads files', description: 'An include does.' })
    await github.deliver({ url: receiver.url, secret: 'k' }, ghsa)
    github.person('ana').edit(ghsa, { state: 'draft', severity: 'low', vulnerabilities: [...DRAFT.vulnerabilities] })
    github.person('ana').edit(ghsa, { state: 'published' })
    await github.deliver({ url: receiver.url, secret: 'k' }, ghsa, { action: 'published' })
    await receiver.close()
    const [reported, published] = receiver.received
    expect(reported?.body).toMatchObject({ action: 'reported', repository_advisory: { ghsa_id: ghsa } })
    expect(hookProblems('webhook-repository-advisory-reported', reported?.body)).toEqual([])
    expect(hookProblems('webhook-repository-advisory-published', published?.body)).toEqual([])
  })
})

describe('a body that the description refuses is refused', () => {
  const BODIES: readonly (readonly [string, JsonObject])[] = [
    ['a summary that is too long', { ...DRAFT, summary: 'x'.repeat(1025) }],
    ['a description that is too long', { ...DRAFT, description: 'x'.repeat(65_536) }],
    ['an unknown field', { ...DRAFT, mark: 'SEC-2026-0042' }],
    ['an unknown ecosystem', { ...DRAFT, vulnerabilities: [{ package: { ecosystem: 'PyPI', name: 'quillmark' } }] }],
    ['a severity in another word', { ...DRAFT, severity: 'moderate' }],
    ['no affected packages', { summary: 'x', description: 'y' }],
    ['an unknown kind of credit', { ...DRAFT, credits: [{ login: 'robin', type: 'friend' }] }],
  ]
  it.each(BODIES)('%s', async (_name, body) => {
    if (haveDescription()) expect(bodyProblems('repository-advisory-create', body)).not.toEqual([])
    const answer = await call(github, `POST ${ADVISORIES}`, { body })
    expect(answer.status).toBe(422)
    expect(at(answer, 'errors', 0, 'code')).toBe('custom')
    expect(github.state.repository(REPOSITORY).advisories.size).toBe(0)
  })
})
