import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GitHubEmulator } from './emulator.ts'
import { ADVISORIES, at, call, DRAFT, openDraft, REPOSITORY, startTestGitHub } from './testing.ts'

const CREATE = 'POST /repos/{owner}/{repo}/security-advisories'

let now = 1_780_000_000_000
let github: GitHubEmulator
beforeEach(async () => {
  github = await startTestGitHub({ now: () => now, limits: { windowMs: 3_600_000, calls: 6, writes: 3 } })
})
afterEach(() => github.close())

const open = () => call(github, `POST ${ADVISORIES}`, { body: DRAFT })
const count = (): number => github.state.repository(REPOSITORY).advisories.size

describe('a fault on demand', () => {
  it.each([500, 502, 503, 404, 403, 422] as const)(
    'answers with %i in the form of GitHub, without an effect',
    async (status) => {
      github.faults.next(CREATE, { kind: 'status', status })
      const answer = await open()
      expect([answer.status, typeof at(answer, 'message'), count()]).toEqual([status, 'string', 0])
    },
  )

  it('loses the request before it has an effect, or the answer afterwards', async () => {
    github.faults.next(CREATE, { kind: 'lose-request' })
    await expect(open()).rejects.toThrow('fetch failed')
    expect(count()).toBe(0)
    github.faults.next(CREATE, { kind: 'lose-answer' })
    await expect(open()).rejects.toThrow('fetch failed')
    expect(count()).toBe(1)
    expect(github.state.requests.map(({ outcome }) => outcome)).toEqual(['request lost', '201, answer lost'])
  })

  it('answers late', async () => {
    github.faults.next(CREATE, { kind: 'hang', ms: 5 })
    expect((await open()).status).toBe(201)
  })

  it('limits the rate in both of GitHub’s ways', async () => {
    github.faults.next('*', { kind: 'rate-limited', limit: 'secondary', seconds: 7 })
    expect((await open()).headers.get('retry-after')).toBe('7')
    github.faults.next('*', { kind: 'rate-limited', limit: 'primary', seconds: 7 })
    const primary = await open()
    expect([primary.headers.get('x-ratelimit-remaining'), primary.headers.get('x-ratelimit-reset')]).toEqual([
      '0',
      String(now / 1000 + 7),
    ])
  })
})

describe('the rate limits', () => {
  it('apply to all calls in an hour, and to writes in a minute', async () => {
    for (const _one of [1, 2, 3]) await openDraft(github)
    const write = await open()
    expect([write.status, write.headers.get('retry-after')]).toEqual([403, '60'])
    for (const _one of [1, 2, 3]) expect((await call(github, `GET ${ADVISORIES}`)).status).toBe(200)
    const read = await call(github, `GET ${ADVISORIES}`)
    expect([read.status, at(read, 'message')]).toEqual([403, 'API rate limit exceeded for installation.'])
    now += 3_600_001
    expect((await open()).status).toBe(201)
  })
})

describe('the log of requests', () => {
  it('contains no token', async () => {
    await openDraft(github)
    expect(JSON.stringify(github.state.requests)).not.toContain('github_pat')
    expect(github.state.requests).toMatchObject([{ route: CREATE, by: 'ana', outcome: '201' }])
  })
})
