import { generateKey, revokeKey } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { createKey } from './own-key.ts'
import { parsedKey, parsedKeys, parsedPrivateKey } from './parsed-keys.ts'

const NOW = Date.UTC(2026, 5, 1)
const DAY = 24 * 60 * 60 * 1_000
const keyOf = async (address: string) => createKey({ name: 'Robin', address, at: NOW, expiresAt: NOW + DAY })

describe('a key that was parsed before', () => {
  it('is not parsed again, so that its own signatures are checked once', async () => {
    const { public: bytes, secret, fingerprint } = await keyOf('robin@sample.example')
    const first = await parsedKey(bytes)
    expect(first.getFingerprint().toUpperCase()).toBe(fingerprint)
    expect(await parsedKey(Uint8Array.from(bytes))).toBe(first)
    expect(await parsedPrivateKey(Uint8Array.from(secret))).toBe(await parsedPrivateKey(secret))
  })

  it('never stands for other bytes', async () => {
    const robin = await keyOf('robin@sample.example')
    const kim = await keyOf('kim@sample.example')
    const both = Buffer.concat([robin.public, kim.public])
    expect((await parsedKeys(both)).map((key) => key.getFingerprint().toUpperCase())).toEqual([
      robin.fingerprint,
      kim.fingerprint,
    ])
    expect((await parsedKey(robin.public)).getFingerprint().toUpperCase()).toBe(robin.fingerprint)
    expect((await parsedKey(kim.public)).getFingerprint().toUpperCase()).toBe(kim.fingerprint)
  })

  it('is parsed again if it has a revocation, which the library would apply to earlier times too', async () => {
    const key = await keyOf('robin@sample.example')
    const { privateKey } = await revokeKey({
      key: await parsedPrivateKey(key.secret),
      date: new Date(NOW),
      format: 'object',
    })
    const revoked = new Uint8Array(privateKey.toPublic().write())
    expect(await parsedKey(revoked)).not.toBe(await parsedKey(revoked))
  })

  it('attack: a large key does not stay in memory', async () => {
    const userIDs = Array.from({ length: 120 }, (_, n) => ({ email: `robin-${n}@sample.example` }))
    const { publicKey } = await generateKey({ userIDs, date: new Date(NOW), format: 'object' })
    const large = new Uint8Array(publicKey.write())
    expect(await parsedKey(large)).not.toBe(await parsedKey(large))
  })
})
