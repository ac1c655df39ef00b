import { describe, expect, it } from 'vitest'
import {
  createMessage,
  encrypt,
  generateKey,
  readKey,
  readSignature,
  revokeKey,
  SecretKeyPacket,
  verify,
} from 'openpgp'
import { unarmored } from './armor.ts'
import { decryptMessage } from './decrypt.ts'
import { encryptAndSign, signDetached } from './encrypt.ts'
import { readPublicKeys, refreshKey } from './key-facts.ts'
import { armoredPublicKey, createKey, extendKey, importKey, lockedCopy } from './own-key.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (content: Uint8Array): string => new TextDecoder().decode(content)

const project = await createKey({
  name: 'Lantern security',
  address: 'security@lantern.example',
  at: NOW - 30 * DAY,
  expiresAt: NOW + 30 * DAY,
})
const robin = await createKey({
  name: 'Robin',
  address: 'robin@sample.example',
  at: NOW - 30 * DAY,
  expiresAt: NOW + DAY,
})
const find = async (): Promise<readonly Uint8Array[]> => [robin.public]
const nobody = async (): Promise<readonly Uint8Array[]> => []

describe('a detached signature', () => {
  it('is over exactly the bytes of a file, whatever its line ends are', async () => {
    const armoredSignature = await signDetached(bytes('{\n  "a": 1\n}\n'), robin.secret, NOW)
    const isGood = async (file: string) => {
      const { signatures } = await verify({
        message: await createMessage({ binary: bytes(file) }),
        signature: await readSignature({ armoredSignature }),
        verificationKeys: await readKey({ binaryKey: robin.public }),
        date: new Date(NOW),
      })
      return Promise.all(signatures.map(({ verified }) => verified.catch(() => false)))
    }
    expect(await isGood('{\n  "a": 1\n}\n')).toEqual([true])
    expect(await isGood('{\r\n  "a": 1\r\n}\r\n')).toEqual([false])
    expect(await isGood('{\n  "a": 2\n}\n')).toEqual([false])
  })
})

describe('a message', () => {
  const sealed = encryptAndSign(bytes('It fixes it.'), { to: [project.public], signer: robin.secret }, NOW)

  it('is decrypted with our key, and its signature is checked with the author’s key', async () => {
    const opened = await decryptMessage(bytes(await sealed), { own: async () => [project.secret], find }, NOW)
    expect(opened.is === 'decrypted' && text(opened.content)).toBe('It fixes it.')
    expect(opened.is === 'decrypted' && opened.signatures).toEqual([
      { state: 'good', keyId: robin.fingerprint.slice(-16), fingerprint: robin.fingerprint, signedAt: NOW },
    ])
  })

  it('has a signature of an unknown key if we do not have the author’s key', async () => {
    const opened = await decryptMessage(bytes(await sealed), { own: async () => [project.secret], find: nobody }, NOW)
    expect(opened.is === 'decrypted' && opened.signatures.map(({ state }) => state)).toEqual(['unknown-key'])
  })

  it('has a good signature even if the author’s clock is some minutes ahead of ours', async () => {
    const opened = await decryptMessage(
      bytes(await sealed),
      { own: async () => [project.secret], find },
      NOW - 5 * 60_000,
    )
    expect(opened.is === 'decrypted' && opened.signatures.map(({ state }) => state)).toEqual(['good'])
    const kim = await createKey({ name: 'Kim', address: 'kim@other.example', at: NOW, expiresAt: NOW + DAY })
    const byKim = await encryptAndSign(bytes('hello'), { to: [project.public], signer: kim.secret }, NOW)
    const read = await decryptMessage(
      bytes(byKim),
      { own: async () => [project.secret], find: async () => [kim.public] },
      NOW - 60_000,
    )
    expect(read.is === 'decrypted' && read.signatures.map(({ state }) => state)).toEqual(['good'])
  })

  it('cannot be read with another key', async () => {
    expect(await decryptMessage(bytes(await sealed), { own: async () => [robin.secret], find }, NOW)).toEqual({
      is: 'unreadable',
      because: 'no-key',
    })
  })

  it('counts as signed with an expired key once the key has expired', async () => {
    const opened = await decryptMessage(bytes(await sealed), { own: async () => [project.secret], find }, NOW + 2 * DAY)
    expect(opened.is === 'decrypted' && opened.signatures.map(({ state, endedAt }) => [state, endedAt])).toEqual([
      ['expired-key', NOW + DAY],
    ])
  })

  it('counts as signed with a revoked key, since the revocation, once the key is revoked', async () => {
    const { publicKey } = await revokeKey({
      key: await readKey({ binaryKey: robin.public }),
      revocationCertificate: robin.revocationCertificate,
      format: 'binary',
      date: new Date(NOW),
    })
    const revoked = async () => [publicKey]
    const opened = await decryptMessage(bytes(await sealed), { own: async () => [project.secret], find: revoked }, NOW)
    expect(opened.is === 'decrypted' && opened.signatures).toMatchObject([
      { state: 'revoked-key', endedAt: NOW - 30 * DAY },
    ])
  })

  it('many session keys: each tried with our key, leave the message closed', async () => {
    const recipient = await readKey({ binaryKey: project.public })
    const encryptionKeys = Array.from({ length: 60 }, () => recipient)
    const message = await createMessage({ text: 'It fixes it.' })
    const many = await encrypt({ message, encryptionKeys, wildcard: true, date: new Date(NOW) })
    expect(await decryptMessage(bytes(many), { own: async () => [project.secret], find }, NOW)).toEqual({
      is: 'unreadable',
      because: 'too-large',
    })
  })

  it('is damaged when a byte of it changed', async () => {
    const whole = (await unarmored(bytes(await sealed))) ?? new Uint8Array(0)
    const changed = whole.map((byte, at) => (at === whole.length - 30 ? byte ^ 1 : byte))
    expect(await decryptMessage(changed, { own: async () => [project.secret], find }, NOW)).toMatchObject({
      is: 'unreadable',
    })
  })
})

