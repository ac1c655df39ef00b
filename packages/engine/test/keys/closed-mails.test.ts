import { createKey, parse, protectMail } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse, mailBytes, REPORTER, START } from '../house.ts'
import type { House } from '../house.ts'
import { submit, replyTo } from '../story.ts'
import { storeConfirmedKey } from './project-key.ts'

const YEAR = 365 * 24 * 60 * 60 * 1_000
const key = (name: string) => createKey({ name, address: REPORTER, at: START - YEAR, expiresAt: START + YEAR })
/** A foreign key. Nobody in these tests has its secret part. */
const foreign = await key('Old key of Quillmark')
const rea = await key('Rea')

const SECRET = 'Overflow in the loader'

const encrypted = (): Promise<Uint8Array> =>
  protectMail(
    mailBytes({ subject: SECRET, body: SECRET }),
    { is: 'encrypted', to: [foreign.public], signer: rea.secret },
    START,
  )

/** A mail in the form of S/MIME programs (RFC 8551 section 3.3). The subject in its header is not encrypted. */
const sMime = (): Uint8Array =>
  mailBytes({
    subject: SECRET,
    headers: [
      'MIME-Version: 1.0',
      'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
      'Content-Transfer-Encoding: base64',
    ],
    body: Buffer.from('not to be opened by anybody here').toString('base64'),
  })

/** An ordinary mail with an encrypted file. */
const withFile = (): Uint8Array =>
  mailBytes({
    subject: SECRET,
    headers: [
      'MIME-Version: 1.0',
      'Content-Type: application/octet-stream; name=report.txt.asc',
      'Content-Disposition: attachment; filename=report.txt.asc',
    ],
    body: '-----BEGIN PGP MESSAGE-----\r\n\r\nwV4D\r\n-----END PGP MESSAGE-----',
  })

async function keyed(): Promise<{
  readonly house: House
  readonly fingerprint: string
  readonly own: Uint8Array
}> {
  const house = createHouse()
  const own = await storeConfirmedKey(house)
  return { house, fingerprint: own.fingerprint, own: own.public }
}

/** An ordinary mail with a file that is encrypted to this key and signed. */
async function withFileTo(to: Uint8Array): Promise<Uint8Array> {
  const mail = await protectMail(mailBytes(), { is: 'encrypted', to: [to], signer: rea.secret }, START)
  const [file = ''] =
    /-----BEGIN PGP MESSAGE-----[^]*-----END PGP MESSAGE-----/u.exec(Buffer.from(mail).toString()) ?? []
  return mailBytes({
    subject: 'See the file',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=m'],
    body: [
      '--m',
      '',
      'See the file.',
      '--m',
      'Content-Type: application/octet-stream; name=log.txt.asc',
      'Content-Disposition: attachment',
      '',
      file,
      '--m--',
    ].join('\r\n'),
  })
}

const again = { verb: 'reply.resend', case: CASE } as const

describe('a mail that nobody here can open', () => {
  it.each([
    ['to a key that we do not have', 'no-key', encrypted, 'encrypted to a key that we do not have'],
    ['by S/MIME', 's-mime', sMime, 'encrypted with S/MIME, which we cannot read'],
    ['in a file', 'file', withFile, 'It has an encrypted file that our program cannot open'],
  ] as const)(
    '%s is kept and announced, and answered by one request, without content',
    async (_how, verdict, raw, why) => {
      const { house, fingerprint } = await keyed()
      await house.receive({}, await raw())
      const [taken] = (await house.caseState()).messages
      expect(taken?.checks?.encryption).toBe(verdict)
      await house.drain()
      await submit(house, 'ana', again)
      await house.drain()
      const sent = house.relay.mails.at(-1)
      const letter = await parse(sent?.raw ?? new Uint8Array())
      expect({ to: sent?.envelopeTo, subject: letter.subject }).toEqual({
        to: REPORTER,
        subject: `[${CASE}] About your mail`,
      })
      expect(letter.text.replaceAll('\n', ' ')).toContain(why)
      expect(letter.keys.map(({ facts }) => facts.fingerprint)).toContain(fingerprint)
      expect(Buffer.from(sent?.raw ?? []).toString()).not.toContain(SECRET)
      const before = house.relay.mails.length
      await house.ask('ana', again)
      await house.drain()
      expect(house.relay.mails).toHaveLength(before)
    },
  )

  it('and is sent again is recorded in the same case, and the first mail no longer counts as unanswered', async () => {
    const { house } = await keyed()
    await house.receive()
    await house.drain()
    await house.receive({ to: replyTo(house) }, await encrypted())
    expect((await house.caseState()).messages.at(-1)).toMatchObject({ unread: true, checks: { encryption: 'no-key' } })
    await submit(house, 'ana', again)
    expect((await house.caseState()).messages.at(-1)).not.toHaveProperty('unread')
  })
})

describe('a mail with an encrypted file that can be opened', () => {
  it('counts as encrypted, and its file is shown with what its own signature is worth', async () => {
    const { house, own } = await keyed()
    await house.receive({}, await withFileTo(own))
    const [taken] = (await house.caseState()).messages
    expect(taken?.checks).toMatchObject({ encryption: 'openpgp', signature: { is: 'part' } })
    const mail = await house.engine.queries.mail(taken?.message ?? '')
    expect(mail?.attachments).toMatchObject([
      { name: 'log.txt', type: 'text, from an encrypted file, signed with a key we don’t have' },
    ])
  })
})
