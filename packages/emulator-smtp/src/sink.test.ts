import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UntilTimeout } from '@embargo/emulator-kit'
import { sendMail } from './send-mail.ts'
import { startSmtpSink } from './sink.ts'
import type { SmtpSink } from './sink.ts'

const LETTER = {
  from: { name: 'Robin Sample', address: 'robin@example.org' },
  to: 'security@quillmark.example',
  subject: 'Größe — a report',
  text: 'Line one, 16 €\n.\nFrom here it goes on\n',
  messageId: '<one@example.org>',
}

describe('the SMTP sink', () => {
  let sink: SmtpSink
  beforeEach(async () => {
    sink = await startSmtpSink()
  })
  afterEach(() => sink[Symbol.asyncDispose]())

  it('keeps a mail with its envelope, headers, text and attachments', async () => {
    const content = '--- a/x\n+++ b/x\n'.repeat(40)
    const waited = sink.until((mail) => mail.header('Message-ID') === LETTER.messageId)
    const response = await sendMail(sink.port, { ...LETTER, attachments: [{ filename: 'main.patch', content }] })
    const mail = await waited
    expect(response).toMatch(/^250 /)
    expect(mail.envelopeFrom).toBe('robin@example.org')
    expect(mail.envelopeTo).toEqual(['security@quillmark.example'])
    expect(mail.header('subject')).toBe('Größe — a report')
    expect(mail.text.replaceAll('\r\n', '\n').trim()).toBe(LETTER.text.trim())
    expect(mail.attachments.map((file) => [file.name, file.content.toString()])).toEqual([['main.patch', content]])
    expect(sink.mails).toEqual([mail])
  })

  it('finds a mail that arrived before anybody asked for it', async () => {
    await sendMail(sink.port, LETTER)
    expect((await sink.until(() => true)).header('from')).toContain('robin@example.org')
  })

  it('says which mail it waited for in vain', async () => {
    const failed = sink.until(() => false, { timeoutMs: 5, wanted: 'a receipt' })
    await expect(failed).rejects.toThrow(UntilTimeout)
    await expect(failed).rejects.toThrow('a receipt')
  })

  it('refuses one mail when the test says so, and accepts the next', async () => {
    sink.faults.push({ is: 'reply', code: 450, text: 'Try later' })
    await expect(sendMail(sink.port, LETTER)).rejects.toThrow('Try later')
    await sendMail(sink.port, LETTER)
    expect(sink.mails).toHaveLength(1)
  })

  it('accepts a mail and loses the answer', async () => {
    sink.faults.push({ is: 'lost-answer' })
    await expect(sendMail(sink.port, LETTER)).rejects.toThrow()
    expect(sink.mails).toHaveLength(1)
  })

  it('disconnects without the mail', async () => {
    sink.faults.push({ is: 'lost-request' })
    await expect(sendMail(sink.port, LETTER)).rejects.toThrow()
    expect(sink.mails).toHaveLength(0)
  })
})
