import { createHmac } from 'node:crypto'
import { CaseId, EffectId } from '@embargo/core'
import { sendRawMail, startSmtpSink } from '@embargo/emulator-smtp'
import { makeReturnPath, parse, readDsn, readReturnPath, returnedMessageIds } from '@embargo/mail'
import { createRelay } from '@embargo/mail-bridge'
import { describe, expect, it } from 'vitest'
import { boot } from '../../apps/mail-bridge/test/boot.ts'
import type { House } from '../../apps/mail-bridge/test/boot.ts'
import { makeCertificates } from './certificates.ts'
import { startPostfix } from './postfix.ts'
import type { Postfix } from './postfix.ts'
import { until } from './programs.ts'

const OWN = 'security@quillmark.example'
const mac = (text: string): Uint8Array => new Uint8Array(createHmac('sha256', 'key').update(text).digest())
const own = { case: CaseId.parse('SEC-2026-0042'), effect: EffectId.parse('one') }
const returnPath = makeReturnPath({ ...own, own: OWN }, mac) ?? OWN

/** A Postfix that forwards mail for our domain to this listener, as in docs/mail.md. */
const inFrontOf = async (port: number, settings: Readonly<Record<string, string>> = {}) =>
  startPostfix({
    relay_domains: 'quillmark.example',
    transport_maps: `inline:{quillmark.example=smtp:[localhost]:${port}}`,
    smtpd_relay_restrictions: 'permit_mynetworks, reject_unauth_destination',
    ...settings,
  })

const arrived = async ({ spool }: House, postfix: Postfix) =>
  until(
    () => spool.mails[0],
    () => `a mail in the spool. Postfix says:\n${postfix.log()}`,
  )

/** Postfix writes its log in a separate process, so a line can appear some time after the event that it reports. */
const logged = async (postfix: Postfix, line: RegExp) =>
  until(
    () => line.exec(postfix.log()) ?? undefined,
    () => `${String(line)}. Postfix says:\n${postfix.log()}`,
  )

const report = [
  'From: Robin <robin@sample.example>',
  `To: ${OWN}`,
  'Subject: A hole',
  'Message-ID: <1@sample.example>',
  '',
  'There is a hole.',
  '.',
  'From here on too.',
  '',
].join('\r\n')

