import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { composeMail } from './compose.ts'
import type { Envelope } from './compose.ts'
import { parse } from './parse.ts'

const letter = {
  subject: '[SEC-2026-0042] Your report has arrived',
  text: 'Hello,\n\nIt arrived.\n\n-- \nThe team\n',
  attachments: [],
  automatic: false,
}
const envelope: Envelope = {
  from: { name: 'Example security team', address: 'security@example.org' },
  replyTo: 'security+sec-2026-0042.r1.aaaaaaaaaaaaaaaa@example.org',
  to: 'rae@reporter.example',
  messageId: '<sec-2026-0042.r1.m.x@example.org>',
  date: instant(Date.UTC(2026, 5, 2, 14)),
}
const patch = { filename: 'fix.patch', contentType: 'text/x-patch', content: '--- a\n+++ b\n+tab\there  \r\n+ü\n' }
const decode = (raw: Uint8Array): string => new TextDecoder().decode(raw)

describe('composeMail', () => {
  it('writes plain text that reads in any program', async () => {
    const raw = decode(await composeMail(letter, envelope))
    expect(raw).toBe(
      [
        'Content-Transfer-Encoding: 7bit',
        'From: Example security team <security@example.org>',
        'To: rae@reporter.example',
        'Reply-To: security+sec-2026-0042.r1.aaaaaaaaaaaaaaaa@example.org',
        'Subject: [SEC-2026-0042] Your report has arrived',
        'Message-ID: <sec-2026-0042.r1.m.x@example.org>',
        'Date: Tue, 02 Jun 2026 14:00:00 +0000',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Hello,',
        '',
        'It arrived.',
        '',
        '-- ',
        'The team',
        '',
      ].join('\r\n'),
    )
  })

  it('gives the same bytes for the same input, attachments included', async () => {
    const full = { ...letter, text: 'Grüße\n', attachments: [patch] }
    expect(await composeMail(full, envelope)).toEqual(await composeMail(full, envelope))
  })

  it('composes a mail that parses back to the original text and headers, and to the same attachment bytes', async () => {
    const text = `Grüße, ${'https://example.org/'.padEnd(200, 'x')}\n> quoted\nFrom here\n.\n..`
    const parsed = await parse(
      await composeMail(
        { ...letter, text, attachments: [patch] },
        {
          ...envelope,
          inReplyTo: '<1@reporter.example>',
          references: ['<0@reporter.example>', '<1@reporter.example>'],
        },
      ),
    )
    expect(parsed).toMatchObject({
      text,
      from: { address: 'security@example.org' },
      inReplyTo: ['<1@reporter.example>'],
      references: ['<0@reporter.example>', '<1@reporter.example>'],
    })
    expect(decode(parsed.attachments[0]?.content ?? new Uint8Array())).toBe(patch.content)
    expect(parsed.attachments[0]).toMatchObject({ name: 'fix.patch', type: 'text/x-patch' })
  })

  it('marks what a program wrote, and nothing else', async () => {
    expect(
      decode(await composeMail({ ...letter, automatic: true }, { ...envelope, automatic: 'auto-replied' })),
    ).toContain('\r\nAuto-Submitted: auto-replied\r\n')
    expect(decode(await composeMail({ ...letter, automatic: true }, envelope))).toContain(
      '\r\nAuto-Submitted: auto-generated\r\n',
    )
    expect(decode(await composeMail(letter, { ...envelope, automatic: 'auto-replied' }))).not.toContain(
      'Auto-Submitted',
    )
  })

  it.each([
    '\r\nBcc: eve@evil.example',
    '\nBcc: eve@evil.example',
    '\rBcc: eve@evil.example',
    '\u2028Bcc: eve@evil.example',
    '\u0085Bcc: x',
    '\r\n\r\n<html>',
    '=?utf-8?q?=0D=0ABcc:_eve@evil.example?=',
  ])('lets %j add no line to the header', async (hostile) => {
    const raw = decode(
      await composeMail(
        {
          ...letter,
          subject: `x${hostile}`,
          attachments: [{ ...patch, filename: `a${hostile}.patch`, contentType: `text/plain${hostile}` }],
        },
        {
          ...envelope,
          from: { ...envelope.from, name: `Ana${hostile}` },
          inReplyTo: `<a@b>${hostile}`,
          references: [`<a@b ${hostile}>`],
        },
      ),
    )
    const { headers, partTypes } = await parse(new TextEncoder().encode(raw))
    expect([...headers.keys()].toSorted()).toEqual([
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'reply-to',
      'subject',
      'to',
    ])
    expect(partTypes).toHaveLength(2)
  })

  it.each([
    ['to', 'rae@reporter.example, eve@evil.example'],
    ['to', 'rae@reporter.example\r\nBcc: eve@evil.example'],
    ['replyTo', 'Eve <eve@evil.example>'],
    ['to', ''],
  ])('refuses %s "%s"', async (field, address) => {
    await expect(composeMail(letter, { ...envelope, [field]: address })).rejects.toMatchObject({ code: 'bad-address' })
  })

  it('refuses an invalid Message-ID', async () => {
    await expect(composeMail(letter, { ...envelope, messageId: '<a@b>\r\nX: y' })).rejects.toMatchObject({
      code: 'bad-message-id',
    })
  })

  it('keeps the header of a long conversation short', async () => {
    const references = Array.from({ length: 500 }, (_, at) => `<${at}@reporter.example>`)
    const parsed = await parse(await composeMail(letter, { ...envelope, references }))
    expect(parsed.references).toHaveLength(20)
    expect([parsed.references[0], parsed.references.at(-1)]).toEqual(['<0@reporter.example>', '<499@reporter.example>'])
  })
})
