import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bounce, bytes, htmlOnly, mail, plain, withPatch } from '../test/samples.ts'
import { MailError } from './errors.ts'
import * as limits from './limits.ts'
import { UNPROTECTED } from './openpgp/protection.ts'
import { parse } from './parse.ts'

const code = async (raw: Uint8Array): Promise<string> =>
  parse(raw).then(
    () => 'parsed',
    (error: unknown) => (error instanceof MailError ? error.code : `escaped: ${String(error)}`),
  )

describe('parse', () => {
  it('reads sender, subject, ids, date and text', async () => {
    expect(await parse(plain)).toMatchObject({
      from: { name: 'Rae', address: 'rae@reporter.example' },
      subject: 'Prüfung of lengths',
      messageId: '<1@reporter.example>',
      date: Date.UTC(2026, 5, 2, 14),
      text: 'A long header overflows.',
      quoted: '',
      textFrom: 'plain',
      textCut: false,
      attachments: [],
      partTypes: ['text/plain'],
      protection: UNPROTECTED,
      keys: [],
    })
  })

  it('returns the types of all leaves, and the attachment with a safe name and its hash', async () => {
    const parsed = await parse(withPatch)
    expect(parsed.text).toBe('café')
    expect(parsed.partTypes).toEqual(['text/plain', 'text/html', 'text/x-patch'])
    const content = '--- a\n+++ b\n'
    expect(parsed.attachments).toMatchObject([
      {
        name: 'fix.patch',
        type: 'text/x-patch',
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      },
    ])
    expect(new TextDecoder().decode(parsed.attachments[0]?.content)).toBe(content)
  })

  it('shows where links of an HTML mail really go and fetches nothing', async () => {
    const { text, textFrom } = await parse(htmlOnly)
    expect(textFrom).toBe('html')
    expect(text).toContain('https://evil.example/')
    expect(text).not.toContain('tracker.example')
    expect(text).not.toContain('alert(1)')
    expect(text).not.toContain('p{}')
  })

  it('keeps the machine-readable parts of a delivery report (multipart/report) as attachments, never as text of the mail', async () => {
    const parsed = await parse(bounce)
    expect(parsed).toMatchObject({ type: 'multipart/report', reportType: 'delivery-status', text: 'It did not work.' })
    expect(parsed.attachments.map((part) => part.type)).toEqual(['message/delivery-status', 'message/rfc822'])
  })

  it.each([
    ['two From fields', ['From: a@example.org', 'From: b@example.org']],
    ['two mailboxes', ['From: a@example.org, b@example.org']],
    ['a group', ['From: team: a@example.org, b@example.org;']],
    ['an address in the display name only', ['From: "a@example.org" <>']],
    ['an address in brackets in the display name', ['From: "<a@example.org>" <>']],
    ['no From', ['Subject: x']],
    ['an address with a quoted local part', ['From: "a b"@example.org']],
    ['a field of a thousand mailboxes', [`From: ${'a@example.org,'.repeat(1_000).slice(0, -1)}`]],
  ])('multiple From and names that look like addresses: there is no sender for %s', async (_, header) => {
    expect((await parse(mail(...header, '', 'x'))).from).toBeUndefined()
  })

  it.each([
    ['a field name with a BOM', '\uFEFFFrom: evil@example.net'],
    ['a field name with a no-break space', '\u00A0From: evil@example.net'],
  ])('is not told another sender by %s', async (_, line) => {
    expect((await parse(mail(line, 'From: rae@reporter.example', '', 'x'))).from?.address).toBe('rae@reporter.example')
  })

  it('treats a lone CR as a line end, in the header too', async () => {
    const parsed = await parse(bytes('From: rae@reporter.example\rSubject: one\r\rtext\rmore'))
    expect(parsed).toMatchObject({ subject: 'one', text: 'text\nmore', from: { address: 'rae@reporter.example' } })
  })

  it('spells out what would be invisible in a text and drops it from subject and name', async () => {
    const parsed = await parse(
      mail(
        'From: =?utf-8?q?R=E2=80=AEae=1B?= <rae@reporter.example>',
        'Subject: =?utf-8?q?a=0D=0ABcc:_x=E2=80=AEb?=',
        'Content-Type: text/plain; charset=utf-8',
        '',
        'a\u202eb\u001b[2J',
      ),
    )
    expect(parsed.text).toBe('a<U+202E>b<U+001B>[2J')
    expect(parsed.subject).toBe('a Bcc: xb')
    expect(parsed.from?.name).toBe('Rae')
  })

  it('keeps a file byte for byte, without the line end that belongs to the delimiter', async () => {
    const patch = ['--- a', '+++ b', '-- ', '2.39']
    const { attachments, text } = await parse(
      mail(
        'From: rae@reporter.example',
        'Content-Type: multipart/mixed; boundary=b',
        '',
        '--b',
        'Content-Type: text/plain (as written)',
        '',
        'Here it is.',
        '--b',
        'Content-Type: text/x-patch; name=fix.patch',
        '',
        ...patch,
        '',
        '--b',
        'Content-Type: text/plain; name=log.txt',
        'Content-Disposition: attachment',
        'Content-Transfer-Encoding: base64',
        '',
        'YQ==',
        'Yg==',
        '--b--',
      ),
    )
    expect(text).toBe('Here it is.')
    expect(attachments.map(({ content }) => new TextDecoder().decode(content))).toEqual([`${patch.join('\n')}\n`, 'ab'])
  })

  it('shows the bytes of a mail whose structure cannot be recognised, so that nothing is hidden', async () => {
    const { text, textFrom } = await parse(
      mail('From: rae@reporter.example', 'Content-Type: multipart/mixed; boundary*0=b', '', '--x', '', 'A hole.'),
    )
    expect(textFrom).toBe('plain')
    expect(text).toContain('A hole.')
  })

  it('decodes a body by the Content-Transfer-Encoding of the mail, although other fields come after it', async () => {
    const parsed = await parse(
      mail(
        'From: rae@reporter.example',
        'Content-Transfer-Encoding: quoted-printable',
        'Content-ID: <7@x>',
        '',
        'a=3Db',
      ),
    )
    expect(parsed.text).toBe('a=b')
    expect([...parsed.headers.keys()]).toEqual(['from', 'content-transfer-encoding', 'content-id'])
  })

  it('splits the quote of our mail off a reply', async () => {
    const parsed = await parse(
      mail(
        'From: rae@reporter.example',
        'References: <a@b> junk <c@d>',
        'In-Reply-To: <c@d>',
        '',
        'Yes, fixed.',
        '',
        'On Tue, 2 Jun 2026 at 14:00, team <security@example.org> wrote:',
        '> Is it fixed?',
      ),
    )
    expect(parsed).toMatchObject({ text: 'Yes, fixed.\n', references: ['<a@b>', '<c@d>'], inReplyTo: ['<c@d>'] })
    expect(parsed.quoted).toMatch(/^On Tue[^]*> Is it fixed\?$/u)
  })

  it('cuts a wall of text and says so', async () => {
    const parsed = await parse(mail('From: rae@reporter.example', '', 'word '.repeat(limits.MAX_TEXT / 4)))
    expect(parsed.textCut).toBe(true)
    expect(parsed.text.length).toBeLessThanOrEqual(limits.MAX_TEXT)
    const html = await parse(
      bytes(`From: a@example.org\r\nContent-Type: text/html\r\n\r\n${'<p>x'.repeat(limits.MAX_HTML_TAGS + 1)}`),
    )
    expect(html.textCut).toBe(true)
  })
})

