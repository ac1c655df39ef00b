import { createHmac } from 'node:crypto'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { CaseId, EffectId, instant } from '@embargo/core'
import { startSmtpSink } from '@embargo/emulator-smtp'
import type { SmtpSink } from '@embargo/emulator-smtp'
import { composeMail, makeMessageId, makeReturnPath, makeToken, parse, readMessageId, thread } from '@embargo/mail'
import { createRelay } from '@embargo/mail-bridge'
import type { RelayOptions } from '@embargo/mail-bridge'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeCertificates } from './certificates.ts'
import type { Certificates } from './certificates.ts'
import { startPostfix } from './postfix.ts'

const OWN = 'security@quillmark.example'
const REPORTER = 'robin@sample.example'
const CASE = CaseId.parse('SEC-2026-0042')
const EFFECT = EffectId.parse('one')
const mac = (text: string): Uint8Array => new Uint8Array(createHmac('sha256', 'key').update(text).digest())
const macs = { address: mac, message: mac }

const own = { case: CASE, effect: EFFECT }
const envelopeFrom = makeReturnPath({ ...own, own: OWN }, mac) ?? OWN
const messageId = makeMessageId({ ...own, domain: 'quillmark.example' }, mac)
const replyTo = makeToken({ case: CASE }, OWN, mac)

/** A letter as it is sent. */
async function letter(change: { readonly envelopeFrom?: string } = {}) {
  const raw = await composeMail(
    { subject: '[SEC-2026-0042] Please check the fix', text: 'Größe\n.\nFrom here', attachments: [], automatic: false },
    { from: { name: 'Quillmark', address: OWN }, replyTo, to: REPORTER, messageId, date: instant(Date.now()) },
  )
  return { raw, envelopeFrom, envelopeTo: REPORTER, messageId, ...change }
}

const relayTo = (port: number, tls: RelayOptions['tls'], host = 'localhost') =>
  createRelay({ host, port, tls, timeoutMs: 10_000, name: 'embargo.quillmark.example' })

let sink: SmtpSink
let certificates: Certificates
const trusted = getCACertificates('default')
beforeAll(async () => {
  sink = await startSmtpSink()
  certificates = await makeCertificates()
})
afterAll(async () => {
  await sink[Symbol.asyncDispose]()
  certificates[Symbol.dispose]()
})
afterEach(() => setDefaultCACertificates(trusted))

/** A Postfix that forwards everything to the sink. */
const postfix = async (settings: Readonly<Record<string, string>> = {}) =>
  startPostfix({ relayhost: `[127.0.0.1]:${sink.port}`, ...settings })

/** Waits until the sink has accepted more than `after` mails, and returns the first mail after these. */
const next = async (after: number) =>
  sink.untilAll((mails) => mails[after], { timeoutMs: 20_000, wanted: 'the mail behind Postfix' })

