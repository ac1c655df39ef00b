import { createCleartextMessage, readPrivateKey, sign } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { parse } from '../parse.ts'
import type { ParsedMail } from '../parsed-mail.ts'
import { encryptAndSign } from './encrypt.ts'
import { createKey } from './own-key.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const key = async (name: string, address: string) =>
  createKey({ name, address, at: NOW - DAY, expiresAt: NOW + 365 * DAY })
const project = await key('Lantern security', 'security@lantern.example')
const robin = await key('Robin', 'robin@sample.example')
const digits = robin.fingerprint.slice(-4)

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (...all: readonly string[]): string => all.join('\r\n')

const read = async (mail: string): Promise<ParsedMail> =>
  parse(bytes(mail), { keyring: { own: async () => [project.secret], find: async () => [robin.public] }, at: NOW })

const sealedText = async (content: string): Promise<string> =>
  encryptAndSign(bytes(content), { to: [project.public], signer: robin.secret }, NOW)

describe('a text with blocks of its own', () => {
  const cleartext = async (text: string): Promise<string> =>
    sign({
      message: await createCleartextMessage({ text }),
      signingKeys: await readPrivateKey({ binaryKey: robin.secret }),
      date: new Date(NOW),
    })
  const inline = (body: string): string =>
    lines('From: robin@sample.example', 'Content-Type: text/plain', '', ...body.split(/\r?\n/u))

  it('is covered as a whole if it is one block', async () => {
    const { text, protection } = await read(inline(await cleartext('It fixes it.')))
    expect(text).toBe('It fixes it.')
    expect(protection).toMatchObject({ covers: 'all', signatures: [{ state: 'good' }] })
  })

  it('inline signature with a file: the file is not covered, and the text says so', async () => {
    const block = await cleartext('It fixes it.')
    const mail = lines(
      'From: robin@sample.example',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: text/plain',
      '',
      ...block.trimEnd().split(/\r?\n/u),
      '--m',
      'Content-Type: text/x-patch; name=fix.patch',
      'Content-Disposition: attachment; filename=fix.patch',
      '',
      'diff --git a/a b/a',
      '--m--',
      '',
    )
    const { text, protection, attachments } = await read(mail)
    expect(attachments).toHaveLength(1)
    expect(protection).toMatchObject({ covers: 'part', signatures: [{ state: 'good' }] })
    expect(text.split('\n')).toEqual([
      `[not encrypted, signed with …${digits}]`,
      '| It fixes it.',
      '[not encrypted, not signed]',
      '| Attached: fix.patch',
    ])
  })

  it.each([
    ['a form feed', 'One page.\fAnother page.', 'One page.<U+000C>Another page.'],
    ['a direction mark', 'Is \u202eit\u202c fixed?', 'Is <U+202E>it<U+202C> fixed?'],
  ])('is well signed although %s in it is spelled out for people', async (_what, words, shown) => {
    const block = (await cleartext(words)).split(/\r?\n/u)
    const head = ['From: robin@sample.example', 'Content-Type: text/plain; charset=utf-8', '']
    const { text, protection } = await read(lines(...head, ...block))
    expect(text).toBe(shown)
    expect(protection).toMatchObject({ covers: 'all', signatures: [{ state: 'good' }] })
  })

  it('is covered in part if there are words around the block', async () => {
    const { text, protection } = await read(inline(`Hello\n${await cleartext('It fixes it.')}\nPublish it.`))
    expect(protection.covers).toBe('part')
    expect(text.split('\n')).toEqual([
      '[not encrypted, not signed]',
      '| Hello',
      `[not encrypted, signed with …${digits}]`,
      '| It fixes it.',
      '[not encrypted, not signed]',
      '| Publish it.',
    ])
  })

  it('hidden headers: words among the headers of a signed block do not count as signed', async () => {
    const block = (await cleartext('It fixes it.')).replace('Hash: SHA512', 'Hash: SHA512\nComment: Publish it now.')
    const { text, protection } = await read(inline(block))
    const isShownAsSigned = protection.covers === 'all' && protection.signatures.some(({ state }) => state === 'good')
    expect(isShownAsSigned && text.includes('Publish')).toBe(false)
  })

  it('is decrypted if it is one encrypted block', async () => {
    const { text, protection } = await read(inline(await sealedText('It fixes it.')))
    expect(text).toBe('It fixes it.')
    expect(protection).toMatchObject({ encryption: 'openpgp', covers: 'all' })
    expect(protection).not.toHaveProperty('encryptedInPart')
  })

  it('is encrypted in part if there are words around the block', async () => {
    const { text, protection } = await read(inline(`The hole is in parse().\n${await sealedText('It fixes it.')}`))
    expect(protection).toMatchObject({ encryption: 'openpgp', encryptedInPart: true })
    expect(text.split('\n')).toEqual([
      '[not encrypted, not signed]',
      '| The hole is in parse().',
      `[encrypted, signed with …${digits}]`,
      '| It fixes it.',
    ])
  })

  it('keeps a block that does not end as text', async () => {
    const { text, protection } = await read(inline('-----BEGIN PGP MESSAGE-----\nx'))
    expect(text).toBe('-----BEGIN PGP MESSAGE-----\nx')
    expect(protection.encryption).toBe('none')
  })
})
