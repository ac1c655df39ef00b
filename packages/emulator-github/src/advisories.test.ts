import type { JsonObject } from '@embargo/emulator-kit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GitHubEmulator } from './emulator.ts'
import { ADVISORIES, at, call, DRAFT, openDraft, REPOSITORY, startTestGitHub, TOKEN } from './testing.ts'

let github: GitHubEmulator
beforeEach(async () => {
  github = await startTestGitHub({
    tokens: [
      {
        token: TOKEN,
        login: 'ana',
        permissions: { repository_advisories: 'write', administration: 'write' },
      },
    ],
  })
})
afterEach(() => github.close())

const patch = (ghsa: string, body: JsonObject) => call(github, `PATCH ${ADVISORIES}/${ghsa}`, { body })
const message = async (ghsa: string, body: JsonObject) => {
  const answer = await patch(ghsa, body)
  return [answer.status, at(answer, 'message')]
}
const report = (): string =>
  github.person('robin').report(REPOSITORY, { summary: 'Reads files', description: 'A crafted include does.' })

describe('the state of an advisory', () => {
  it('changes from report to draft to published, and never back', async () => {
    const ghsa = report()
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'triage', author: 'robin', accepted: false })
    expect(await message(ghsa, { state: 'published' })).toEqual([
      422,
      'Invalid state transition from `triage` to `published`.',
    ])
    expect(at(await patch(ghsa, { state: 'draft' }), 'submission')).toEqual({ accepted: true })
    await patch(ghsa, { severity: 'high', vulnerabilities: [...DRAFT.vulnerabilities] })
    expect(at(await patch(ghsa, { state: 'published' }), 'state')).toBe('published')
    expect(await message(ghsa, { state: 'draft' })).toEqual([
      422,
      'Invalid state transition from `published` to `draft`.',
    ])
    expect((await message(ghsa, { state: 'closed' }))[0]).toBe(422)
  })

  it('can be opened again after closed', async () => {
    const ghsa = await openDraft(github)
    expect(at(await patch(ghsa, { state: 'closed' }), 'state')).toBe('closed')
    expect(at(await patch(ghsa, { state: 'draft' }), 'closed_at')).toBe(null)
  })

  it('cannot become published without a severity, a package and the package’s name', async () => {
    const { severity: _severity, ...unrated } = DRAFT
    const ghsa = String(at(await call(github, `POST ${ADVISORIES}`, { body: unrated }), 'ghsa_id'))
    expect((await message(ghsa, { state: 'published' }))[1]).toContain('Severity')
    expect((await message(ghsa, { state: 'published', severity: 'low', vulnerabilities: [] }))[1]).toContain('product')
    expect(github.state.advisory(ghsa)).toMatchObject({ state: 'draft', severity: undefined })
  })

  it('does not change at all when a change is refused', async () => {
    const ghsa = await openDraft(github)
    await patch(ghsa, { state: 'published' })
    await patch(ghsa, { state: 'draft', summary: 'Another' })
    expect(github.state.advisory(ghsa).summary).toBe(DRAFT.summary)
  })
})

describe('the rating', () => {
  const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'

  it('is a severity or a vector, and a vector determines the severity', async () => {
    const both = await call(github, `POST ${ADVISORIES}`, { body: { ...DRAFT, cvss_vector_string: vector } })
    expect([both.status, at(both, 'errors', 0, 'field')]).toEqual([422, 'severity'])
    const ghsa = await openDraft(github)
    expect(at(await patch(ghsa, { cvss_vector_string: vector }), 'severity')).toBe('high')
    expect(await message(ghsa, { severity: 'low' })).toEqual([422, 'Cannot update severity value when CVSS is set.'])
    expect(at(await patch(ghsa, { severity: 'low', cvss_vector_string: null }), 'severity')).toBe('low')
  })

  it('cannot be an invalid vector', async () => {
    const ghsa = await openDraft(github)
    expect((await message(ghsa, { cvss_vector_string: 'CVSS:3.1/AV:N' }))[0]).toBe(422)
    expect((await message(ghsa, { cvss_vector_string: 'high' }))[0]).toBe(422)
  })
})

it('an array is replaced whole', async () => {
  const ghsa = await openDraft(github, { cwe_ids: ['CWE-22', 'CWE-59'] })
  expect(at(await patch(ghsa, { cwe_ids: ['CWE-22'] }), 'cwe_ids')).toEqual(['CWE-22'])
  expect(at(await patch(ghsa, { summary: 'x' }), 'cwe_ids')).toEqual(['CWE-22'])
})

describe('a CVE id', () => {
  const ask = (ghsa: string) => call(github, `POST ${ADVISORIES}/${ghsa}/cve`)

  it('is requested once, and arrives when the test says so', async () => {
    const ghsa = await openDraft(github)
    expect((await ask(ghsa)).status).toBe(202)
    expect(at(await ask(ghsa), 'message')).toBe('A CVE has already been requested for this advisory.')
    expect(at(await call(github, `GET ${ADVISORIES}/${ghsa}`), 'cve_id')).toBe(null)
    github.assignCve(ghsa, 'CVE-1900-0042')
    expect(at(await call(github, `GET ${ADVISORIES}/${ghsa}`), 'cve_id')).toBe('CVE-1900-0042')
    expect(github.state.advisory(ghsa).cveRequests).toEqual(['ana'])
  })

  it('is not given to a report that nobody accepted', async () => {
    expect((await ask(report())).status).toBe(422)
  })
})

it('the private fork is gone once the advisory is published', async () => {
  const ghsa = await openDraft(github)
  const fork = await call(github, `POST ${ADVISORIES}/${ghsa}/forks`)
  expect(at(fork, 'name')).toBe(`quillmark-${ghsa.toLowerCase()}`)
  expect(at(await patch(ghsa, { state: 'published' }), 'private_fork')).toBe(null)
})

it('a list has pages with a cursor, states, and an order', async () => {
  const first = await openDraft(github)
  await openDraft(github)
  const triaged = report()
  const page = await call(github, `GET ${ADVISORIES}?per_page=2&direction=asc`)
  expect([at(page, 0, 'ghsa_id'), at(page, 'length')]).toEqual([first, 2])
  const next = /after=([^&>]+)/.exec(page.headers.get('link') ?? '')?.[1]
  const rest = await call(github, `GET ${ADVISORIES}?per_page=2&direction=asc&after=${next}`)
  expect([at(rest, 'length'), at(rest, 0, 'ghsa_id'), rest.headers.get('link')]).toEqual([1, triaged, null])
  const triage = await call(github, `GET ${ADVISORIES}?state=triage`)
  expect([at(triage, 'length'), at(triage, 0, 'ghsa_id')]).toEqual([1, triaged])
})

it('a person can edit an advisory too, and the advisory shows who did', async () => {
  const ghsa = await openDraft(github)
  github.person('ana').edit(ghsa, { summary: 'Quillmark reads any file' })
  expect(github.state.advisory(ghsa)).toMatchObject({
    summary: 'Quillmark reads any file',
    edits: [{ by: 'ana' }, { by: 'ana', fields: ['summary'] }],
  })
  expect(() => github.person('robin').edit(ghsa, { summary: 'x' })).toThrow('may not change')
})
