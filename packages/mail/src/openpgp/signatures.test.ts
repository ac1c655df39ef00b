import { generateKey, readKey, revokeKey } from 'openpgp'
import type { Key, PrivateKey, SignaturePacket } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { parse } from '../parse.ts'
import { signDetached } from './encrypt.ts'
import { createKey, extendKey } from './own-key.ts'
import type { OwnKey } from './own-key.ts'
import type { SignatureFact } from './signatures.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const MADE = NOW - 30 * DAY
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (...all: readonly string[]): string => all.join('\r\n')
const binary = (key: { write: () => Uint8Array }): Uint8Array => new Uint8Array(key.write())

/** A key that signs with a subkey. The subkey expires in `days`, or never if `days` is 0. */
const keyWithSubkey = async (days = 0): Promise<PrivateKey> => {
  const { privateKey } = await generateKey({
    userIDs: { email: 'robin@sample.example' },
    subkeys: [{ sign: true, keyExpirationTime: (days * DAY) / 1_000 }],
    date: new Date(MADE),
    format: 'object',
  })
  return privateKey
}

const withRevokedSubkey = async (key: PrivateKey, at: number): Promise<PrivateKey> => {
  const { keyPacket } = key
  const [subkey] = key.subkeys
  if (subkey === undefined || !('privateParams' in keyPacket)) throw new Error('the key has no private subkey')
  key.subkeys = [await subkey.revoke(keyPacket, { flag: 1 }, new Date(at))]
  return key
}

const signed = async (secret: Uint8Array, at: number, text = 'It fixes it.'): Promise<string> => {
  const entity = lines('Content-Type: text/plain', '', text)
  return lines(
    'From: Robin <robin@sample.example>',
    'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s',
    '',
    '--s',
    entity,
    '--s',
    'Content-Type: application/pgp-signature',
    '',
    (await signDetached(bytes(entity), secret, at)).trimEnd(),
    '--s--',
    '',
  )
}

const check = async (mail: string, keys: readonly Uint8Array[], at: number): Promise<readonly SignatureFact[]> =>
  (await parse(bytes(mail), { keyring: { own: async () => [], find: async () => keys }, at })).protection.signatures

describe('a signature by a subkey', () => {
  it('is good while the subkey is valid', async () => {
    const key = await keyWithSubkey(60)
    const facts = await check(await signed(binary(key), NOW), [binary(key.toPublic())], NOW)
    expect(facts).toMatchObject([{ state: 'good', fingerprint: key.getFingerprint().toUpperCase() }])
  })

  it('is by an expired key if the subkey expired before the mail came, although the primary key did not', async () => {
    const key = await keyWithSubkey(20)
    const mail = await signed(binary(key), MADE + 10 * DAY)
    const facts = await check(mail, [binary(key.toPublic())], NOW)
    expect(facts).toMatchObject([{ state: 'expired-key', endedAt: MADE + 20 * DAY }])
  })

  it('is by a revoked key from the day on which the subkey was revoked, and good before', async () => {
    const key = await keyWithSubkey()
    const mail = await signed(binary(key), NOW - 10 * DAY)
    const revoked = binary((await withRevokedSubkey(key, NOW - 5 * DAY)).toPublic())
    expect(await check(mail, [revoked], NOW)).toMatchObject([{ state: 'revoked-key', endedAt: NOW - 5 * DAY }])
    expect(await check(mail, [revoked], NOW - 8 * DAY)).toMatchObject([{ state: 'good' }])
  })

  it('is bad if the text was altered, whatever the state of the subkey', async () => {
    const key = await keyWithSubkey(20)
    const mail = (await signed(binary(key), MADE + 10 * DAY)).replace('It fixes it.', 'It breaks it.')
    expect(await check(mail, [binary(key.toPublic())], NOW)).toMatchObject([{ state: 'bad' }])
  })

  it('is good if the key was renewed after it signed, and the copy has only its newest own signature', async () => {
    const key = await createKey({ name: 'Robin', address: 'robin@sample.example', at: MADE, expiresAt: NOW - DAY })
    const mail = await signed(key.secret, NOW - 10 * DAY)
    const renewed = await readKey({ binaryKey: (await extendKey(key, NOW + DAY, NOW - 5 * DAY)).public })
    for (const user of renewed.users) user.selfCertifications = newest(user.selfCertifications)
    for (const subkey of renewed.subkeys) subkey.bindingSignatures = newest(subkey.bindingSignatures)
    expect(await check(mail, [binary(renewed)], NOW)).toMatchObject([{ state: 'good' }])
  })

  it('attack: a subkey that somebody else adds to their own key makes none of its signatures theirs', async () => {
    const robin = await keyWithSubkey()
    const mallory = await keyWithSubkey()
    const stolen = mallory.toPublic()
    stolen.subkeys = robin.toPublic().subkeys
    const mail = await signed(binary(robin), NOW)
    expect(await check(mail, [binary(stolen)], NOW)).toMatchObject([{ state: 'bad' }])
  })
})

