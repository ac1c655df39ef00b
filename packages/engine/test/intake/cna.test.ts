import { armoredPublicKey, createKey, parse } from '@embargo/mail'
import { DAY, later } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { pinKeys } from '../../src/keys/pinned-keys.ts'
import { CASE, createHouse, mailBytes, policyOf, START } from '../house.ts'
import type { House } from '../house.ts'
import { submit } from '../story.ts'

const CNA = 'cna@foundation.example'
const TEXT = 'Please assign a CVE id to a vulnerability in Quillmark.'

function ofFoundation(parties: Policy['parties'] = []): Policy {
  const policy = policyOf({ parties })
  const cna = { cve: 'other', cna: { address: CNA } } as const
  return { ...policy, projects: policy.projects.map((project) => ({ ...project, ...cna })) }
}

/** A case for which the CNA was asked for an id by mail. */
async function asked(policy = ofFoundation()): Promise<House> {
  const house = createHouse({ policy })
  await house.receive()
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
  const { blob: text, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode(TEXT))
  await submit(house, 'ana', { verb: 'reply', case: CASE, to: { vendor: CNA }, text, sha256 })
  await house.drain()
  return house
}

function sentToCna(house: House): Uint8Array {
  const sent = house.relay.mails.filter(({ envelopeTo }) => envelopeTo === CNA)
  const [only] = sent
  if (only === undefined || sent.length > 1) throw new Error(`${sent.length} mails were sent to the CNA`)
  return only.raw
}

async function answers(house: House, from: string): Promise<void> {
  const { headers } = await parse(sentToCna(house))
  const to = /<?([^<>]+@[^<>]+)>?$/u.exec(headers.get('reply-to')?.[0] ?? '')?.[1] ?? ''
  await house.receive({ to, envelopeFrom: from }, mailBytes({ from, to, body: 'It is CVE-1900-0042.' }))
}

describe('a request for a CVE id by mail', () => {
  it('is sent once, and its answer is recorded in the case as the CNA’s', async () => {
    const house = await asked()
    expect((await parse(sentToCna(house))).text).toContain(TEXT)
    await answers(house, CNA)
    expect((await house.caseState()).messages.at(-1)).toMatchObject({ from: 'vendor', vendor: CNA })
  })

  it('accepts an answer from nobody else, even after the request has ended', async () => {
    const house = await asked()
    await submit(house, 'ana', { verb: 'cve.reject', case: CASE, reason: 'It is no vulnerability.' })
    await answers(house, 'eve@elsewhere.example')
    expect((await house.caseState()).messages.at(-1)).toMatchObject({ from: 'unverified', vendor: CNA })
  })

  it('is encrypted if the policy has a key of the CNA', async () => {
    const theirs = await createKey({ name: 'CNA', address: CNA, at: START - DAY, expiresAt: START + 365 * DAY })
    const parties = [{ name: 'Foundation', address: CNA, key: await armoredPublicKey(theirs) }]
    const { policy } = await pinKeys(ofFoundation(parties), START)
    const house = await asked(policy)
    const raw = sentToCna(house)
    expect(Buffer.from(raw).toString('utf8')).not.toContain(TEXT)
    const keyring = { own: async () => [theirs.secret], find: async () => [] }
    const mail = await parse(raw, { keyring, at: house.clock.now() })
    expect([mail.protection.encryption, mail.text.includes(TEXT)]).toEqual(['openpgp', true])
  })

  it('waits when the key of the CNA has expired, and says whose key it is and what to do', async () => {
    const theirs = await createKey({ name: 'CNA', address: CNA, at: START - 365 * DAY, expiresAt: START - 1_000 })
    const parties = [{ name: 'Foundation', address: CNA, key: await armoredPublicKey(theirs) }]
    const { policy } = await pinKeys(ofFoundation(parties), later(START, -DAY))
    const house = await asked(policy)
    expect(house.relay.mails.some(({ envelopeTo }) => envelopeTo === CNA)).toBe(false)
    expect((await house.caseState()).parked.at(-1)?.because).toBe(
      `The key of Foundation (…${theirs.fingerprint.slice(-4)}) has expired. Put their new key into the policy (key), and send this mail again.`,
    )
  })
})