describe('Postfix in front of the listener', () => {
  it('hands a report on with its envelope, its extension address and its bytes', async () => {
    await using house = await boot({ addresses: [OWN] })
    await using server = await inFrontOf(house.bridge.port)
    await sendRawMail(server.port, {
      envelopeFrom: 'robin@sample.example',
      envelopeTo: 'security+sec-2026-0042.r1.aaaaaaaaaaaaaaaa@quillmark.example',
      raw: report,
    })
    const mail = await arrived(house, server)
    expect({ from: mail.envelopeFrom, to: mail.envelopeTo }).toEqual({
      from: 'robin@sample.example',
      to: ['security+sec-2026-0042.r1.aaaaaaaaaaaaaaaa@quillmark.example'],
    })
    expect(Buffer.from(mail.raw).toString().endsWith(report)).toBe(true)
  })

  it('hands one address of a domain over by LMTP, with its extensions, as docs/mail.md sets it', async () => {
    await using house = await boot({ addresses: [OWN], lmtp: { host: '127.0.0.1', port: 0 } })
    await using server = await inFrontOf(house.bridge.port, {
      relay_recipient_maps: `inline:{${OWN}=ok}`,
      transport_maps: `inline:{${OWN}=lmtp:[127.0.0.1]:${house.bridge.ports.lmtp ?? 0}}`,
    })
    await sendRawMail(server.port, { envelopeFrom: 'robin@sample.example', envelopeTo: returnPath, raw: report })
    const mail = await arrived(house, server)
    expect({ from: mail.envelopeFrom, to: mail.envelopeTo }).toEqual({ from: 'robin@sample.example', to: [returnPath] })
    await logged(server, /status=sent \(250 /u)
  })

  it('keeps a mail for which the listener has no room, and delivers it once there is room', async () => {
    await using house = await boot({ addresses: [OWN] })
    const refused: string[] = []
    house.spool.answer = async ({ delivery }) => {
      refused.push(delivery)
      if (refused.length > 1) house.spool.answer = undefined
      return { is: 'full' }
    }
    await using server = await inFrontOf(house.bridge.port)
    await sendRawMail(server.port, { envelopeFrom: 'robin@sample.example', envelopeTo: OWN, raw: report })
    const mail = await arrived(house, server)
    expect(refused).toHaveLength(2)
    expect(Buffer.from(mail.raw).toString().endsWith(report)).toBe(true)
    expect(house.spool.mails).toHaveLength(1)
  })

  it.each([
    ['STARTTLS', 'smtp', {}],
    ['TLS from the first byte', 'smtps', { smtp_tls_wrappermode: 'yes' }],
  ] as const)('hands on over %s and verifies our certificate', async (_, protocol, settings) => {
    using certificates = await makeCertificates()
    const { certFile, keyFile } = certificates
    const smtps = { host: '127.0.0.1', port: 0 }
    await using house = await boot({ addresses: [OWN], smtps, certificate: { certFile, keyFile } })
    await using server = await inFrontOf(house.bridge.ports[protocol] ?? 0, {
      ...settings,
      smtp_tls_security_level: 'secure',
      smtp_tls_secure_cert_match: 'localhost',
      smtp_tls_CAfile: certificates.authorityFile,
      smtp_tls_loglevel: '1',
    })
    await sendRawMail(server.port, { envelopeFrom: 'robin@sample.example', envelopeTo: OWN, raw: report })
    await arrived(house, server)
    expect(await logged(server, /Verified TLS connection established to localhost/u)).toHaveLength(1)
  })
})

describe('a bounce of Postfix', () => {
  /**
   * Sends a letter through Postfix to a server that gives these answers. Postfix sends the bounce back to the listener.
   */
  async function bounced(house: House, answers: readonly { readonly code: number; readonly text: string }[]) {
    await using sink = await startSmtpSink()
    sink.faults.push(...answers.map((answer) => ({ is: 'reply' as const, ...answer })))
    await using server = await inFrontOf(house.bridge.port, {
      relayhost: `[127.0.0.1]:${sink.port}`,
      delay_warning_time: '1s',
    })
    await using relay = createRelay({
      host: '127.0.0.1',
      port: server.port,
      tls: 'plain',
      timeoutMs: 10_000,
      name: 'embargo.quillmark.example',
    })
    await relay.send({
      raw: Buffer.from(report),
      envelopeFrom: returnPath,
      envelopeTo: 'kim@other.example',
      messageId: '<1@sample.example>',
    })
    const mail = await arrived(house, server)
    const read = await parse(mail.raw)
    return { mail, recipients: readDsn(read)?.recipients, returned: returnedMessageIds(read) }
  }

  it.each([
    ['a mailbox that is not there', [{ code: 550, text: '5.1.1 no such user' }], 'failed', '5.1.1'],
    ['a mailbox that is full for now', Array(20).fill({ code: 452, text: '4.2.2 mailbox full' }), 'delayed', '4.2.2'],
  ])('for %s names the mail by its return path, and is read', async (_, answers, action, status) => {
    await using house = await boot({ addresses: [OWN] })
    const { mail, recipients, returned } = await bounced(house, answers)
    expect(mail.envelopeFrom).toBe('')
    expect(mail.envelopeTo.map((to) => readReturnPath(to, [OWN], mac))).toMatchObject([{ case: own.case, valid: true }])
    expect(returned).toEqual(['<1@sample.example>'])
    expect(recipients).toMatchObject([{ recipient: 'kim@other.example', action, status }])
  })
})
