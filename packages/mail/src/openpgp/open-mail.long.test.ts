import fc from 'fast-check'
import { createCleartextMessage, readPrivateKey, sign } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { MailError } from '../errors.ts'
import { judgeSignature } from '../judge-signature.ts'
import type { KnownKey } from '../judge-signature.ts'
import { parse } from '../parse.ts'
import { mimeTree } from '../mime-tree.ts'
import type { MimePart } from '../mime-tree.ts'
import { encryptAndSign } from './encrypt.ts'
import { createKey } from './own-key.ts'
import type { OwnKey } from './own-key.ts'
import { protectMail } from './protect.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const RUNS = 1_500
const SEED = 18

const key = async (address: string) => createKey({ name: '', address, at: NOW - DAY, expiresAt: NOW + DAY })
const project = await key('security@lantern.example')
const robin = await key('robin@sample.example')
const mallory = await key('mallory@evil.example')

const KNOWN: readonly KnownKey[] = [
  { fingerprint: robin.fingerprint, addresses: ['robin@sample.example'], standing: 'pinned' },
  {
    fingerprint: mallory.fingerprint,
    addresses: ['mallory@evil.example', 'robin@sample.example'],
    standing: 'carried',
  },
]
const TEXT = 'It fixes it, the symbolic link too.'
/** A line of the header inside the signed entity. */
const SIGNED_FIELD =
  /^(?:Content-Type: text\/plain; charset=utf-8;| hp="c(?:ipher|lear)"|(?:HP-Outer: )?(?:From: Robin <robin@sample\.example>|Subject: (?:Re|\[\.\.\.\])))$/u
const FALSE_TEXT = 'Publish it now.'

const plain = (text: string, from = 'Robin <robin@sample.example>'): Uint8Array =>
  bytesOf(
    `From: ${from}\r\nSubject: Re\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`,
  )

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

const PATCH_FILE =
  'Content-Type: text/x-patch; name=fix.patch\r\nContent-Disposition: attachment\r\n\r\ndiff --git a/a b/a\r\n'

const encryptedFile = (armored: string): string =>
  `Content-Type: application/octet-stream; name=report.txt.asc\r\nContent-Disposition: attachment\r\n\r\n${armored}`

/** A mail whose text is one signed block. */
const inline = async (text: string, signer: OwnKey): Promise<string> => {
  const block = await sign({
    message: await createCleartextMessage({ text }),
    signingKeys: await readPrivateKey({ binaryKey: signer.secret }),
    date: new Date(NOW),
  })
  return textOf(plain(block.replaceAll(/\r?\n/gu, '\r\n')))
}

const bases = [
  await inline(TEXT, robin),
  textOf(await protectMail(plain(TEXT), { is: 'signed', signer: robin.secret }, NOW)),
  textOf(await protectMail(plain(TEXT), { is: 'encrypted', to: [project.public], signer: robin.secret }, NOW)),
]
/** The material of an attacker: mails that they wrote, and mails that they intercepted. */
const pieces = [
  textOf(await protectMail(plain(FALSE_TEXT), { is: 'signed', signer: mallory.secret }, NOW)),
  textOf(await protectMail(plain(FALSE_TEXT), { is: 'encrypted', to: [project.public], signer: mallory.secret }, NOW)),
  textOf(plain(FALSE_TEXT)),
  await inline(FALSE_TEXT, mallory),
  encryptedFile(await encryptAndSign(bytesOf(FALSE_TEXT), { to: [project.public], signer: mallory.secret }, NOW)),
  encryptedFile(await encryptAndSign(bytesOf(TEXT), { to: [project.public], signer: robin.secret }, NOW)),
  PATCH_FILE,
  ...bases,
]

const partsOf = (part: MimePart): readonly MimePart[] => [part, ...part.children.flatMap(partsOf)]

type Change = readonly [
  kind: 'replace' | 'before' | 'after' | 'wrap' | 'remove' | 'flip' | 'from' | 'type',
  at: number,
  piece: number,
]

