import { unreadMails, unreadOfVendors } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { armoredPublicKey, createKey, parse } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { CASE, createHouse, mailBytes, policyOf, START } from '../house.ts'
import type { House, MailText } from '../house.ts'
import { pinKeys } from '../../src/keys/pinned-keys.ts'
import { submit, replyTo, previewOf } from '../story.ts'

const VENDOR = 'security@inkwell.example'

const stored = (house: House, text: string) => house.engine.commands.putBlob(CASE, new TextEncoder().encode(text))

const lastMail = async (house: House) => (await house.caseState()).messages.at(-1)

/** A case with a report about another vendor's software, which was forwarded to that vendor. */
async function forwarded(policy = policyOf()): Promise<House> {
  const house = createHouse({ policy })
  await house.receive()
  await submit(house, 'ana', { verb: 'ack', case: CASE })
  const theirs = { disposition: 'other-vendor', reason: 'It is in their parser.', contact: VENDOR } as const
  await submit(house, 'ana', { verb: 'triage', case: CASE, ...theirs })
  await house.drain()
  await house.receive({ to: replyTo(house), body: 'Yes, forward it.' })
  const message = (await lastMail(house))?.message
  if (message === undefined) throw new Error('the answer is not there')
  const answer = { about: 'forwarding', agreed: true, named: false } as const
  await submit(house, 'ana', { verb: 'log-answer', case: CASE, message, answer })
  const { blob: text, sha256 } = await stored(house, 'A report about your parser.')
  const request = {
    verb: 'party.forward',
    case: CASE,
    to: VENDOR,
    text,
    sha256,
    reportIn: false,
    nameIn: false,
  } as const
  const preview = previewOf(await house.engine.commands.preview(request, house.clock.now()))
  await submit(house, 'ana', { ...request, shown: { digest: preview.digest, blob: preview.blob } })
  const approve = { verb: 'approve', case: CASE } as const
  const again = previewOf(await house.engine.commands.preview(approve, house.clock.now()))
  await submit(house, 'ben', { ...approve, shown: { digest: again.digest, blob: again.blob } })
  await house.drain()
  return house
}

const sentToVendor = (house: House): readonly Uint8Array[] =>
  house.relay.mails.flatMap(({ envelopeTo, raw }) => (envelopeTo === VENDOR ? [raw] : []))

async function replyAddress(house: House): Promise<string> {
  const raw = sentToVendor(house).at(-1)
  if (raw === undefined) throw new Error('nothing was sent there')
  return /<?([^<>]+@[^<>]+)>?$/u.exec((await parse(raw)).headers.get('reply-to')?.[0] ?? '')?.[1] ?? ''
}

async function writes(house: House, from: string, mail: MailText): Promise<void> {
  const to = await replyAddress(house)
  await house.receive({ to, envelopeFrom: from }, mailBytes({ from, to, ...mail }))
}

