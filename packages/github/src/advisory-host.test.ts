import type { GitHubEmulator } from '@embargo/emulator-github'
import type { AdvisoryField, AdvisoryHost, HostedAdvisory } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { appAccess, document, FULL_NAME, KEYS, REPOSITORY, startGitHub, TOKEN, tokenAccess } from '../test/github.ts'
import { createGitHub } from './advisory-host.ts'

const CREATE = 'POST /repos/{owner}/{repo}/security-advisories'
const PATCH = 'PATCH /repos/{owner}/{repo}/security-advisories/{ghsa_id}'
const CVE = 'POST /repos/{owner}/{repo}/security-advisories/{ghsa_id}/cve'
const SUMMARY = 'Quillmark reads files outside the template folder'
const READ = 'GET /repos/{owner}/{repo}/security-advisories/{ghsa_id}'

let github: GitHubEmulator
let host: AdvisoryHost
beforeEach(async () => {
  github = await startGitHub()
  host = createGitHub(appAccess(github))
})
afterEach(() => {
  vi.useRealTimers()
  return github.close()
})

const open = (more: object = {}, lookUp = false, known: readonly string[] = []): Promise<HostedAdvisory> =>
  host.open({ repository: REPOSITORY, document: document(more), known, lookUp })
const refOf = ({ ghsa }: { readonly ghsa: string }) => ({ repository: REPOSITORY, ghsa })
const count = (): number => github.state.repository(FULL_NAME).advisories.size
const writes = (): number => github.state.requests.filter(({ route }) => route === PATCH).length
const report = (): string =>
  github.person('robin').report(FULL_NAME, { summary: 'Reads files', description: 'A crafted include does.' })

/** The error of a call, with everything that a log could print of it. */
async function failureOf(calling: Promise<unknown>): Promise<{ readonly error: OutsideError; readonly all: string }> {
  const error: unknown = await calling.then(
    () => undefined,
    (why: unknown) => why,
  )
  if (!(error instanceof OutsideError)) throw new Error('no OutsideError', { cause: error })
  return { error, all: `${error.message} ${String(error.stack)} ${JSON.stringify(error.cause ?? '')}` }
}

describe('an advisory', () => {
  it.each([
    ['an app', () => appAccess(github)],
    ['a token', () => tokenAccess(github)],
  ])('is opened as a draft, changed and published by %s', async (_name, access) => {
    host = createGitHub(access())
    const opened = await open()
    expect(opened).toMatchObject({ state: 'draft', summary: 'Quillmark reads files outside the template folder' })
    const changed = await host.update({
      ...refOf(opened),
      document: document({ severity: 'low' }),
      seen: opened.revision,
    })
    if (changed.is !== 'done') throw new Error('somebody else changed it')
    expect(github.state.advisory(opened.ghsa)).toMatchObject({ severity: 'low', cwes: ['CWE-22'] })
    const published = await host.publish({
      ...refOf(opened),
      document: document({ severity: 'low' }),
      seen: changed.advisory.revision,
    })
    expect(published).toMatchObject({ is: 'done', advisory: { state: 'published' } })
    expect(await host.read(refOf(opened))).toMatchObject({ state: 'published', link: opened.link })
  })

  it('that does not exist is not found', async () => {
    expect(await host.read(refOf({ ghsa: 'GHSA-2222-2222-2222' }))).toBeUndefined()
  })

  it('can exchange its vector for a severity, and its severity for a vector', async () => {
    const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'
    const opened = await open({ severity: undefined, cvss_vector_string: vector })
    const changed = await host.update({ ...refOf(opened), document: document(), seen: opened.revision })
    if (changed.is !== 'done') throw new Error('somebody else changed it')
    expect(github.state.advisory(opened.ghsa)).toMatchObject({ severity: 'high', vectors: {} })
    const rated = document({ severity: undefined, cvss_vector_string: vector })
    await host.update({ ...refOf(opened), document: rated, seen: changed.advisory.revision })
    expect(github.state.advisory(opened.ghsa).vectors).toEqual({ v3: vector })
  })

  it('is listed by its state, on every page, oldest first', async () => {
    for (let number = 0; number < 101; number += 1) await open({ summary: `Finding ${number}` })
    const triaged = report()
    expect((await host.list(REPOSITORY, ['triage'])).map(({ ghsa, isReport }) => [ghsa, isReport])).toEqual([
      [triaged, true],
    ])
    const drafts = await host.list(REPOSITORY, ['draft'])
    expect([drafts.length, drafts[0]?.summary]).toEqual([101, 'Finding 0'])
    expect(await host.list(REPOSITORY, ['triage', 'draft'])).toHaveLength(102)
  })

  it('that already has the content is not written again', async () => {
    const opened = await open()
    const again = await host.update({ ...refOf(opened), document: document(), seen: 'anything' })
    expect([again.is, writes()]).toEqual(['done', 0])
  })
})

