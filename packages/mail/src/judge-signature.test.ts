import { describe, expect, it } from 'vitest'
import { judgeSignature } from './judge-signature.ts'
import type { KnownKey } from './judge-signature.ts'
import type { MailProtection } from './openpgp/protection.ts'
import type { SignatureState } from './openpgp/signatures.ts'

const KEY = 'A'.repeat(40)
const OTHER = 'B'.repeat(40)
const ROBIN = { address: 'robin@sample.example' }

const signed = (
  state: SignatureState = 'good',
  more: Partial<MailProtection> = {},
  fingerprint = KEY,
): MailProtection => ({
  encryption: 'none',
  signature: 'openpgp',
  signatures: [{ state, keyId: fingerprint.slice(-16), fingerprint }],
  covers: 'all',
  ...more,
})
const key = (more: Partial<KnownKey> = {}): KnownKey => ({
  fingerprint: KEY,
  addresses: ['robin@sample.example'],
  standing: 'pinned',
  ...more,
})

describe('a good signature', () => {
  it('is the sender’s own if its key is pinned to the From address', () => {
    expect(judgeSignature(signed(), ROBIN, [key()])).toEqual({ is: 'own-key', fingerprint: KEY })
  })

  it('is not the sender’s own while nobody has pinned the key', () => {
    expect(judgeSignature(signed(), ROBIN, [key({ standing: 'carried' })])).toEqual({
      is: 'first-seen',
      fingerprint: KEY,
    })
  })

  it('another’s user id in a pinned key: a reporter’s key that names a team member’s address is not the member’s', () => {
    const ana = { address: 'ana@lantern.example' }
    expect(judgeSignature(signed(), ana, [key()])).toEqual({ is: 'another', fingerprint: KEY })
  })

  it('is an alarm if the address has another pinned key', () => {
    expect(judgeSignature(signed(), ROBIN, [key({ standing: 'carried' }), key({ fingerprint: OTHER })])).toEqual({
      is: 'changed-key',
      fingerprint: KEY,
      before: OTHER,
    })
  })

  it('by the same key as earlier mails counts as the same key, and by a new key as a changed key', () => {
    const seen = key({ standing: 'seen' })
    const fresh = key({ fingerprint: OTHER, standing: 'carried' })
    expect(judgeSignature(signed(), ROBIN, [seen, fresh])).toEqual({ is: 'same-key', fingerprint: KEY })
    expect(judgeSignature(signed('good', {}, OTHER), ROBIN, [seen, fresh])).toEqual({
      is: 'changed-key',
      fingerprint: OTHER,
      before: KEY,
    })
    const ana = { address: 'ana@lantern.example' }
    expect(judgeSignature(signed(), ana, [seen])).toEqual({ is: 'another', fingerprint: KEY })
  })

  it('proves nothing if From is not one address', () => {
    expect(judgeSignature(signed(), undefined, [key()])).toMatchObject({ is: 'another' })
  })

  it('covers only part of the mail if there is text outside of it', () => {
    expect(judgeSignature(signed('good', { covers: 'part' }), ROBIN, [key()])).toEqual({ is: 'part' })
  })

  it('good signature beside a bad one: it does not hide the bad one', () => {
    const { signatures } = signed()
    const both = signed('good', { signatures: [...signatures, { state: 'bad', keyId: '' }] })
    expect(judgeSignature(both, ROBIN, [key()])).toEqual({ is: 'bad' })
  })

  it('by a known key counts beside another by an unknown key', () => {
    const { signatures } = signed()
    const both = signed('good', { signatures: [{ state: 'unknown-key', keyId: 'C'.repeat(16) }, ...signatures] })
    expect(judgeSignature(both, ROBIN, [key()])).toEqual({ is: 'own-key', fingerprint: KEY })
  })
})

it.each(['expired-key', 'revoked-key', 'weak', 'bad'] as const)('a signature that is %s is nobody’s', (state) => {
  expect(judgeSignature(signed(state), ROBIN, [key()])).toMatchObject({ is: state })
})

it('by an unknown key differs from no signature', () => {
  expect(judgeSignature(signed('unknown-key'), ROBIN, [])).toEqual({ is: 'unknown-key', keyId: KEY.slice(-16) })
  expect(judgeSignature(signed('good', { signature: 'none', signatures: [] }), ROBIN, [])).toEqual({ is: 'none' })
})
