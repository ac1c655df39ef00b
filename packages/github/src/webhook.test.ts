import type { GitHubEmulator } from '@embargo/emulator-github'
import { signatureOf } from '@embargo/emulator-github'
import type { HostedAdvisory, RepositoryRef } from '@embargo/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FULL_NAME, startGitHub } from '../test/github.ts'
import { startWebhook } from './webhook.ts'
import type { Webhook } from './webhook.ts'

const SECRET = 'kumquat-secret'

let github: GitHubEmulator
let webhook: Webhook
let stored: (readonly [RepositoryRef, HostedAdvisory])[]
let canStore = true
const logged: string[] = []
const note = (message: string, data?: object): void => void logged.push(`${message} ${JSON.stringify(data ?? {})}`)
const log = { debug: note, info: note, warn: note, error: note }
beforeEach(async () => {
  stored = []
  canStore = true
  logged.length = 0
  github = await startGitHub()
  webhook = await startWebhook({
    listen: { host: '127.0.0.1', port: 0 },
    secret: SECRET,
    log,
    onReport: (repository, advisory) => {
      if (canStore) stored.push([repository, advisory])
      return Promise.resolve(canStore)
    },
  })
})
afterEach(async () => {
  await webhook[Symbol.asyncDispose]()
  await github.close()
})

const url = (): string => `http://127.0.0.1:${webhook.port}/github`
const report = (): string =>
  github.person('robin').report(FULL_NAME, { summary: 'Reads files', description: 'A crafted persimmon does.' })
const post = (body: string, headers: Readonly<Record<string, string>>): Promise<number> =>
  fetch(url(), { method: 'POST', body, headers }).then(({ status }) => status)

describe('the webhook', () => {
  it('takes a private report', async () => {
    const ghsa = report()
    expect(await github.deliver({ url: url(), secret: SECRET }, ghsa)).toBe(202)
    expect(stored).toMatchObject([
      [
        { owner: 'quillmark', name: 'quillmark' },
        { ghsa, state: 'triage', isReport: true, author: 'robin' },
      ],
    ])
  })

  it('answers that a report could not be stored', async () => {
    canStore = false
    expect(await github.deliver({ url: url(), secret: SECRET }, report())).toBe(503)
  })

  it('ignores every other event', async () => {
    const ghsa = report()
    expect(await github.deliver({ url: url(), secret: SECRET }, ghsa, { action: 'published' })).toBe(204)
    expect(await github.deliver({ url: url(), secret: SECRET }, ghsa, { event: 'ping' })).toBe(204)
    expect(stored).toEqual([])
  })
})

describe('attacks on the webhook', () => {
  const signed = (body: string) => ({
    'x-github-event': 'repository_advisory',
    'x-hub-signature-256': signatureOf(SECRET, body),
  })

  it('a report that is signed with another secret', async () => {
    expect(await github.deliver({ url: url(), secret: 'another' }, report())).toBe(401)
    expect(stored).toEqual([])
    expect(logged.join()).not.toMatch(/persimmon|kumquat/)
  })

  it.each(['', 'sha256=', 'sha256=00', `sha1=${'0'.repeat(40)}`, `sha256=${'0'.repeat(64)}, sha256=x`])(
    'the signature %j',
    async (signature) => {
      expect(await post('{}', { 'x-github-event': 'repository_advisory', 'x-hub-signature-256': signature })).toBe(401)
    },
  )

  it('a body that was changed after it was signed', async () => {
    expect(await post('{"action":"reported"}', signed('{}'))).toBe(401)
  })

  it('a body that would fill the memory', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1)
    expect(await post(body, signed(body)).catch(() => 413)).toBe(413)
  })

  it('a link, an id or a state that is not valid', async () => {
    const ghsa = report()
    const { repository_advisory: advisory } = await payload(ghsa)
    for (const wrong of [{ html_url: 'javascript:alert(1)' }, { ghsa_id: '../../x' }, { state: 'open' }]) {
      const body = JSON.stringify({ ...(await payload(ghsa)), repository_advisory: { ...advisory, ...wrong } })
      expect(await post(body, signed(body))).toBe(204)
    }
    expect(stored).toEqual([])
  })

  async function payload(ghsa: string): Promise<{ readonly repository_advisory: object }> {
    const answer = await fetch(`${github.apiUrl}/repos/${FULL_NAME}/security-advisories/${ghsa}`, {
      headers: { authorization: 'token github_pat_kumquat', 'x-github-api-version': '2022-11-28' },
    })
    return {
      repository_advisory: Object(await answer.json()),
      ...{ action: 'reported', repository: { name: 'quillmark', owner: { login: 'quillmark' } } },
    }
  }
})
