import { CaseId, EffectId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { BOUNCES, RETURNED_ID } from '../test/bounces.ts'
import { bounce, bytes, macOf, mail, OWN } from '../test/samples.ts'
import { returnedMessageIds, statusInText } from './bounce.ts'
import { classify } from './classify.ts'
import { readDsn } from './dsn.ts'
import { shortMac } from './mac.ts'
import { effectMark, isMarkOf, makeReturnPath, readReturnPath } from './message-id.ts'
import { parse } from './parse.ts'

describe.each(Object.entries(BOUNCES))('a bounce of %s', (_, { raw, from, action, status }) => {
  it('is a bounce of the mail that it returns', async () => {
    const read = await parse(raw)
    const ids = returnedMessageIds(read)
    expect(ids).toEqual([RETURNED_ID])
    // A postmaster may also be a person. A postmaster's mail counts as the mail server's if it came to our return path.
    expect(classify(read, { from }, undefined, from.startsWith('postmaster') ? 'return-path' : 'returned')).toBe(
      'bounce',
    )
  })

  it('says how it went', async () => {
    const read = await parse(raw)
    const [recipient] = readDsn(read)?.recipients ?? []
    expect(recipient?.action).toBe(action)
    expect(recipient?.status ?? statusInText(read)).toBe(status)
  })
})

describe('a mail that is only built like a bounce', () => {
  const dsn = [
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    '',
    'A crafted bounce crashes the reader of bounces.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Action: failed',
    '--b--',
  ]

  it.each([
    ['a delivery report', dsn],
    ['a report with a delivery status attached', ['Content-Type: multipart/mixed; boundary=b', ...dsn.slice(1)]],
    ['a field that Exim writes', ['X-Failed-Recipients: a@example.org', '', 'text']],
    ['the words of one', ['Subject: Undelivered Mail Returned to Sender', '', '550 5.1.1 user unknown']],
    ['another name for the sender', ['Sender: MAILER-DAEMON@mx.example', '', 'text']],
  ])('and came from a person’s address is that person’s mail: %s', async (_, lines) => {
    expect(classify(await parse(mail('From: rae@reporter.example', ...lines)), { from: 'rae@reporter.example' })).toBe(
      'mail',
    )
  })

  it('is a bounce if its return path is empty', async () => {
    const read = await parse(mail('From: rae@reporter.example', ...dsn))
    expect(classify(read, { from: '' })).toBe('bounce')
  })

  it('is an automatic answer if it quotes our mail and says that it was sent automatically', async () => {
    const read = await parse(
      mail('From: rae@reporter.example', 'Auto-Submitted: auto-replied', '', 'Away.', `Message-ID: ${RETURNED_ID}`),
    )
    expect(classify(read, { from: '' }, undefined, 'returned')).toBe('automatic')
  })

  it('and that a person sent to our return path is left to people', async () => {
    const read = await parse(mail('From: rae@reporter.example', '', 'Is this the right address?'))
    expect(classify(read, { from: 'rae@reporter.example' }, undefined, 'return-path')).toBe('mail')
  })
})

describe('the Message-IDs that a mail returns', () => {
  it('are few, however many it has', async () => {
    const read = await parse(mail('From: rae@reporter.example', '', ...Array<string>(5_000).fill('Message-ID: <a@b>')))
    expect(returnedMessageIds(read)).toHaveLength(20)
  })

  it('are fields, not words', async () => {
    const read = await parse(
      mail('From: rae@reporter.example', '', `The mail ${RETURNED_ID} has the Message-ID: ${RETURNED_ID}`),
    )
    expect(returnedMessageIds(read)).toEqual([])
  })
})

describe('the status in a text', () => {
  it.each([
    ['550 5.1.1 unknown', '5.1.1'],
    ['(#4.4.1)', '4.4.1'],
    ['version 4.5.1.2 at 192.0.5.1', ''],
    ['nothing', ''],
  ])('%s', (text, status) => {
    expect(statusInText({ text })).toBe(status)
  })
})

describe('readDsn', () => {
  it('reads the status of each recipient', async () => {
    expect(readDsn(await parse(bounce))).toEqual({
      recipients: [
        {
          recipient: 'rae@reporter.example',
          final: 'rae@reporter.example',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 unknown',
        },
      ],
    })
  })

  it('distinguishes recipients for whom delivery succeeded, is delayed, or failed', () => {
    const content = bytes(
      [
        'Reporting-MTA: dns; mx.example\n',
        'Original-Recipient: rfc822;rae@reporter.example\nFinal-Recipient: rfc822;rae@home.example\nAction: delayed\nStatus: 4.2.2\n',
        'Final-Recipient: rfc822;kim@home.example\nAction: delivered\nStatus: 2.0.0\n',
        'Final-Recipient: rfc822;old@home.example\nAction: failed\nStatus: 5.1.1\n',
      ].join('\n'),
    )
    const report = readDsn({
      attachments: [{ name: 'x', type: 'message/delivery-status', bytes: 0, sha256: '', content }],
    })
    expect(
      report?.recipients.map(({ recipient, final, action, status }) => [recipient, final, action, status]),
    ).toEqual([
      ['rae@reporter.example', 'rae@home.example', 'delayed', '4.2.2'],
      ['kim@home.example', 'kim@home.example', 'delivered', '2.0.0'],
      ['old@home.example', 'old@home.example', 'failed', '5.1.1'],
    ])
  })

  it('reads nothing from a mail that is not a delivery report', async () => {
    expect(readDsn(await parse(mail('From: rae@reporter.example', '', 'text')))).toBeUndefined()
  })

  it('reads an empty or wrong report as a report of nothing', () => {
    const content = bytes(
      `\n\nAction: exploded\nStatus: ${'9'.repeat(1_000)}\n\n${'Final-Recipient: x\n\n'.repeat(1_000)}`,
    )
    const report = readDsn({
      attachments: [{ name: 'x', type: 'message/delivery-status', bytes: content.length, sha256: '', content }],
    })
    expect(report?.recipients[0]).toEqual({ recipient: '', final: '', action: 'unknown', status: '' })
    expect(report?.recipients).toHaveLength(50)
  })
})

describe('return path', () => {
  const mac = macOf('key')
  const effect = EffectId.parse('SEC-2026-0042/9/receipt')
  const other = EffectId.parse('SEC-2026-0042/10/receipt')
  const own = OWN[0] ?? ''
  const pathOf = (number: string, address = own): string | undefined =>
    makeReturnPath({ case: CaseId.parse(number), effect, own: address }, mac)

  it.each(['SEC-2026-0042', 'SEC-2026-0001', 'Q2-2031-12345'])('of %s names the exact mail, in any case', (number) => {
    const path = pathOf(number) ?? ''
    const read = readReturnPath(path.toUpperCase(), OWN, mac)
    expect(read).toMatchObject({ case: number, valid: true })
    expect([isMarkOf(read?.mark ?? '', effect), isMarkOf(read?.mark ?? '', other)]).toEqual([true, false])
  })

  it('has at most 64 characters before the @ even after a forwarding server rewrote it', () => {
    for (const address of ['security@quillmark.example', 'psirt@lists.sample.example'])
      expect(
        `SRS0=abcd=xy=${address.split('@')[1]}=${pathOf('SEC-2026-0042', address)?.split('@')[0]}`.length,
      ).toBeLessThanOrEqual(64)
  })

  it('is not made if the address leaves no room for it', () => {
    expect(pathOf('SEC-2026-0042', 'security@security.quillmark.example')).toBeUndefined()
    expect(pathOf('SEC-2026-1234567890')).toBeUndefined()
  })

  it('return-path guessing: one that a stranger makes up does not verify', () => {
    const path = pathOf('SEC-2026-0042') ?? ''
    for (const guess of [
      path.replace('-42@', '-43@'),
      path.replace(/b.{6}/u, 'baaaaaa'),
      path.replace(/.{8}sec/u, 'aaaaaaaasec'),
    ])
      expect(readReturnPath(guess, OWN, mac)).toMatchObject({ valid: false })
    expect(readReturnPath(path, OWN, macOf('other'))).toMatchObject({ valid: false })
  })

  it('is read even in the long form that earlier versions of Embargo used', () => {
    const text = `sec-2026-0042.${effectMark(effect)}`
    const former = `security+b.${text}.${shortMac(mac, `bounce:${text}`)}@example.org`
    expect(readReturnPath(former, OWN, mac)).toEqual({ case: 'SEC-2026-0042', mark: effectMark(effect), valid: true })
    expect(isMarkOf(effectMark(effect), effect)).toBe(true)
  })

  it.each(['security@example.org', 'security+b@example.org', 'security+baaaaaaaaaaaaaaA-b-c@example.org', 'x'])(
    'is not recognised in %s',
    (address) => {
      expect(readReturnPath(address, OWN, mac)).toBeUndefined()
    },
  )
})
