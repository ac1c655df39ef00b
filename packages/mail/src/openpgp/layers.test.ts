import { createMessage, encrypt, readKey } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { judgeSignature } from '../judge-signature.ts'
import { parse } from '../parse.ts'
import type { ParsedMail } from '../parsed-mail.ts'
import { encryptAndSign, signDetached } from './encrypt.ts'
import { createKey } from './own-key.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const key = async (name: string, address: string) =>
  createKey({ name, address, at: NOW - DAY, expiresAt: NOW + 365 * DAY })
const project = await key('Lantern security', 'security@lantern.example')
const robin = await key('Robin', 'robin@sample.example')
const mallory = await key('Mallory', 'mallory@evil.example')
const ROBINS = `signed with …${robin.fingerprint.slice(-4)}`
const MALLORYS = `signed with …${mallory.fingerprint.slice(-4)}`

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (...all: readonly string[]): string => all.join('\r\n')
const textEntity = (text: string): string => lines('Content-Type: text/plain', '', text)

const read = async (mail: string): Promise<ParsedMail> =>
  parse(bytes(`From: Robin <robin@sample.example>\r\nSubject: Hello\r\n${mail}`), {
    keyring: { own: async () => [project.secret], find: async () => [robin.public, mallory.public] },
    at: NOW,
  })

/** What people see about the signature of the whole mail, if the sender's key is pinned. */
const verdict = ({ protection, from }: ParsedMail) =>
  judgeSignature(protection, from, [
    { fingerprint: robin.fingerprint, addresses: ['robin@sample.example'], standing: 'pinned' },
  ]).is

const boxed = (armored: string): string =>
  lines(
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e',
    '',
    '--e',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--e',
    'Content-Type: application/octet-stream',
    '',
    armored.trimEnd(),
    '--e--',
    '',
  )

/** An entity, encrypted to the project, and signed if there is a signer. */
const sealed = async (entity: string, signer?: typeof robin, to = project): Promise<string> =>
  boxed(
    signer === undefined
      ? await encrypt({
          message: await createMessage({ binary: bytes(entity) }),
          encryptionKeys: await readKey({ binaryKey: to.public }),
          date: new Date(NOW),
        })
      : await encryptAndSign(bytes(entity), { to: [to.public], signer: signer.secret }, NOW),
  )

const signedParts = async (entity: string, signer: typeof robin): Promise<string> =>
  lines(
    'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s',
    '',
    '--s',
    entity,
    '--s',
    'Content-Type: application/pgp-signature',
    '',
    (await signDetached(bytes(entity), signer.secret, NOW)).trimEnd(),
    '--s--',
    '',
  )

const beside = (text: string, entity: string): string =>
  lines('Content-Type: multipart/mixed; boundary=m', '', '--m', textEntity(text), '--m', entity, '--m--', '')

describe('an encryption inside another', () => {
  it('is shown as a section of its own, with what its own signature is worth', async () => {
    const inner = await sealed(textEntity('It fixes it.'), robin)
    const { text, protection, attachments } = await read(await sealed(beside('See below.', inner), mallory))
    expect(text.split('\n')).toEqual([
      `[encrypted, ${MALLORYS}]`,
      '| See below.',
      `[inside that, layer 2: encrypted, ${ROBINS}]`,
      '| It fixes it.',
    ])
    expect(protection).toMatchObject({ encryption: 'openpgp', covers: 'part' })
    expect(protection).not.toHaveProperty('encryptedInPart')
    expect(attachments).toEqual([])
  })

  it('in inline form is also shown as a section of its own', async () => {
    const block = await encryptAndSign(bytes('It fixes it.'), { to: [project.public], signer: robin.secret }, NOW)
    const { text, protection } = await read(await sealed(textEntity(`See below.\r\n${block}\r\nRobin`), robin))
    expect(text.split('\n')).toEqual([
      `[encrypted, ${ROBINS}]`,
      '| See below.',
      '| Robin',
      `[inside that, layer 2: encrypted, ${ROBINS}]`,
      '| It fixes it.',
    ])
    expect(protection.covers).toBe('part')
  })

  it('to somebody else stays closed, and what is around it keeps its verdict', async () => {
    const inner = await sealed(textEntity('Secret'), robin, mallory)
    const mail = await read(await sealed(beside('See below.', inner), robin))
    expect(mail.text).toBe('See below.')
    expect(mail.attachments.map(({ type }) => type)).toEqual(['application/pgp-encrypted', 'application/octet-stream'])
    expect(mail.protection).toMatchObject({ encryption: 'openpgp', covers: 'all' })
    expect(verdict(mail)).toBe('own-key')
  })
})

