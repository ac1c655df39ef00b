import type { PublicKey } from '@embargo/core'
import { armoredPublicKey, createKey, lockedCopy } from '@embargo/mail'
import type { NewKey } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { createHouse, mailBytes, policyOf, REPORTER, START } from '../house.ts'
import { UNUSABLE_KEYS } from './unusable-keys.ts'

const NORTH = 'security@north.example'

/** Opens a case with a mail that carries a key, and returns the case. */
async function caseOf(body: string, from: string, headers: readonly string[], policy = policyOf()) {
  const house = createHouse({ policy })
  await house.receive({ envelopeFrom: from }, mailBytes({ from: `K <${from}>`, headers, body }))
  return house.caseState()
}

const keptKey = (key: NewKey): PublicKey => ({
  fingerprint: key.fingerprint,
  keyIds: [],
  file: Buffer.from(key.public).toString('base64'),
})

const rea = await createKey({ name: 'Rea', address: REPORTER, at: START - 1_000, expiresAt: START + 1e10 })

describe('a key that came with a mail', () => {
  it('as an attached file is recorded', async () => {
    const parts = ['--b', '', 'My key is attached.', '--b']
    const file = ['Content-Type: application/octet-stream; name=key.asc', 'Content-Disposition: attachment', '']
    const body = [...parts, ...file, await armoredPublicKey(rea), '--b--'].join('\r\n')
    const { reports, messages } = await caseOf(body, REPORTER, ['Content-Type: multipart/mixed; boundary=b'])
    expect(reports.map(({ key }) => key?.key.value?.fingerprint)).toEqual([rea.fingerprint])
    expect(messages[0]?.checks?.keyProblem).toBeUndefined()
  })

  it.each(['revoked', 'weak', 'sign-only', 'post-quantum-only', 'version-3', 'version-5', 'unreadable'] as const)(
    'is not taken if it is %s, and its mail says so',
    async (which) => {
      const { reports, messages } = await caseOf(UNUSABLE_KEYS[which], NORTH, ['Content-Type: application/pgp-keys'])
      expect(reports.map(({ key }) => key)).toEqual([undefined])
      expect(messages[0]?.checks?.keyProblem).toBe(which)
    },
  )

  it('is suggested if it is a recipient’s or a team member’s, and not in the policy', async () => {
    for (const address of [NORTH, 'ben@quillmark.example']) {
      const key = await createKey({ name: 'K', address, at: START - 1_000, expiresAt: START + 1e10 })
      const sent = ['Content-Type: application/pgp-keys']
      const { messages } = await caseOf(await armoredPublicKey(key), address, sent)
      expect(messages[0]?.checks?.offersKey).toBe(key.fingerprint.slice(-4))
      const pinned = { ...policyOf(), publicKeys: { [address]: keptKey(key) } }
      expect((await caseOf(await armoredPublicKey(key), address, sent, pinned)).messages[0]?.checks?.offersKey).toBe(
        undefined,
      )
    }
    const { messages } = await caseOf(await armoredPublicKey(rea), REPORTER, ['Content-Type: application/pgp-keys'])
    expect(messages[0]?.checks?.offersKey).toBeUndefined()
  })

  it('is not recorded if it is private, and the record of its mail says so', async () => {
    const headers = ['Content-Type: application/octet-stream; name=key.asc', 'Content-Disposition: attachment']
    const { reports, messages } = await caseOf(await lockedCopy(rea, 'x'), REPORTER, headers)
    expect(reports.map((report) => report.key)).toEqual([undefined])
    expect(messages[0]?.checks?.keyProblem).toBe('private')
  })
})
