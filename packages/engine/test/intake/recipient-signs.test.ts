import { PROFILES } from '@embargo/core'
import { armoredPublicKey, createKey, protectMail } from '@embargo/mail'
import type { OwnKey } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { pinKeys } from '../../src/keys/pinned-keys.ts'
import { CASE, createHouse, mailBytes, policyOf, START } from '../house.ts'
import type { House } from '../house.ts'
import { NORTH_KEY, SIGNED_TEXTS } from './signed-texts.ts'
import { requestAndApprove, submit, RELEASE, untilReady } from '../story.ts'

const WEEK = 7 * 24 * 60 * 60 * 1_000
const YEAR = 365 * 24 * 60 * 60 * 1_000
const NORTH = 'security@north.example'
const NAME = { list: 'distros', recipient: 'north' }
const keyOf = (name: string) => createKey({ name, address: NORTH, at: START - YEAR, expiresAt: START + YEAR })
const north = await keyOf('North')
const eve = await keyOf('North')

/** A release about which the recipient north was notified. `key`: the key that the policy pins for north. */
async function told(key?: string): Promise<House> {
  const recipient = {
    id: 'north',
    name: 'North Linux',
    address: NORTH,
    consented: '2026-01-10',
    plaintext: 'accepted' as const,
    key: key ?? (await armoredPublicKey(north)),
  }
  const lists = [{ id: 'distros', name: 'Distributions', recipients: [recipient] }]
  const { policy } = await pinKeys(policyOf({ prenotification: { ...PROFILES.team.prenotification, lists } }), START)
  const house = createHouse({ policy })
  await untilReady(house)
  await requestAndApprove(house, { verb: 'prenotify', case: CASE, at: RELEASE })
  await house.drain()
  return house
}

/** North sends a new mail to the plain security address. It is no answer to a mail of ours. */
async function writes(house: House, subject: string, key: OwnKey): Promise<void> {
  const plain = mailBytes({ from: `North <${NORTH}>`, subject, body: 'Received.' })
  const signed = await protectMail(plain, { is: 'signed', signer: key.secret }, house.clock.now())
  await house.receive({ envelopeFrom: NORTH }, signed)
}

/**
 * A week after the pre-notification, North sends a mail to the plain security address. The mail's text is one signed
 * block, and its subject is not signed.
 */
async function sends(house: House, { subject, block }: { subject: string; block: keyof typeof SIGNED_TEXTS }) {
  house.wait(WEEK)
  const body = SIGNED_TEXTS[block].replaceAll('\n', '\r\n')
  await house.receive({ envelopeFrom: NORTH }, mailBytes({ from: `North <${NORTH}>`, subject, body }))
}

const lastMail = async (house: House) => (await house.caseState()).messages.at(-1)

describe('a recipient’s new mail, signed with their own key', () => {
  it('is recorded as theirs in the case that its subject names, and counts as the acknowledgment when a person says so', async () => {
    const house = await told()
    await writes(house, `Re: [${CASE}] the notice`, north)
    const mail = await lastMail(house)
    expect(mail).toMatchObject({ from: 'recipient', recipient: NAME, trust: 'signed-by-sender' })
    expect(mail?.checks).not.toHaveProperty('unsignedSubject')
    const release = async () => (await house.engine.queries.world(CASE))?.release?.prenotified[0]
    expect((await release())?.acknowledgedAt).toBeUndefined()
    if (mail === undefined) throw new Error('no mail')
    await submit(house, 'ana', { verb: 'log-answer.has-it', case: CASE, ...NAME, message: mail.message })
    expect((await release())?.acknowledgedAt).toBeDefined()
  })

  it('is recorded as theirs if the number is in the text that they signed', async () => {
    const house = await told(NORTH_KEY)
    await sends(house, { subject: 'Re: the notice', block: 'afterWithNumber' })
    expect(await lastMail(house)).toMatchObject({
      from: 'recipient',
      recipient: NAME,
      trust: 'signed-by-sender',
      checks: { signature: { is: 'own-key' }, unsignedSubject: true },
    })
  })

  it.each([
    ['under a new subject', { subject: `Re: [${CASE}]`, block: 'before' }],
    ['under a new subject, signed after they were told', { subject: `Re: [${CASE}]`, block: 'after' }],
    ['with the number, signed before they were told', { subject: 'Re', block: 'beforeWithNumber' }],
  ] as const)('replayed signature: a signed text %s does not get into the case', async (_how, mail) => {
    const house = await told(NORTH_KEY)
    const before = (await house.caseState()).messages.length
    await sends(house, mail)
    expect((await house.caseState()).messages).toHaveLength(before)
  })

  it('opens a case of its own if it names no case, because a recipient may report something too', async () => {
    const house = await told()
    await writes(house, 'Another hole', north)
    expect(await lastMail(house)).not.toHaveProperty('recipient')
  })

  it('attack: signed with another key in their name, is not taken for theirs and does not get into the case', async () => {
    const house = await told()
    const before = (await house.caseState()).messages.length
    await writes(house, `Re: [${CASE}] the notice`, eve)
    expect((await house.caseState()).messages).toHaveLength(before)
  })
})
