import { describe, expect, it } from 'vitest'
import { masterKeys } from './master-keys.ts'
import { openPersonal, reportersIn, sealPersonal } from './personal.ts'
import { newKey, place, seal, unseal } from './seal.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

describe('sealing', () => {
  it('lets a value be opened with its key at its place', () => {
    const key = newKey()
    const sealed = seal(key, place('a', 1), text('secret'))
    expect(Buffer.from(sealed).includes('secret')).toBe(false)
    expect(unseal(key, place('a', 1), sealed).toString()).toBe('secret')
    expect(seal(key, place('a', 1), text('secret'))).not.toEqual(sealed)
    expect(unseal(key, place('empty'), seal(key, place('empty'), text(''))).byteLength).toBe(0)
  })

  it('never uses a nonce twice', () => {
    const key = newKey()
    const sealed = Array.from({ length: 1_000 }, () => Buffer.from(seal(key, place('a'), text(''))).toString('hex'))
    expect(new Set(sealed).size).toBe(1_000)
  })

  it.each([
    ['another key', (sealed: Uint8Array) => unseal(newKey(), place('a', 1), sealed)],
    ['another place', (sealed: Uint8Array, key: Uint8Array) => unseal(key, place('a', 2), sealed)],
    [
      'a flipped bit',
      (sealed: Uint8Array, key: Uint8Array) => unseal(key, place('a', 1), sealed.with(20, (sealed[20] ?? 0) ^ 1)),
    ],
    ['a cut', (sealed: Uint8Array, key: Uint8Array) => unseal(key, place('a', 1), sealed.subarray(0, 10))],
    ['an unknown format', (sealed: Uint8Array, key: Uint8Array) => unseal(key, place('a', 1), sealed.with(0, 9))],
  ])('opens nothing with %s', (_, open) => {
    const key = newKey()
    const sealed = seal(key, place('a', 1), text('secret'))
    expect(() => open(sealed, key)).toThrow(expect.objectContaining({ code: 'damaged' }))
  })

  it('distinguishes places whose parts would be the same if they were joined', () => {
    expect(place('ab', 'c')).not.toEqual(place('a', 'bc'))
    expect(place('a', 1, 2)).not.toEqual(place('a', 12))
  })

  it('derives a key for each purpose', () => {
    const keys = masterKeys(new Uint8Array(32).fill(1))
    const all = [
      keys.streams,
      keys.reporters,
      keys.mails,
      keys.answers,
      keys.chain,
      keys.mailIds,
      keys.blobIds,
      keys.check,
      keys.macKey('a'),
      keys.macKey('b'),
    ]
    expect(new Set(all.map((key) => Buffer.from(key).toString('hex'))).size).toBe(all.length)
    expect(masterKeys(new Uint8Array(32).fill(2)).check).not.toEqual(keys.check)
  })
})

describe('personal data', () => {
  const json = {
    type: 'X',
    deep: [{ who: { $personal: 'r1', value: { name: 'Ada L.' } } }],
    other: { $personal: 'r2', value: 'Bo K.' },
    none: { $personal: 'r1', value: null },
  }
  const keys = new Map([
    ['r1', newKey()],
    ['r2', newKey()],
  ])

  it('is found wherever it is, sealed or not', () => {
    expect(reportersIn(json)).toEqual(new Set(['r1', 'r2']))
    expect(reportersIn(sealPersonal(json, ['S', 1], keys))).toEqual(new Set(['r1', 'r2']))
  })

  it('is returned completely, and as null if the key is gone', () => {
    const sealed = sealPersonal(json, ['S', 1], keys)
    // The sealed values are in base64, which contains neither spaces nor full stops. So a sealed value cannot match by
    // chance.
    expect(JSON.stringify(sealed)).not.toMatch(/Ada L\.|Bo K\./)
    expect(openPersonal(sealed, ['S', 1], keys)).toEqual(json)
    expect(openPersonal(sealed, ['S', 1], new Map([...keys].slice(1)))).toEqual({
      ...json,
      deep: [{ who: { $personal: 'r1', value: null } }],
    })
    expect(() => openPersonal(sealed, ['S', 2], keys)).toThrow(expect.objectContaining({ code: 'damaged' }))
  })

  it('is not stored at all for a reporter who was erased before', () => {
    expect(sealPersonal({ $personal: 'gone', value: 'x' }, ['S', 1], keys)).toEqual({ $personal: 'gone', value: null })
  })
})
