import { createVerify, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { TokenGrant } from './token-request.ts'
import { createTokenSource } from './token-source.ts'
import type { PostForm } from './token-source.ts'

const SECRET = 'kumquat'
const REFRESH: TokenGrant = {
  endpoint: 'https://login.example/token',
  grant: 'refresh_token',
  client: 'app',
  clientSecret: SECRET,
  refreshToken: `${SECRET}-1`,
}

const answering = (answers: readonly object[], forms: URLSearchParams[] = []): PostForm => {
  let at = 0
  return async (_, form) => {
    forms.push(form)
    return { ok: true, text: JSON.stringify(answers[Math.min(at++, answers.length - 1)]) }
  }
}

describe('a source of access tokens', () => {
  it('sends one request for all waiting callers, and the next one shortly before the token expires', async () => {
    const forms: URLSearchParams[] = []
    let now = 0
    const answers = [
      { access_token: 'one', expires_in: 3600, refresh_token: 'next' },
      { access_token: 'two', expires_in: 3600 },
    ]
    const source = createTokenSource(REFRESH, { now: () => now, post: answering(answers, forms) })
    expect(await Promise.all([source.token(), source.token()])).toEqual(['one', 'one'])
    now = 3_299_999
    expect(await source.token()).toBe('one')
    now = 3_300_000
    expect(await source.token()).toBe('two')
    expect(forms.map((form) => form.get('refresh_token'))).toEqual([`${SECRET}-1`, 'next'])
  })

  it('requests another token when one was refused, and only one for all callers whose token was refused', async () => {
    const forms: URLSearchParams[] = []
    const answers = [
      { access_token: 'one', expires_in: 3600 },
      { access_token: 'two', expires_in: 3600 },
    ]
    const source = createTokenSource(REFRESH, { now: () => 0, post: answering(answers, forms) })
    expect(await source.token()).toBe('one')
    expect(await Promise.all([source.token('one'), source.token('one')])).toEqual(['two', 'two'])
    expect(await source.token('one')).toBe('two')
    expect(forms).toHaveLength(2)
  })

  it('tells of a new refresh token once', async () => {
    const told: string[] = []
    const post = answering([{ access_token: 'one', refresh_token: 'next' }])
    const source = createTokenSource(REFRESH, { post, onRefreshToken: (token) => told.push(token) })
    expect(await source.token()).toBe('one')
    expect(await source.token('one')).toBe('one')
    expect(told).toEqual(['next'])
  })

  it('signs an assertion with RS256 (RFC 7523)', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const forms: URLSearchParams[] = []
    const { endpoint } = REFRESH
    const grant: TokenGrant = {
      endpoint,
      grant: 'jwt_bearer',
      issuer: 'robot',
      subject: 'box',
      scope: 'mail',
      privateKey: pem,
    }
    await createTokenSource(grant, { now: () => 5_000, post: answering([{ access_token: 'x' }], forms) }).token()
    const [header = '', claims = '', signature = ''] = (forms[0]?.get('assertion') ?? '').split('.')
    const part = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString())
    expect(part(header)).toEqual({ alg: 'RS256', typ: 'JWT' })
    expect(part(claims)).toEqual({ iss: 'robot', sub: 'box', scope: 'mail', aud: endpoint, iat: 5, exp: 605 })
    expect(createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(
      true,
    )
  })

  it.each([
    ['refused', async () => ({ ok: false, text: `{"error":"invalid_grant","error_description":"${SECRET}"}` })],
    ['refused', async () => ({ ok: false, text: SECRET })],
    ['bad-answer', async () => ({ ok: true, text: `{"access_token":"${SECRET}\\r\\nA LOGOUT"}` })],
    ['bad-answer', async () => ({ ok: true, text: SECRET })],
  ] as const)('says %s without a secret', async (code, post) => {
    const error: unknown = await createTokenSource(REFRESH, { post })
      .token()
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect(String(error)).not.toContain(SECRET)
  })

  it.each(['redirect', 'flood', 'trouble'])('is not misled by an endpoint with a %s', async (does) => {
    const server = createServer((_, response) => {
      if (does === 'redirect') response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()
      else if (does === 'trouble') response.writeHead(503).end()
      else response.end('x'.repeat(200_000))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const source = createTokenSource({ ...REFRESH, endpoint: `http://127.0.0.1:${port}/` })
    await expect(source.token()).rejects.toMatchObject({ code: 'unreachable' })
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })
})
