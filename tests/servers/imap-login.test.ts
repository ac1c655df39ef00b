import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { startSmtpSink } from '@embargo/emulator-smtp'
import { createRelay, createTokenSource } from '@embargo/mail-bridge'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from './certificates.ts'
import type { Certificates } from './certificates.ts'
import { startDovecot } from './dovecot.ts'
import type { Dovecot } from './dovecot.ts'
import { startPostfix } from './postfix.ts'
import { mailOf, OWN, readMailbox } from './reader.ts'
import { startTokenEndpoint } from './token-endpoint.ts'

const save = async (dovecot: Dovecot, subject: string) => dovecot.doveadm(['save'], [], Buffer.from(mailOf(subject)))

let certificates: Certificates
const trusted = getCACertificates('default')
beforeAll(async () => {
  certificates = await makeCertificates()
})
afterAll(() => certificates[Symbol.dispose]())
afterEach(() => setDefaultCACertificates(trusted))

describe('TLS to Dovecot', () => {
  const trust = (): void => setDefaultCACertificates([...trusted, certificates.authority])

  it('is accepted by STARTTLS and from the first byte, with an authority of our own that is trusted', async () => {
    trust()
    await using dovecot = await startDovecot({ certificate: certificates })
    await save(dovecot, 'encrypted')
    for (const [tls, port] of [
      ['starttls', dovecot.imapPort],
      ['implicit', dovecot.imapsPort],
    ] as const) {
      await using reader = readMailbox(dovecot, { tls, port, since: 0 })
      expect(await reader.taken(1)).toEqual(['encrypted'])
    }
  })

  it.each([
    ['an expired certificate', 'expired', 'CERT_HAS_EXPIRED'],
    ['a certificate for another name', 'ofAnotherName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['a certificate that signed itself', 'selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('gives no password with %s, and says why', async (_, kind, code) => {
    trust()
    await using dovecot = await startDovecot({ certificate: certificates[kind] })
    let logins = 0
    const login = async () => ({ pass: `${dovecot.password}${(logins += 1)}` })
    for (const [tls, port] of [
      ['starttls', dovecot.imapPort],
      ['implicit', dovecot.imapsPort],
    ] as const) {
      await using reader = readMailbox(dovecot, { tls, port, login })
      expect(await reader.trouble()).toContain(`is not trusted here (${code}), so no password was sent`)
      expect(reader.mails).toEqual([])
    }
  })

  it('gives no password with an authority that is not trusted', async () => {
    await using dovecot = await startDovecot({ certificate: certificates })
    await using reader = readMailbox(dovecot, { tls: 'starttls' })
    expect(await reader.trouble()).toMatch(/not trusted here \(UNABLE_TO_\w+\), so no password was sent/u)
  })

  it('gives no password where the server offers none', async () => {
    await using dovecot = await startDovecot()
    await using reader = readMailbox(dovecot, { tls: 'starttls' })
    expect(await reader.trouble()).toContain('offers no TLS, so no password was sent')
  })

  it('says that the login is refused where the password is wrong', async () => {
    await using dovecot = await startDovecot()
    await using reader = readMailbox(dovecot, { login: async () => ({ pass: 'wrong' }) })
    expect(await reader.trouble()).toContain('refuses the login')
  })
})

describe('OAuth 2 at Dovecot (XOAUTH2)', () => {
  const refresh = (endpoint: string) =>
    ({ endpoint, grant: 'refresh_token', client: 'embargo', refreshToken: 'refresh-0' }) as const

  it.each([
    ['has expired', 1],
    ['was revoked before its time', 3600],
  ])('continues with a new token if the former token %s', async (_, seconds) => {
    await using endpoint = await startTokenEndpoint('security', seconds)
    await using dovecot = await startDovecot({ introspection: endpoint.introspection })
    const source = createTokenSource(refresh(endpoint.tokens))
    await using reader = readMailbox(dovecot, {
      login: async (refused) => ({ accessToken: await source.token(refused) }),
      since: 0,
    })
    await save(dovecot, 'with the first token')
    await reader.taken(1)
    endpoint.expire()
    await dovecot.restart()
    await save(dovecot, 'with another token')
    expect(await reader.taken(2)).toEqual(['with the first token', 'with another token'])
    expect(endpoint.asked.map((form) => form.get('refresh_token')).slice(0, 2)).toEqual(['refresh-0', 'refresh-1'])
  })

  it('lets us send through a Postfix that asks Dovecot, also after the token was revoked', async () => {
    await using sink = await startSmtpSink()
    await using endpoint = await startTokenEndpoint('security', 3600)
    await using dovecot = await startDovecot({ introspection: endpoint.introspection })
    await using postfix = await startPostfix({
      relayhost: `[127.0.0.1]:${sink.port}`,
      smtpd_sasl_auth_enable: 'yes',
      smtpd_sasl_type: 'dovecot',
      smtpd_sasl_path: `inet:127.0.0.1:${dovecot.authPort}`,
      smtpd_relay_restrictions: 'permit_sasl_authenticated, reject',
    })
    const source = createTokenSource(refresh(endpoint.tokens))
    const send = async (subject: string) => {
      await using relay = createRelay({
        host: '127.0.0.1',
        port: postfix.port,
        tls: 'plain',
        timeoutMs: 10_000,
        name: 'embargo.quillmark.example',
        auth: { user: dovecot.user, token: async (refused) => source.token(refused) },
      })
      await relay.send({
        raw: Buffer.from(mailOf(subject)),
        envelopeFrom: OWN,
        envelopeTo: 'robin@sample.example',
        messageId: `<${subject}@sample.example>`,
      })
    }
    await send('first')
    endpoint.expire()
    await send('second')
    await sink.untilAll((mails) => mails.length === 2, { timeoutMs: 20_000, wanted: 'both mails behind Postfix' })
    expect(endpoint.asked).toHaveLength(2)
  }, 60_000)

  it('tells people when the token is refused, without showing the token', async () => {
    await using endpoint = await startTokenEndpoint('security', 3600)
    await using dovecot = await startDovecot({ introspection: endpoint.introspection })
    await using reader = readMailbox(dovecot, { login: async () => ({ accessToken: 'token-of-somebody' }) })
    const words = await reader.trouble()
    expect(words).toContain('refuses the login')
    expect(words).not.toContain('token-of-somebody')
  })
})