describe('a key of ours', () => {
  it('is exported under a passphrase, and can be imported with it', async () => {
    const copy = await lockedCopy(project, 'correct horse')
    expect(await importKey(bytes(copy), 'wrong', NOW)).toEqual({ is: 'refused', because: 'wrong-passphrase' })
    const back = await importKey(bytes(copy), 'correct horse', NOW)
    expect(back).toMatchObject({
      is: 'imported',
      key: { fingerprint: project.fingerprint },
      can: { decrypts: true, signs: true, extends: true },
    })
  })

  it('is extended, and earlier signatures stay good', async () => {
    const before = await encryptAndSign(bytes('hello'), { to: [project.public], signer: robin.secret }, NOW)
    const longer = await extendKey(robin, NOW + 400 * DAY, NOW)
    expect(longer.fingerprint).toBe(robin.fingerprint)
    const later = NOW + 300 * DAY
    const opened = await decryptMessage(
      bytes(before),
      { own: async () => [project.secret], find: async () => [longer.public] },
      later,
    )
    expect(opened.is === 'decrypted' && opened.signatures.map(({ state }) => state)).toEqual(['good'])
  })

  it('is refused if it cannot sign, because every encrypted mail is signed', async () => {
    const { privateKey } = await generateKey({
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: { email: 'security@lantern.example' },
      date: new Date(NOW),
      format: 'object',
    })
    // This key signs only with its primary key, and the secret part of the primary key is removed here. GnuPG can
    // export a key in this form.
    if (privateKey.keyPacket instanceof SecretKeyPacket) privateKey.keyPacket.makeDummy()
    expect(await importKey(new Uint8Array(privateKey.write()), undefined, NOW)).toEqual({
      is: 'refused',
      because: 'cannot-sign',
    })
  })

  it('refuses a public key', async () => {
    expect(await importKey(robin.public, undefined, NOW)).toEqual({ is: 'refused', because: 'public-only' })
  })
})

describe('a key of somebody else', () => {
  it('says which names and addresses it claims, and until when it can be encrypted to', async () => {
    const read = await readPublicKeys(bytes(await armoredPublicKey(robin)), NOW)
    expect(read.is === 'keys' && read.keys.map(({ facts }) => facts)).toMatchObject([
      {
        fingerprint: robin.fingerprint,
        userIds: [{ name: 'Robin', address: 'robin@sample.example' }],
        createdAt: NOW - 30 * DAY,
        expiresAt: NOW + DAY,
        canEncrypt: true,
      },
    ])
  })

  it('is expired after its last day', async () => {
    const read = await readPublicKeys(robin.public, NOW + 2 * DAY)
    expect(read.is === 'keys' && read.keys.map(({ facts }) => facts.problem)).toEqual(['expired'])
  })

  it('is for signing only without a subkey to encrypt to', async () => {
    const { publicKey } = await generateKey({
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: { email: 'kim@other.example' },
      subkeys: [{ sign: true }],
      date: new Date(NOW),
      format: 'binary',
    })
    const read = await readPublicKeys(publicKey, NOW)
    expect(read.is === 'keys' && read.keys.map(({ facts }) => facts)).toMatchObject([
      { canEncrypt: false, problem: 'sign-only' },
    ])
  })

  it.each([
    ['many subkeys', { userIDs: { email: 'kim@other.example' }, subkeys: Array.from({ length: 60 }, () => ({})) }],
    ['many user ids', { userIDs: Array.from({ length: 300 }, (_, at) => ({ email: `kim${at}@other.example` })) }],
  ])('%s: a key with them, which takes long to check, is refused', async (_what, more) => {
    const { publicKey } = await generateKey({ ...more, date: new Date(NOW), format: 'binary' })
    expect(await readPublicKeys(publicKey, NOW)).toEqual({ is: 'unusable', because: 'too-large' })
  })

  it('many subkeys: those that are added with each new copy, do not get into the key that we have', async () => {
    const { privateKey } = await generateKey({
      userIDs: { email: 'kim@other.example' },
      subkeys: [{ sign: true }],
      date: new Date(NOW),
      format: 'object',
    })
    let copy = privateKey
    for (let added = 0; added < 60; added += 1) copy = await copy.addSubkey({ date: new Date(NOW) })
    const kept = new Uint8Array(privateKey.toPublic().write())
    const { bytes: refreshed, facts } = await refreshKey(kept, new Uint8Array(copy.toPublic().write()), NOW)
    expect({ refreshed, canEncrypt: facts.canEncrypt }).toEqual({ refreshed: kept, canEncrypt: false })
  })

  it.each([
    ['is no key', bytes('hello'), 'no-key'],
    ['is a private key', robin.secret, 'private'],
    ['is of version 5', Uint8Array.of(0xc6, 0x07, 5, 0, 0, 0, 0, 1, 0), 'version-5'],
    ['is cut off', robin.public.subarray(0, 40), 'no-key'],
  ])('is refused when it %s', async (_why, block, because) => {
    expect(await readPublicKeys(block, NOW)).toEqual({ is: 'unusable', because })
  })
})