describe('somebody else’s change', () => {
  it('is returned and not overwritten, until a person has seen it', async () => {
    const opened = await open()
    github.person('ben').edit(opened.ghsa, { summary: 'Quillmark reads any file', severity: 'critical' })
    const request = { ...refOf(opened), document: document({ cwe_ids: ['CWE-59'] }) }
    const refused = await host.update({ ...request, seen: opened.revision })
    expect(refused).toMatchObject({
      is: 'changed',
      differences: [
        { field: 'summary', now: 'Quillmark reads any file', ours: SUMMARY },
        { field: 'severity', now: 'critical', ours: 'high' },
      ],
    })
    expect([writes(), github.state.advisory(opened.ghsa).summary]).toEqual([0, 'Quillmark reads any file'])
    expect(await host.update({ ...request, seen: refused.advisory.revision })).toMatchObject({ is: 'done' })
    expect(github.state.advisory(opened.ghsa).summary).toBe(SUMMARY)
  })

  it.each<[AdvisoryField, Parameters<ReturnType<GitHubEmulator['person']>['edit']>[1]]>([
    ['severity', { severity: 'critical' }],
    ['weaknesses', { cwe_ids: ['CWE-59'] }],
    ['affected', { vulnerabilities: [{ package: { ecosystem: 'pip', name: 'quillmark' } }] }],
    ['credits', { credits: [{ login: 'ana', type: 'analyst' }] }],
  ])('of the %s of a private report since it was taken in is not overwritten', async (field, edit) => {
    const ref = refOf({ ghsa: report() })
    const seen = (await host.read(ref))?.revision ?? ''
    github.person('ben').edit(ref.ghsa, edit)
    await host.accept(ref)
    const credits = [{ login: 'ben', type: 'coordinator' }]
    const request = { ...ref, document: document({ credits }), seen }
    expect(await host.update(request)).toMatchObject({ is: 'changed', differences: [{ field }] })
    expect(github.state.advisory(ref.ghsa).description).toBe('A crafted include does.')
  })

  it('that enters what is approved does not count', async () => {
    const ref = refOf({ ghsa: report() })
    const seen = (await host.read(ref))?.revision ?? ''
    github.person('ben').edit(ref.ghsa, { summary: SUMMARY, severity: 'high', cwe_ids: ['CWE-22'] })
    await host.accept(ref)
    expect(await host.update({ ...ref, document: document(), seen })).toMatchObject({ is: 'done' })
  })

  it('is everything in a draft that was never read, except that empty fields are filled in', async () => {
    const { ghsa } = await open({ severity: undefined, cwe_ids: [] })
    const request = { ...refOf({ ghsa }), document: document() }
    expect(await host.update(request)).toMatchObject({ is: 'done' })
    github.person('ben').edit(ghsa, { severity: 'low' })
    expect(await host.update(request)).toMatchObject({ differences: [{ field: 'severity', now: 'low', ours: 'high' }] })
  })

  it('to a draft of a lost attempt is not overwritten', async () => {
    const { ghsa } = await open()
    github.person('ben').edit(ghsa, { severity: 'low' })
    const { error } = await failureOf(open({}, true))
    expect([error.code, error.message]).toEqual(['refused', expect.stringContaining('differs in: severity.')])
    expect([count(), writes()]).toEqual([1, 0])
  })

  it('is not found by a revision of an earlier version in fields that it does not cover', async () => {
    const opened = await open()
    const seen = opened.revision.replace(/;credits=\w+/u, '')
    github.person('ben').edit(opened.ghsa, { credits: [{ login: 'ana', type: 'analyst' }] })
    const changed = await host.update({ ...refOf(opened), document: document({ severity: 'low' }), seen })
    expect([seen === opened.revision, changed.is]).toEqual([false, 'done'])
    expect(github.state.advisory(opened.ghsa).credits).toEqual([{ login: 'ana', type: 'analyst' }])
  })

  it('stops the publication', async () => {
    const opened = await open()
    github.person('ben').edit(opened.ghsa, { description: 'Run curl to see it' })
    const refused = await host.publish({ ...refOf(opened), document: document(), seen: opened.revision })
    expect(refused).toMatchObject({ is: 'changed', differences: [{ field: 'description', now: 'Run curl to see it' }] })
    expect(github.state.advisory(opened.ghsa).state).toBe('draft')
  })

  it('that only adds a CVE id does not count, and the id stays', async () => {
    const opened = await open()
    await host.requestCve(refOf(opened))
    github.assignCve(opened.ghsa, 'CVE-1900-0042')
    const changed = await host.update({
      ...refOf(opened),
      document: document({ severity: 'low' }),
      seen: opened.revision,
    })
    expect(changed).toMatchObject({ is: 'done', advisory: { cve: 'CVE-1900-0042' } })
    expect(github.state.advisory(opened.ghsa).cve).toBe('CVE-1900-0042')
  })

  it('that published the advisory early is shown at the next change', async () => {
    const opened = await open()
    github.person('ben').edit(opened.ghsa, { state: 'published' })
    const refused = await host.update({
      ...refOf(opened),
      document: document({ severity: 'low' }),
      seen: opened.revision,
    })
    expect(refused).toMatchObject({ is: 'changed', differences: [{ field: 'state', now: 'published' }] })
  })

  it('that only made the line ends CRLF, as the editor of GitHub does, does not count', async () => {
    const opened = await open()
    github.person('ben').edit(opened.ghsa, { description: '### Impact\r\nA crafted include reads files.' })
    expect(await host.publish({ ...refOf(opened), document: document(), seen: opened.revision })).toMatchObject({
      is: 'done',
    })
  })
})