describe('Postfix as the relay', () => {
  it('passes a letter on with its return path, its Message-ID and its text', async () => {
    await using server = await postfix()
    await using relay = relayTo(server.port, 'plain')
    const before = sink.mails.length
    expect((await relay.send(await letter())).response).toMatch(/^250 2\.0\.0 Ok: queued as /u)
    const mail = await next(before)
    expect(mail.envelopeFrom).toBe(envelopeFrom)
    expect(mail.envelopeTo).toEqual([REPORTER])
    expect(mail.header('Message-ID')).toBe(messageId)
    expect(mail.header('Reply-To')).toBe(replyTo)
    expect(mail.text.replaceAll('\r\n', '\n').trim()).toBe('Größe\n.\nFrom here')
  })

  it('that replaces Message-IDs: the answer finds its case by the token in its address alone', async () => {
    await using server = await postfix({
      header_checks: 'regexp:{ {/^Message-ID:/ IGNORE} }',
      always_add_missing_headers: 'yes',
    })
    await using relay = relayTo(server.port, 'plain')
    const before = sink.mails.length
    await relay.send(await letter())
    const mail = await next(before)
    const replaced = mail.header('Message-ID')
    expect(readMessageId(replaced, mac)).toBeUndefined()
    const answer = [
      `From: ${REPORTER}`,
      `To: ${mail.header('Reply-To')}`,
      `In-Reply-To: ${replaced}`,
      `References: ${replaced}`,
      'Subject: Re: your letter',
      '',
      'It does.',
      '',
    ]
    const found = await thread({
      mail: await parse(Buffer.from(answer.join('\r\n'))),
      envelopeTo: [mail.header('Reply-To')],
      own: [OWN],
      macs,
      exists: async (id) => id === CASE,
    })
    expect(found).toEqual({ case: CASE, by: 'token', token: 'valid' })
  })

  it('that refuses foreign senders: a person is told that our sender is refused, and the mail waits', async () => {
    await using server = await postfix({
      smtpd_sender_restrictions: 'check_sender_access inline:{quillmark.example=OK}, reject',
    })
    await using relay = relayTo(server.port, 'plain')
    const before = sink.mails.length
    await expect(relay.send(await letter({ envelopeFrom: 'security@other.example' }))).rejects.toMatchObject({
      code: 'unreachable',
      forAPerson: true,
      forAll: true,
      message: expect.stringContaining('refuses our sender address'),
    })
    await relay.send(await letter())
    await next(before)
    expect(sink.mails).toHaveLength(before + 1)
  })

  it('that relays for nobody: a person is told, and the mail waits', async () => {
    await using server = await postfix({ smtpd_relay_restrictions: 'reject_unauth_destination' })
    await using relay = relayTo(server.port, 'plain')
    await expect(relay.send(await letter())).rejects.toMatchObject({
      code: 'unreachable',
      forAPerson: true,
      message: expect.stringContaining('does not forward our mail to other domains'),
    })
  })

  it('that takes only small mails: a larger one is refused for good', async () => {
    await using server = await postfix({ message_size_limit: '1000' })
    await using relay = relayTo(server.port, 'plain')
    const { raw, ...rest } = await letter()
    const large = Buffer.concat([raw, Buffer.alloc(2_000, 'x')])
    await expect(relay.send({ ...rest, raw: large })).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('TLS to Postfix', () => {
  const withTls = async (settings: Readonly<Record<string, string>> = {}) =>
    postfix({
      smtpd_tls_security_level: 'encrypt',
      smtpd_tls_cert_file: certificates.certFile,
      smtpd_tls_key_file: certificates.keyFile,
      smtpd_tls_received_header: 'yes',
      ...settings,
    })

  it.each([
    ['STARTTLS', 'starttls', {}],
    ['TLS from the first byte', 'implicit', { smtpd_tls_wrappermode: 'yes' }],
  ] as const)('%s with an authority of our own that is trusted', async (_, tls, settings) => {
    setDefaultCACertificates([...trusted, certificates.authority])
    await using server = await withTls(settings)
    await using relay = relayTo(server.port, tls)
    const before = sink.mails.length
    await relay.send(await letter())
    expect((await next(before)).header('Received')).toMatch(/using TLSv1\.[23]/u)
  })

  it('nothing is sent with an authority that is not trusted', async () => {
    await using server = await withTls()
    await using relay = relayTo(server.port, 'starttls')
    const before = sink.mails.length
    await expect(relay.send(await letter())).rejects.toMatchObject({
      forAPerson: true,
      message: expect.stringContaining('nothing was sent'),
    })
    expect(sink.mails).toHaveLength(before)
  })

  it.each([
    ['an expired certificate', 'expired', 'CERT_HAS_EXPIRED'],
    ['a certificate for another name', 'ofAnotherName', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['a certificate that signed itself', 'selfSigned', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ] as const)('nothing is sent with %s, and a person hears why', async (_, kind, code) => {
    setDefaultCACertificates([...trusted, certificates.authority])
    const { certFile, keyFile } = certificates[kind]
    await using server = await withTls({ smtpd_tls_cert_file: certFile, smtpd_tls_key_file: keyFile })
    await using relay = relayTo(server.port, 'starttls')
    const before = sink.mails.length
    await expect(relay.send(await letter())).rejects.toMatchObject({
      forAPerson: true,
      message: expect.stringContaining(`is not trusted here (${code}), so nothing was sent`),
    })
    expect(sink.mails).toHaveLength(before)
  })

  it('nothing is sent where the relay offers none', async () => {
    await using server = await postfix()
    await using relay = relayTo(server.port, 'starttls')
    await expect(relay.send(await letter())).rejects.toMatchObject({ forAPerson: true })
  })

  it('nothing is sent unencrypted to a relay that wants TLS', async () => {
    await using server = await withTls()
    await using relay = relayTo(server.port, 'plain')
    await expect(relay.send(await letter())).rejects.toMatchObject({
      forAPerson: true,
      message: expect.stringContaining('requires a login or TLS'),
    })
  })
})