describe('a key that comes with the mail that it signed', () => {
  const old = createKey({ name: 'Robin', address: 'robin@sample.example', at: MADE, expiresAt: NOW - 10 * DAY })

  it('is good if we have it as it was before its owner extended it', async () => {
    const key = await old
    const renewed = await extendKey(key, NOW + 300 * DAY, NOW - DAY)
    const mail = carrying(await signed(renewed.secret, NOW), renewed)
    expect(await check(mail, [], NOW)).toMatchObject([{ state: 'good' }])
    expect(await check(mail, [key.public], NOW)).toMatchObject([{ state: 'good', fingerprint: key.fingerprint }])
  })

  it('is still expired if the copy is the same as ours', async () => {
    const key = await old
    const mail = carrying(await signed(key.secret, NOW - 20 * DAY), key)
    expect(await check(mail, [key.public], NOW)).toMatchObject([{ state: 'expired-key', endedAt: NOW - 10 * DAY }])
  })

  it.each(['before', 'after'])('attack: a copy without the revocation, %s ours, does not undo it', async (order) => {
    const key = await old
    const renewed = await extendKey(key, NOW + 300 * DAY, NOW - DAY)
    const { publicKey } = await revokeKey({
      key: await readKey({ binaryKey: key.public }),
      revocationCertificate: key.revocationCertificate,
      format: 'binary',
    })
    const mail = carrying(await signed(renewed.secret, NOW), renewed)
    const keys = order === 'before' ? [renewed.public, publicKey] : [publicKey, renewed.public]
    expect(await check(mail, [publicKey], NOW)).toMatchObject([{ state: 'revoked-key' }])
    expect(await check(mail, keys, NOW)).toMatchObject([{ state: 'revoked-key' }])
  })

  it('attack: the revoked key of somebody else, with the same subkey, takes nothing from a good signature', async () => {
    const robin = await keyWithSubkey()
    const mallory = await keyWithSubkey()
    const mail = await signed(binary(robin), NOW)
    const stolen = await revokedKey(mallory)
    stolen.subkeys = robin.toPublic().subkeys
    for (const keys of [
      [binary(stolen), binary(robin.toPublic())],
      [binary(robin.toPublic()), binary(stolen)],
    ])
      expect(await check(mail, keys, NOW)).toMatchObject([
        { state: 'good', fingerprint: robin.getFingerprint().toUpperCase() },
      ])
  })
})

const revokedKey = async (key: PrivateKey): Promise<Key> => {
  const { publicKey } = await revokeKey({ key, date: new Date(NOW - DAY), format: 'object' })
  return publicKey
}

/** The mail, with this key in its Autocrypt header. */
const carrying = (mail: string, key: OwnKey): string =>
  `Autocrypt: addr=robin@sample.example; keydata=${Buffer.from(key.public).toString('base64')}\r\n${mail}`

const newest = (signatures: readonly SignaturePacket[]): SignaturePacket[] =>
  signatures.toSorted((a, b) => (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0)).slice(0, 1)