describe('a private report', () => {
  it('is accepted once, and then becomes the advisory', async () => {
    const ghsa = report()
    const seen = await host.read(refOf({ ghsa }))
    expect(seen).toMatchObject({ state: 'triage', isReport: true, author: 'robin' })
    expect(await host.accept(refOf({ ghsa }))).toMatchObject({ state: 'draft', ghsa })
    expect(await host.accept(refOf({ ghsa }))).toMatchObject({ state: 'draft' })
    expect([count(), writes()]).toEqual([1, 1])
    const changed = await host.update({ ...refOf({ ghsa }), document: document(), seen: seen?.revision ?? '' })
    expect(changed).toMatchObject({ is: 'done' })
  })

  it('credits its author only as they agreed, and keeps the credits that others gave', async () => {
    const ghsa = report()
    const ref = refOf({ ghsa })
    expect(github.state.advisory(ghsa).credits).toEqual([{ login: 'robin', type: 'finder' }])
    const accepted = await host.accept(ref)
    const unnamed = await host.update({ ...ref, document: document(), seen: accepted.revision })
    expect(github.state.advisory(ghsa).credits).toEqual([])
    github.person('ben').edit(ghsa, { credits: [{ login: 'ana', type: 'analyst' }] })
    const named = document({ credits: [{ login: 'robin', type: 'reporter' }] })
    await host.update({ ...ref, document: named, seen: unnamed.advisory.revision })
    expect(github.state.advisory(ghsa).credits).toEqual([
      { login: 'robin', type: 'reporter' },
      { login: 'ana', type: 'analyst' },
    ])
  })

  it('that nobody accepted is not published', async () => {
    const ghsa = report()
    const seen = await host.read(refOf({ ghsa }))
    const { error } = await failureOf(
      host.publish({ ...refOf({ ghsa }), document: document(), seen: seen?.revision ?? '' }),
    )
    expect([error.code, error.message]).toEqual([
      'refused',
      `The advisory ${ghsa} is triage at GitHub, so it cannot be published.`,
    ])
  })
})

