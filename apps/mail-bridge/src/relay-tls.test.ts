import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { startSmtpSink } from '@embargo/emulator-smtp'
import { LOCALHOST_CERTIFICATE } from '@embargo/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { fakeRelay } from '../test/fake-relay.ts'
import { createRelay } from './relay.ts'
import type { RelayOptions } from './relay.ts'

const PASSWORD = 'marzipan'
const mail = {
  raw: Buffer.from('Subject: x\r\n\r\nkumquat\r\n'),
  envelopeFrom: 'security@example.org',
  envelopeTo: 'rae@reporter.example',
  messageId: '<1@example.org>',
}
const relayTo = (port: number, tls: RelayOptions['tls']) =>
  createRelay({
    host: 'localhost',
    port,
    tls,
    timeoutMs: 5_000,
    name: 'example.org',
    auth: { user: 'embargo', pass: PASSWORD },
  })
const forAPerson = { code: 'unreachable', forAPerson: true, forAll: true }

describe('a relay beyond this machine', () => {
  const trusted = getCACertificates('default')
  afterEach(() => setDefaultCACertificates(trusted))

  it('gets neither password nor mail if it offers no STARTTLS, and the error says what to do', async () => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port, 'starttls')
    await expect(relay.send(mail)).rejects.toMatchObject({
      ...forAPerson,
      message: expect.stringMatching(/offers no TLS, so nothing was sent.*EMBARGO_SMTP_RELAY.*smtp\+plain:\/\//u),
    })
    expect(server.commands.filter((command) => !/^(?:EHLO EXAMPLE\.ORG|STARTTLS)$/u.test(command))).toEqual([])
  })

  it('gets nothing if it should speak TLS from the first byte, but does not', async () => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port, 'implicit')
    await expect(relay.send(mail)).rejects.toMatchObject({
      ...forAPerson,
      message: expect.stringContaining('offers no TLS'),
    })
    expect(server.taken).toEqual([])
  })

  it('gets nothing with a certificate that is not trusted here', async () => {
    await using sink = await startSmtpSink(LOCALHOST_CERTIFICATE)
    await using relay = relayTo(sink.port, 'starttls')
    await expect(relay.send(mail)).rejects.toMatchObject({
      ...forAPerson,
      message: expect.stringMatching(/certificate .* not trusted .*nothing was sent.*NODE_EXTRA_CA_CERTS/u),
    })
    expect(sink.mails).toEqual([])
  })

  it('gets the mail with a trusted certificate', async () => {
    setDefaultCACertificates([...trusted, LOCALHOST_CERTIFICATE.cert])
    await using sink = await startSmtpSink(LOCALHOST_CERTIFICATE)
    await using relay = createRelay({
      host: 'localhost',
      port: sink.port,
      tls: 'starttls',
      timeoutMs: 5_000,
      name: 'example.org',
    })
    await relay.send(mail)
    expect(sink.mails).toHaveLength(1)
  })

  it('is tried again later if its TLS fails temporarily', async () => {
    await using server = await fakeRelay({ starttls: '454 4.7.0 TLS not available for now' })
    await using relay = relayTo(server.port, 'starttls')
    await expect(relay.send(mail)).rejects.toMatchObject({ code: 'unreachable', forAPerson: false })
  })
})
