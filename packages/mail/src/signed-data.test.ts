import { describe, expect, it } from 'vitest'
import { parse } from './parse.ts'
import type { ParsedMail } from './parsed-mail.ts'

const lines = (...all: readonly string[]): string => all.join('\r\n')
const read = async (mail: string): Promise<ParsedMail> => parse(new TextEncoder().encode(mail))

/** A text that OpenSSL signed with S/MIME in one block (`openssl cms -sign -nodetach -noattr -nocerts`). */
const SIGNED_BLOCK = [
  'MIIB/AYJKoZIhvcNAQcCoIIB7TCCAekCAQExDTALBglghkgBZQMEAgEwWwYJKoZIhvcNAQcBoE4ETENvbnRlbnQtVHlwZTogdGV4dC9wbGFpbjsg',
  'Y2hhcnNldD11dGYtOA0KDQpBIGxvbmcgaGVhZGVyIG92ZXJmbG93cy4NClJvYmluDQoxggF2MIIBcgIBATBNMDUxDjAMBgNVBAMMBVJvYmluMSMw',
  'IQYJKoZIhvcNAQkBFhRyb2JpbkBzYW1wbGUuZXhhbXBsZQIUcTBPJE5VzoXBwpxNhcfbrZ7qCWcwCwYJYIZIAWUDBAIBMA0GCSqGSIb3DQEBAQUA',
  'BIIBAKrA646aukTgUuAjvKt8vVYLuP5Mqwdhd6l0aBg+n4EuwQDH0yGoH0cL/q5/snAxLZy32/TvqeUjljI/wQfw0Eba1h/nNdjOobQJm28BISjI',
  'vu645pE9XuVnOb3UqmGeR06KbJ6fAJPCnr3+/NDmZjJXzYlMQ+WPac7jYzK1QsDJEBHMcBUOmQEIersKLhOiDxMFdhMIJj+LxcbsNjVV8JDHsorv',
  '8nu81OOr29lmu8fJsUk/C4u+BMH18JsBD0tqVmiUbuCdyDxSvvk+pPtbdpek44T3wq9t+2/uRhecgBOXbf3+XLUUCkfLVX/p9w8VkzkEi833alab',
  'KA8Ygw8u+Wg=',
].join('\r\n')

const sMime = (block: string, type = 'application/pkcs7-mime; smime-type=signed-data'): string =>
  lines(
    'From: robin@sample.example',
    'Subject: Overflow',
    `Content-Type: ${type}; name=smime.p7m`,
    'Content-Transfer-Encoding: base64',
    '',
    block,
    '',
  )

const der = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([tag, 0x84]), Buffer.from(content.length.toString(16).padStart(8, '0'), 'hex'), content])

const SIGNED = Buffer.from('06092a864886f70d010702', 'hex')
const DATA = Buffer.from('06092a864886f70d010701', 'hex')

/** Signed data with this value as its content. */
const signedData = (content: Buffer): string =>
  der(
    0x30,
    Buffer.concat([
      SIGNED,
      der(
        0xa0,
        der(
          0x30,
          Buffer.concat([
            Buffer.from('020101', 'hex'),
            der(0x31, Buffer.alloc(0)),
            der(0x30, Buffer.concat([DATA, der(0xa0, content)])),
          ]),
        ),
      ),
    ]),
  ).toString('base64')

describe('a mail signed with S/MIME in one block', () => {
  it('shows its text, and is not checked', async () => {
    const { text, protection, attachments } = await read(sMime(SIGNED_BLOCK))
    expect(text).toBe('A long header overflows.\nRobin')
    expect(protection).toMatchObject({ encryption: 'none', signature: 's-mime', signatures: [], covers: 'all' })
    expect(attachments).toEqual([])
  })

  it('is recognised by what is in the block, whatever it is called', async () => {
    const { text, protection } = await read(sMime(SIGNED_BLOCK, 'application/x-pkcs7-mime'))
    expect({ text, signature: protection.signature, encryption: protection.encryption }).toEqual({
      text: 'A long header overflows.\nRobin',
      signature: 's-mime',
      encryption: 'none',
    })
  })

  it('is distinguished from an encrypted mail, which is kept as it came', async () => {
    // Empty EnvelopedData (RFC 5652 section 6.1).
    const { protection, attachments } = await read(sMime('MA8GCSqGSIb3DQEHA6ACMAA=', 'application/pkcs7-mime'))
    expect(protection).toMatchObject({ encryption: 's-mime', signature: 'none' })
    expect(attachments).toHaveLength(1)
  })
})

describe('an attack by S/MIME', () => {
  it.each([
    ['a block that ends early', Buffer.from(SIGNED_BLOCK, 'base64').subarray(0, 300).toString('base64')],
    ['bytes that are no block', 'AAAA'],
    ['values nested ten thousand deep', `${Buffer.from('3080'.repeat(10_000), 'hex').toString('base64')}`],
    [
      'a million empty values',
      signedData(Buffer.concat([Buffer.from([0x24, 0x80]), Buffer.alloc(2_000_000, '0400', 'hex')])),
    ],
    ['a text in place of the content', signedData(der(0x0c, Buffer.from('Publish it now.')))],
  ])('malformed S/MIME: %s stays closed, and shows nothing', async (_, block) => {
    const { text, protection } = await read(sMime(block))
    expect({ text, signature: protection.signature }).toEqual({ text: '', signature: 's-mime' })
  })

  it('a text in many pieces is read as one text', async () => {
    const piece = der(0x04, Buffer.from('Content-Type: text/plain\r\n\r\nHello'))
    const pieces = Buffer.concat([Buffer.from([0x24, 0x80]), piece, der(0x04, Buffer.from(', world')), Buffer.alloc(2)])
    expect((await read(sMime(signedData(pieces)))).text).toBe('Hello, world')
  })

  it('what it signs beside other text is shown apart, and never as all of the mail', async () => {
    const block = sMime(SIGNED_BLOCK)
    const mail = lines(
      'From: mallory@evil.example',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      '',
      'Publish it now.',
      '--m',
      block.slice(block.indexOf('Content-Type')),
      '--m--',
    )
    const { text, protection } = await read(mail)
    expect(protection.covers).toBe('part')
    expect(text).toContain(
      '[not encrypted, not signed]\n| Publish it now.\n[not encrypted, signed by S/MIME, not checked]\n| A long',
    )
  })
})