describe('a CVE id', () => {
  it('is requested once, and read when it is there', async () => {
    const opened = await open()
    expect(await host.requestCve(refOf(opened))).toEqual({ is: 'requested' })
    expect(await host.requestCve(refOf(opened))).toEqual({ is: 'requested' })
    expect(github.state.advisory(opened.ghsa).cveRequests).toHaveLength(1)
    github.assignCve(opened.ghsa, 'CVE-1900-0042')
    expect(await host.requestCve(refOf(opened))).toEqual({ is: 'assigned', cve: 'CVE-1900-0042' })
    expect(await host.read(refOf(opened))).toMatchObject({ cve: 'CVE-1900-0042' })
  })
})

describe('after a lost answer', () => {
  it('the draft is looked up, not opened again', async () => {
    const { ghsa: other } = await open({ summary: 'Another finding' })
    github.faults.next(CREATE, { kind: 'lose-answer' })
    expect((await failureOf(open())).error.code).toBe('unknown')
    const found = await open({}, true, [other])
    expect([count(), github.state.advisory(found.ghsa).summary]).toEqual([
      2,
      'Quillmark reads files outside the template folder',
    ])
  })

  it('the draft is opened if the request was lost too', async () => {
    github.faults.next(CREATE, { kind: 'lose-request' })
    expect((await failureOf(open())).error.code).toBe('unknown')
    await open({}, true)
    expect(count()).toBe(1)
  })

  it('a draft of another case with the same text is not taken', async () => {
    const { ghsa } = await open()
    expect((await open({}, true, [ghsa])).ghsa).not.toBe(ghsa)
  })

  it('a change and a publication are recognised as done', async () => {
    const opened = await open()
    const change = { ...refOf(opened), document: document({ severity: 'low' }), seen: opened.revision }
    github.faults.next(PATCH, { kind: 'lose-answer' })
    expect((await failureOf(host.update(change))).error.code).toBe('unknown')
    const changed = await host.update(change)
    if (changed.is !== 'done') throw new Error('it takes its own change for another person’s')
    github.faults.next(PATCH, { kind: 'lose-answer' })
    const publication = { ...change, seen: changed.advisory.revision }
    expect((await failureOf(host.publish(publication))).error.code).toBe('unknown')
    expect(await host.publish(publication)).toMatchObject({ is: 'done', advisory: { state: 'published' } })
    expect(writes()).toBe(2)
  })

  it('a CVE id is not requested twice', async () => {
    const opened = await open()
    github.faults.next(CVE, { kind: 'lose-answer' })
    expect((await failureOf(host.requestCve(refOf(opened)))).error.code).toBe('unknown')
    expect(await host.requestCve(refOf(opened))).toEqual({ is: 'requested' })
    expect(github.state.advisory(opened.ghsa).cveRequests).toHaveLength(1)
  })
})

