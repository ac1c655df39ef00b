import { sendRawMail } from '@embargo/emulator-smtp'
import { describe, expect, it } from 'vitest'
import { startDovecot } from './dovecot.ts'
import { startPostfix } from './postfix.ts'
import { until } from './programs.ts'

describe('the mailbox of the tests', () => {
  it('gets by LMTP what Postfix hands on, and keeps it when Dovecot starts again', async () => {
    await using dovecot = await startDovecot()
    await using postfix = await startPostfix({
      relay_domains: 'quillmark.example',
      transport_maps: `inline:{quillmark.example=lmtp:[127.0.0.1]:${dovecot.lmtpPort}}`,
      smtpd_relay_restrictions: 'reject_unauth_destination',
    })
    await sendRawMail(postfix.port, {
      envelopeFrom: 'robin@sample.example',
      envelopeTo: 'security@quillmark.example',
      raw: 'From: robin@sample.example\r\nSubject: A hole\r\n\r\nThere is a hole.\r\n',
    })
    await until(
      () => (/status=sent/u.test(postfix.log()) ? true : undefined),
      () => `the delivery by LMTP. Postfix says:\n${postfix.log()}`,
    )
    const subjects = async (): Promise<string> => (await dovecot.doveadm(['fetch'], ['hdr.subject', 'all'])).toString()
    expect(await subjects()).toContain('A hole')
    await dovecot.restart()
    expect(await subjects()).toContain('A hole')
  })
})