/** Makes one change in a mail's tree, or to one of its bytes. */
function changed(mail: string, [kind, at, piece]: Change): string {
  const parts = partsOf(mimeTree(bytesOf(mail)))
  const part = parts[at % parts.length]
  const other = pieces[piece % pieces.length] ?? ''
  if (part === undefined) return mail
  const [before, inside, after] = [mail.slice(0, part.start), mail.slice(part.start, part.end), mail.slice(part.end)]
  switch (kind) {
    case 'replace':
      return `${before}${other}\r\n${after}`
    case 'before':
      return part.start === 0
        ? mail
        : `${before}${other}\r\n${before.slice(before.lastIndexOf('--', before.length - 3))}${inside}${after}`
    case 'after':
      return part.start === 0 ? mail : `${before}${inside}${delimiterBefore(before)}${other}\r\n${after}`
    case 'wrap':
      return `From: Robin <robin@sample.example>\r\nContent-Type: multipart/mixed; boundary=w\r\n\r\n--w\r\n${mail}\r\n--w\r\n\r\n${FALSE_TEXT}\r\n--w--\r\n`
    case 'remove':
      return before + after
    case 'flip': {
      const place = (at * 7919 + piece) % mail.length
      return mail.slice(0, place) + String.fromCharCode(mail.charCodeAt(place) ^ 1) + mail.slice(place + 1)
    }
    case 'from':
      return mail.replace(
        /From: [^\r\n]*/u,
        [
          'From: Mallory <mallory@evil.example>',
          'From: a@b.example, robin@sample.example',
          'From: "robin@sample.example" <mallory@evil.example>',
        ][piece % 3] ?? '',
      )
    case 'type':
      return mail.replace(
        /multipart\/(?:signed|encrypted)/u,
        ['multipart/mixed', 'multipart/alternative', 'multipart/related'][piece % 3] ?? '',
      )
  }
}

const delimiterBefore = (before: string): string => /--[^\r\n]+\r\n$/u.exec(before)?.[0] ?? ''

const changes = fc.array(
  fc.tuple(
    fc.constantFrom('replace', 'before', 'after', 'wrap', 'remove', 'flip', 'from', 'type'),
    fc.nat(12),
    fc.nat(5_000),
  ),
  { minLength: 1, maxLength: 4 },
)

// How long this takes depends on the number of runs, and on what else the machine does.
describe('a mail that somebody rebuilt', { timeout: 10 * 60_000 }, () => {
  it('fuzzed verdict: never shows words as signed that the sender did not sign', async () => {
    const verdicts = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.nat(bases.length - 1), changes, async (base, list) => {
        const mail = list.reduce(changed, bases[base] ?? '')
        const read = await parse(bytesOf(mail), {
          keyring: { own: async () => [project.secret], find: async () => [robin.public, mallory.public] },
          at: NOW,
        }).catch((error: unknown) => {
          if (error instanceof MailError) return undefined
          throw error
        })
        if (read === undefined) return
        const { is } = judgeSignature(read.protection, read.from, KNOWN)
        verdicts.set(is, (verdicts.get(is) ?? 0) + 1)
        if (is === 'own-key') {
          expect(read.from?.address).toBe('robin@sample.example')
          // If the structure is broken, the text can include the header of the signed entity. That header was signed
          // too.
          expect(read.text.split('\n').filter((line) => line !== '' && !SIGNED_FIELD.test(line))).toEqual([TEXT])
          expect(read.attachments.map(({ name }) => name)).not.toContain('fix.patch')
        }
      }),
      { numRuns: RUNS, seed: SEED },
    )
    // If the fuzzer never produced a verdict, the test would prove nothing about that verdict.
    expect([...verdicts.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual(
      expect.arrayContaining(['another', 'bad', 'none', 'own-key', 'part']),
    )
  })
})