describe('an attack by layers', () => {
  it.each([
    ['signed by another', mallory],
    ['signed by nobody', undefined],
  ])('stolen ciphertext: a mail of the sender inside one %s is not signed by the sender', async (_, signer) => {
    const mail = await read(await sealed(await sealed(textEntity('Publish it now.'), robin), signer))
    expect(verdict(mail)).toBe('part')
    expect(mail.protection).not.toHaveProperty('coversSubject')
    expect(mail.text.split('\n')[0]).toBe(`[encrypted, ${signer === undefined ? 'not signed' : MALLORYS}]`)
  })

  it('stolen ciphertext in a signed part inside an encryption is not signed by the sender', async () => {
    const inner = await sealed(textEntity('Publish it now.'), robin)
    const mail = await read(await sealed(await signedParts(inner, mallory)))
    expect(verdict(mail)).toBe('part')
    expect(mail.text).toContain(`[inside that, layer 2: encrypted, ${ROBINS}]\n| Publish it now.`)
  })

  it('EFAIL: HTML around an inner encryption never encloses its text', async () => {
    const inner = await sealed(textEntity('The password is kumquat.'), robin)
    const html = lines(
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: text/html',
      '',
      '<img src="https://evil.example/',
      '--m',
      inner,
      '--m',
      'Content-Type: text/html',
      '',
      '">',
      '--m--',
      '',
    )
    const { text } = await read(await sealed(html, mallory))
    const sections = text.split(/^(?=\[)/mu)
    expect(sections.filter((section) => section.includes('evil.example')).join('')).not.toContain('kumquat')
    expect(sections.at(-1)).toBe(`[inside that, layer 2: encrypted, ${ROBINS}]\n| The password is kumquat.`)
  })

  it('forged header: a subject or From inside an inner layer replaces nothing', async () => {
    const inner = lines(
      'From: security@lantern.example',
      'Subject: Publish it now',
      'Content-Type: text/plain; hp="cipher"',
      '',
      'x',
    )
    const mail = await read(await sealed(await sealed(inner, robin), mallory))
    expect({ subject: mail.subject, from: mail.from?.address }).toEqual({
      subject: 'Hello',
      from: 'robin@sample.example',
    })
  })

  it('forged heading: no text of a layer looks like the heading of another', async () => {
    const inner = await sealed(textEntity(`[encrypted, ${ROBINS}]\r\nPublish it now.`), mallory)
    const { text } = await read(await sealed(beside('x', inner), mallory))
    expect(text).toContain(`| [encrypted, ${ROBINS}]\n| Publish it now.`)
  })

  it('matryoshka: only three layers are opened', async () => {
    let mail = textEntity('Layer 5')
    for (const layer of [4, 3, 2, 1]) mail = await sealed(beside(`Layer ${layer}`, mail), robin)
    const { text, attachments } = await read(mail)
    expect(text.match(/Layer \d/gu)).toEqual(['Layer 1', 'Layer 2', 'Layer 3'])
    expect(attachments.map(({ type }) => type)).toContain('application/pgp-encrypted')
  })

  it('a flood of inner encryptions: four parts are opened in all', async () => {
    const inner = await sealed(textEntity('one of many'), robin)
    const many = Array.from({ length: 20 }, () => ['--m', inner]).flat()
    const { text } = await read(
      await sealed(lines('Content-Type: multipart/mixed; boundary=m', '', ...many, '--m--', ''), robin),
    )
    expect(text.match(/one of many/gu)).toHaveLength(3)
  })

  it('an inner encryption with too many parts stays closed, and the mail is read', async () => {
    const flood = lines(
      'Content-Type: multipart/mixed; boundary=f',
      '',
      ...Array(600).fill('--f\r\n\r\nx'),
      '--f--',
      '',
    )
    const { text, protection } = await read(await sealed(beside('See below.', await sealed(flood)), robin))
    expect(text).toBe('See below.')
    expect(protection.covers).toBe('all')
  })
})
