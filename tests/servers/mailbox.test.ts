import { sendRawMail } from '@embargo/emulator-smtp'
import { expect, it } from 'vitest'
import { startDovecot } from './dovecot.ts'
import { startPostfix } from './postfix.ts'
import { readMailbox } from './reader.ts'

it('a mailbox behind Postfix and Dovecot says who sent each mail, and no sender can forge that', async () => {
  await using dovecot = await startDovecot()
  await using postfix = await startPostfix({
    relay_domains: 'quillmark.example',
    transport_maps: `inline:{quillmark.example=lmtp:[127.0.0.1]:${dovecot.lmtpPort}}`,
    smtpd_relay_restrictions: 'reject_unauth_destination',
  })
  await using reader = readMailbox(dovecot, { since: 0, returnPath: 'trust' })
  const to = 'security+sec-2026-0042.r1.aaaaaaaaaaaaaaaa@quillmark.example'
  for (const [from, forged, count] of [
    ['robin@sample.example', '<>', 1],
    ['', '<robin@sample.example>', 2],
  ] as const) {
    const raw = `Return-Path: ${forged}\r\nFrom: robin@sample.example\r\nSubject: A hole\r\n\r\nThere is a hole ${count}.\r\n`
    await sendRawMail(postfix.port, { envelopeFrom: from, envelopeTo: to, raw })
    await reader.taken(count)
  }
  expect(reader.mails.map(({ envelopeFrom, envelopeTo }) => [envelopeFrom, envelopeTo])).toEqual([
    ['robin@sample.example', [to]],
    ['', [to]],
  ])
})