describe('a failure', () => {
  it.each([
    [500, 'unknown'],
    [503, 'unknown'],
    [404, 'refused'],
    [422, 'refused'],
  ] as const)('with %i of a write is %s', async (status, code) => {
    github.faults.next(CREATE, { kind: 'status', status })
    expect((await failureOf(open())).error.code).toBe(code)
  })

  it('of a read may be tried again', async () => {
    github.faults.next(READ, { kind: 'status', status: 503 })
    const reading = host.read(refOf({ ghsa: 'GHSA-2222-2222-2222' }))
    expect((await failureOf(reading)).error.code).toBe('unreachable')
  })

  it('of the connection before anything was sent may be tried again', async () => {
    await github.close()
    const { error } = await failureOf(open())
    expect([error.code, error.away, error.message]).toEqual([
      'unreachable',
      true,
      'GitHub cannot be reached (ECONNREFUSED).',
    ])
  })

  it('by a rate limit waits as long as GitHub says', async () => {
    github.faults.next(CREATE, { kind: 'rate-limited', limit: 'secondary', seconds: 7 })
    const secondary = (await failureOf(open())).error
    expect([secondary.code, secondary.retryAfterMs, secondary.forAll]).toEqual(['rate-limited', 7000, true])
    github.faults.next(CREATE, { kind: 'rate-limited', limit: 'primary', seconds: 1800 })
    const primary = (await failureOf(open())).error
    expect(primary.code).toBe('rate-limited')
    expect(primary.retryAfterMs).toBeGreaterThan(1_700_000)
    github.faults.next(CREATE, { kind: 'rate-limited', limit: 'secondary', seconds: 1e9 })
    expect((await failureOf(open())).error.retryAfterMs).toBe(3_600_000)
  })

  it('for lack of a permission waits for a person, and says what shows the reason', async () => {
    host = createGitHub(tokenAccess(await startGitHubFor('nobody')))
    const { error } = await failureOf(open())
    expect([error.code, error.forAPerson, error.message]).toEqual([
      'refused',
      true,
      'GitHub does not let our app or token do this: `embargo doctor github` says what is missing.',
    ])
  })

  it('names the fields that GitHub refuses', async () => {
    const { error } = await failureOf(
      open({ vulnerabilities: [{ package: { ecosystem: 'PyPI', name: 'quillmark' } }] }),
    )
    expect(error.message).toBe('GitHub refused this (422): vulnerabilities.0.package.ecosystem.')
  })

  it('names the credited account that GitHub does not have, and how to go on', async () => {
    github.closeAccount('robin')
    const credits = ['ana', 'robin'].map((login) => ({ login, type: 'reporter' }))
    const { error } = await failureOf(open({ credits }))
    expect([error.code, error.forAPerson]).toEqual(['refused', false])
    expect(error.message).toBe(
      'GitHub refuses the credit, because it has no account robin. Publish the advisory there by hand without this credit, then record its link: done github-advisory https://… Or go on without the advisory: settle github-advisory withdrawn WHY',
    )
    expect(count()).toBe(0)
    const ghsa = report()
    const ref = refOf({ ghsa })
    const seen = (await host.accept(ref)).revision
    const changed = await failureOf(host.update({ ...ref, document: document({ credits }), seen }))
    expect(changed.error.message).toContain('no account robin')
  })

  it('of a document that GitHub would not accept is reported before anything is sent', async () => {
    const { error, all } = await failureOf(open({ summary: 'persimmon '.repeat(110) }))
    expect(error.message).toBe('The advisory does not have the form that GitHub takes: summary.')
    expect(all).not.toContain('persimmon')
    expect(github.state.requests).toEqual([])
  })

  it('of an installation token that ended early is repaired with a new one', async () => {
    const opened = await open()
    github.revokeTokens()
    // While a token is only some seconds old, Octokit repeats a refused call. So the clock is set ten seconds ahead.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 })
    expect(await host.read(refOf(opened))).toMatchObject({ ghsa: opened.ghsa })
  })

  async function startGitHubFor(login: string): Promise<GitHubEmulator> {
    await github.close()
    github = await startGitHub({ tokens: [{ token: TOKEN, login, permissions: { repository_advisories: 'write' } }] })
    return github
  }
})

describe('attacks on the GitHub client', () => {
  it('an error that repeats the token, the key or the advisory', async () => {
    const wrong = createGitHub(tokenAccess(github, 'github_pat_persimmon'))
    const { all } = await failureOf(
      wrong.open({ repository: REPOSITORY, document: document(), known: [], lookUp: false }),
    )
    expect(all).not.toContain('persimmon')
    const { all: ofApp } = await failureOf(
      createGitHub(appAccess(github, { login: { is: 'app', appId: '78', privateKey: KEYS.privateKey } })).read(
        refOf({ ghsa: 'GHSA-2222-2222-2222' }),
      ),
    )
    expect(ofApp).not.toContain('BEGIN')
    expect(ofApp).not.toContain('eyJ')
    const { all: refused } = await failureOf(open({ cwe_ids: ['kumquat'] }))
    expect(refused).not.toContain('kumquat')
  })

  it('an answer that never comes', async () => {
    host = createGitHub({ ...tokenAccess(github), timeoutMs: 1000 })
    github.faults.next(CREATE, { kind: 'hang', ms: 60_000 })
    expect((await failureOf(open())).error.code).toBe('unknown')
    github.faults.next(READ, { kind: 'hang', ms: 60_000 })
    const reading = host.read(refOf({ ghsa: 'GHSA-2222-2222-2222' }))
    expect((await failureOf(reading)).error.code).toBe('unreachable')
  })
})