describe('the reply address of a vendor to whom a report was forwarded', () => {
  it('marks a mail as theirs, and never as the reporter’s', async () => {
    const house = await forwarded()
    expect(await replyAddress(house)).toMatch(
      /^security\+sec-2026-0001\.v[a-z2-7]{13}\.[a-z2-7]{16}@quillmark\.example$/u,
    )
    const before = unreadMails(await house.caseState())
    await writes(house, VENDOR, { body: 'Can we ship on Monday?' })
    expect(await lastMail(house)).toMatchObject({ from: 'vendor', vendor: VENDOR })
    const state = await house.caseState()
    expect(unreadMails(state)).toEqual(before)
    expect(unreadOfVendors(state)).toEqual([VENDOR])
  })

  it('proves nothing if somebody else writes to it', async () => {
    const house = await forwarded()
    await writes(house, 'eve@elsewhere.example', { body: 'It is 4.2.' })
    expect(await lastMail(house)).toMatchObject({ from: 'unverified', vendor: VENDOR })
  })

  it('marks an automatic answer as theirs, which needs no answer', async () => {
    const house = await forwarded()
    await writes(house, VENDOR, { headers: ['Auto-Submitted: auto-replied'] })
    expect(await lastMail(house)).toMatchObject({ from: 'unverified', vendor: VENDOR, automatic: true })
    expect(unreadOfVendors(await house.caseState())).toEqual([])
  })

  it('is the address from which a person’s answer is sent to them alone', async () => {
    const house = await forwarded()
    const address = await replyAddress(house)
    await writes(house, VENDOR, { body: 'Can we ship on Monday?' })
    const { length } = house.relay.mails
    const { blob: text, sha256 } = await stored(house, 'Yes, on Monday.')
    const reply: PersonRequest = { verb: 'reply', case: CASE, to: { vendor: VENDOR }, text, sha256 }
    await submit(house, 'ana', reply)
    await house.drain()
    expect(house.relay.mails.slice(length).map(({ envelopeTo }) => envelopeTo)).toEqual([VENDOR])
    expect(await replyAddress(house)).toBe(address)
    const mail = await parse(sentToVendor(house).at(-1) ?? new Uint8Array())
    expect(mail.subject).toBe(`[${CASE}] About the report that we forwarded`)
    expect(mail.text).toContain('Yes, on Monday.')
    expect(unreadOfVendors(await house.caseState())).toEqual([])
    expect(await house.ask('ana', reply)).toMatchObject({ ok: true, note: 'This was written to them already.' })
  })

  it('gets mail that names the number under which they handle the report', async () => {
    const house = await forwarded()
    await writes(house, VENDOR, { body: 'We handle this as VU#190042.' })
    await submit(house, 'ana', { verb: 'party.reference', case: CASE, reference: 'VU#190042' })
    const { blob: text, sha256 } = await stored(house, 'Which version has your fix?')
    await submit(house, 'ana', { verb: 'reply', case: CASE, to: { vendor: VENDOR.toUpperCase() }, text, sha256 })
    await house.drain()
    const mail = await parse(sentToVendor(house).at(-1) ?? new Uint8Array())
    expect(mail.subject).toBe(`[${CASE}] About the report that we forwarded (VU#190042)`)
    expect(mail.text).toMatch(/^Your reference: VU#190042\n\nWhich version has your fix\?/u)
  })

  it('gets mail encrypted if the policy has their key', async () => {
    const day = 24 * 60 * 60 * 1_000
    const theirs = await createKey({ name: 'Inkwell', address: VENDOR, at: START - day, expiresAt: START + 365 * day })
    const parties = [{ name: 'Inkwell', address: VENDOR, key: await armoredPublicKey(theirs) }]
    const { policy } = await pinKeys(policyOf({ parties }), START)
    const house = await forwarded(policy)
    const [raw] = sentToVendor(house)
    expect(Buffer.from(raw ?? []).toString('utf8')).not.toContain('your parser')
    const keyring = { own: async () => [theirs.secret], find: async () => [] }
    const mail = await parse(raw ?? new Uint8Array(), { keyring, at: house.clock.now() })
    expect(mail.protection.encryption).toBe('openpgp')
    expect(mail.text).toContain('A report about your parser.')
  })

  it('waits when the key of the vendor has expired, and says whose key it is and what to do', async () => {
    const day = 24 * 60 * 60 * 1_000
    const theirs = await createKey({ name: 'Inkwell', address: VENDOR, at: START - day, expiresAt: START + 30 * day })
    const parties = [{ name: 'Inkwell', address: VENDOR, key: await armoredPublicKey(theirs) }]
    const { policy } = await pinKeys(policyOf({ parties }), START)
    const house = await forwarded(policy)
    const before = sentToVendor(house).length
    house.wait(31 * day)
    const { blob: text, sha256 } = await stored(house, 'Did you reproduce it?')
    await submit(house, 'ana', { verb: 'reply', case: CASE, to: { vendor: VENDOR }, text, sha256 })
    await house.drain()
    expect(sentToVendor(house)).toHaveLength(before)
    expect((await house.caseState()).parked.at(-1)?.because).toBe(
      `The key of Inkwell (…${theirs.fingerprint.slice(-4)}) has expired. Put their new key into the policy (key), and send this mail again.`,
    )
  })

  it('does not exist for a vendor to whom nothing was forwarded', async () => {
    const house = await forwarded()
    const { blob: text, sha256 } = await stored(house, 'Hello.')
    const to = { vendor: 'someone@else.example' }
    const answer = await house.ask('ana', { verb: 'reply', case: CASE, to, text, sha256 })
    expect(answer).toMatchObject({ ok: false, refusal: { because: 'Nothing was forwarded to someone@else.example.' } })
  })
})