describe('oversize: parse refuses', () => {
  const nested = (depth: number): Uint8Array =>
    bytes(
      `From: a@example.org\r\n${Array.from({ length: depth }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`).join('')}\r\nx`,
    )
  const multi = (body: string): Uint8Array =>
    bytes(`From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${body}--b--\r\n`)

  it.each([
    ['more bytes than memory should hold', new Uint8Array(limits.MAX_MAIL_BYTES + 1), 'too-large'],
    ['a million empty parts', multi('--b\r\n'.repeat(100_000)), 'too-many-parts'],
    ['a matryoshka of multiparts', nested(10_000), 'too-deep'],
    ['a flood of header fields', bytes(`${'X: y\r\n'.repeat(limits.MAX_HEADER_FIELDS + 1)}\r\nx`), 'headers-too-large'],
    [
      'a field as long as a mail',
      bytes(`Subject: ${'a'.repeat(limits.MAX_HEADER_FIELD_BYTES)}\r\n\r\nx`),
      'headers-too-large',
    ],
    ['a field folded without end', bytes(`Subject: a\r\n${' a\r\n'.repeat(50_000)}\r\nx`), 'headers-too-large'],
    [
      'header bytes spread over many parts',
      multi(`--b\r\nSubject: ${'a'.repeat(4_000)}\r\n\r\nx\r\n`.repeat(200)),
      'headers-too-large',
    ],
    [
      'more attachments than a card lists',
      multi('--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n'.repeat(limits.MAX_ATTACHMENTS + 1)),
      'too-many-attachments',
    ],
    ['nothing', new Uint8Array(0), 'unparsable'],
    ['noise', Uint8Array.from({ length: 500 }, (_, at) => (at * 7919) % 256), 'unparsable'],
    ['text without a header', bytes('\r\nhello'), 'unparsable'],
  ])('%s', async (_, raw, expected) => {
    expect(await code(raw)).toBe(expected)
  })

  it('has no words of the mail in its errors', async () => {
    const secret = 'kumquat'
    const error = await parse(bytes(`Subject: ${secret.repeat(limits.MAX_HEADER_FIELD_BYTES)}\r\n\r\n`)).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(MailError)
    expect(String(error)).not.toContain(secret)
  })
})

describe('parse under hostile input', () => {
  const SEED = 18
  const corpus = [plain, withPatch, htmlOnly, bounce]
  const pieces = [
    '\r',
    '\n',
    '\r\n\r\n',
    '--b 1',
    '--b2--',
    '=?utf-8?b?',
    '?=',
    '"',
    '\\',
    '(',
    '<',
    '>',
    '\0',
    '\u00ff',
    'Content-Type: multipart/mixed; boundary=""\r\n',
    'boundary*0=b;boundary*1=2',
    '<div>',
    '&#x',
    '=\r\n',
    'From: ',
  ].map(bytes)
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(40),
    put: fc.oneof(fc.constantFrom(...pieces), fc.uint8Array({ maxLength: 12 })),
  })

  it('fuzzed structure: parses or throws a MailError, whatever is done to a mail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...corpus),
        fc.array(mutation, { minLength: 1, maxLength: 12 }),
        async (sample, mutations) => {
          let raw = sample
          for (const { at, cut, put } of mutations) {
            const from = Math.floor(at * raw.length)
            raw = new Uint8Array([...raw.subarray(0, from), ...put, ...raw.subarray(from + cut)])
          }
          expect(await code(raw)).not.toMatch(/^escaped/u)
        },
      ),
      { numRuns: 600, seed: SEED },
    )
  })

  it('parses or throws a MailError on bytes that were never a mail', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (raw) => {
        expect(await code(raw)).not.toMatch(/^escaped/u)
      }),
      { numRuns: 300, seed: SEED },
    )
  })

  // Some mail programs take quadratic time for each of these inputs. If our parser takes linear time, it ends long
  // before the test's timeout.
  it.each([
    ['open angle brackets in References', `References: ${'<'.repeat(100_000)}\r\n\r\nx`],
    ['encoded words without end', `Subject: ${'=?utf-8?q?a'.repeat(9_000)}\r\n\r\nx`],
    ['comments in comments', `From: ${'('.repeat(100_000)}\r\n\r\nx`],
    ['quote introductions', `From: a@example.org\r\n\r\n${'On 1 Jan, 10:00 a@b wrote:\r\n'.repeat(60_000)}`],
    ['unclosed tags', `Content-Type: text/html\r\n\r\n${'<div><a href="'.repeat(60_000)}`],
    ['nested tags', `Content-Type: text/html\r\n\r\n${'<b>'.repeat(330_000)}`],
    ['dashes that are no boundary', `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--a\r\n'.repeat(100_000)}`],
    ['parameters without end', `Content-Type: text/plain${';a="'.repeat(20_000)}\r\n\r\nx`],
    ['white space', `From: a@example.org\r\n\r\n${' '.repeat(1_000_000)}x`],
    ['a file name of spaces and dots', `Content-Disposition: attachment; filename="${'. '.repeat(50_000)}x"\r\n\r\nx`],
  ])('does not hang on %s', async (_, text) => {
    expect(await code(bytes(text))).not.toMatch(/^escaped/u)
  })
})
