import { CaseId, DAY, later } from '@embargo/core'
import { extendKey, MailError } from '@embargo/mail'
import type { NewKey } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { createDigest } from '../../src/index.ts'
import { createMemorySettings } from '../fakes/small-ports.ts'
import { CASE, createHouse, mailBytes, policyOf, REPORTER, START } from '../house.ts'
import { submit, replyTo, passTime } from '../story.ts'
import {
  replyToReporter,
  autocrypt,
  digits,
  keyedHouse,
  keyOf,
  openLastMail,
  otherKey,
  lastMailSource,
  rea,
  report,
  signaturesOf,
  waitingMail,
  sendProtectedMail,
  YEAR,
} from './keyed-house.ts'
import { storeProjectKey } from './project-key.ts'

describe('the key of a reporter', () => {
  it('that came with their first mail is recorded as first seen, and later mails as signed with the same key', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    expect(report(await at.house.caseState()).key).toEqual({
      key: { $personal: expect.anything(), value: expect.objectContaining({ fingerprint: rea.fingerprint }) },
    })
    await sendProtectedMail(at, { to: replyTo(at.house), body: 'It is version 4.' })
    const state = await at.house.caseState()
    expect(signaturesOf(state)).toEqual(['first-seen', 'same-key'])
    expect(state.messages.at(-1)).toMatchObject({ from: 'reporter', trust: 'nothing-proven' })
    expect(at.house.events().filter((type) => type.startsWith('ReporterKey'))).toEqual(['ReporterKeySeen'])
  })

  it('is recorded outside of personal data only by its last digits', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await sendProtectedMail(at, { key: otherKey, body: 'Once more.' })
    const recorded = [...at.house.memory.streams.values()].flat().map(({ event }) => event)
    const withoutPersonal = JSON.stringify(recorded, (_, value: unknown) =>
      typeof value === 'object' && value !== null && '$personal' in value ? '' : value,
    )
    expect(recorded.length).toBeGreaterThan(2)
    for (const key of [rea, otherKey]) expect(withoutPersonal).not.toContain(key.fingerprint.slice(-8))
  })

  it('that came with an unsigned mail is recorded too', async () => {
    const at = await keyedHouse()
    await at.house.receive({}, mailBytes({ headers: [autocrypt(rea)] }))
    expect(report(await at.house.caseState()).key?.key.value?.fingerprint).toBe(rea.fingerprint)
  })

  it('counts as theirs only once a person has compared its fingerprint', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    const pin = (last: string) => at.house.ask('ana', { verb: 'key.pin', case: CASE, digits: last })
    expect(await pin(rea.fingerprint.slice(-7))).toMatchObject({ ok: false })
    expect(await pin('0123 4567')).toMatchObject({ ok: false })
    expect(await pin(`${rea.fingerprint.slice(-8, -4)} ${rea.fingerprint.slice(-4).toLowerCase()}`)).toMatchObject({
      ok: true,
    })
    await sendProtectedMail(at, { to: replyTo(at.house), body: 'It is version 4.' })
    expect((await at.house.caseState()).messages.at(-1)).toMatchObject({
      from: 'reporter',
      trust: 'signed-by-sender',
      checks: { signature: { is: 'own-key' } },
    })
  })

  it('is found by the mail that they answer, even if the answer did not go to the address of the case', async () => {
    const at = await keyedHouse()
    const { house } = at
    await sendProtectedMail(at, { carries: rea })
    await house.drain()
    const { messageId } = await openLastMail(house, rea)
    const headers = [`References: <other@reporter.example> ${messageId}`]
    await sendProtectedMail(at, { headers, body: 'It is version 4.' })
    expect(signaturesOf(await house.caseState())).toEqual(['first-seen', 'same-key'])
    expect((await house.caseState()).messages.at(-1)).toMatchObject({ from: 'unverified' })
    await submit(house, 'ana', { verb: 'key.pin', case: CASE, digits: digits(rea) })
    await sendProtectedMail(at, { headers, body: 'It is version 4.1.' })
    expect((await house.caseState()).messages.at(-1)).toMatchObject({
      from: 'reporter',
      trust: 'signed-by-sender',
      checks: { signature: { is: 'own-key' } },
    })
  })

  it('is not recorded from a mail whose sender it does not name', async () => {
    const at = await keyedHouse()
    const mallory = await keyOf('Rea', 'mallory@else.example')
    await sendProtectedMail(at, { key: mallory, carries: mallory })
    expect(report(await at.house.caseState()).key).toBeUndefined()
  })

  it('that can no longer be encrypted to is not recorded', async () => {
    const at = await keyedHouse()
    const old = await keyOf('Rea', REPORTER, -1_000)
    await at.house.receive({}, mailBytes({ headers: [autocrypt(old)] }))
    const state = await at.house.caseState()
    expect(report(state).key).toBeUndefined()
    expect(state.messages[0]?.checks?.keyProblem).toBe('expired')
  })

  it('is still the same key after its expiry date was extended', async () => {
    const at = await keyedHouse()
    const short = await keyOf('Rea', REPORTER, YEAR / 12)
    await sendProtectedMail(at, { key: short, carries: short })
    await at.house.drain()
    const longer = await extendKey(short, START + YEAR, START)
    await sendProtectedMail(at, { to: replyTo(at.house), key: longer, carries: longer })
    const { key } = report(await at.house.caseState())
    expect(key).toMatchObject({ key: { value: { expiresAt: START + YEAR } } })
    // An older copy of the key changes nothing.
    await sendProtectedMail(at, { to: replyTo(at.house), key: longer, carries: short, body: 'Once more.' })
    expect(report(await at.house.caseState()).key).toEqual(key)
    expect(key?.changed).toBeUndefined()
    // Both copies went to the parser, which compares a copy with the known key in a process of its own.
    expect(at.house.parser.refreshed).toBe(2)
  })

  it('stays as it is if the parser crashes while it reads a copy', async () => {
    const at = await keyedHouse()
    const short = await keyOf('Rea', REPORTER, YEAR / 12)
    await sendProtectedMail(at, { key: short, carries: short })
    await at.house.drain()
    const { key } = report(await at.house.caseState())
    at.house.parser.refresh = async () => {
      throw new MailError('parser-died', 'The mail parser stopped.')
    }
    const longer = await extendKey(short, START + YEAR, START)
    await sendProtectedMail(at, { to: replyTo(at.house), key: longer, carries: longer })
    const state = await at.house.caseState()
    expect([state.messages.length, report(state).key]).toEqual([2, key])
  })
})

describe('key substitution: another key in a later mail', () => {
  it('causes an alarm, replaces nothing, and makes mails to the reporter wait', async () => {
    const at = await keyedHouse()
    const { house } = at
    await sendProtectedMail(at, { carries: rea })
    await house.drain()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await house.drain()
    await sendProtectedMail(at, { to: replyTo(house), key: otherKey, carries: otherKey, body: 'Use my new key.' })
    const state = await house.caseState()
    expect(state.messages.at(-1)?.checks?.signature).toEqual({
      is: 'changed-key',
      fingerprint: otherKey.fingerprint.slice(-4),
      before: rea.fingerprint.slice(-4),
    })
    expect(report(state).key).toMatchObject({
      key: { value: { fingerprint: rea.fingerprint } },
      changed: { value: { fingerprint: otherKey.fingerprint } },
    })
    // A second mail with the same key causes no second alarm.
    await sendProtectedMail(at, {
      to: replyTo(house),
      key: otherKey,
      carries: otherKey,
      body: 'Use my new key, please.',
    })
    expect(house.events().filter((type) => type === 'ReporterKeyChanged')).toHaveLength(1)

    const before = house.relay.mails.length
    await replyToReporter(house)
    expect(house.relay.mails).toHaveLength(before)
    expect(waitingMail(await house.caseState()).because).toContain('key changed from')

    await submit(house, 'ana', { verb: 'key.replace', case: CASE, digits: digits(otherKey) })
    const { effect } = waitingMail(await house.caseState())
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect, outcome: 'again' })
    await house.drain()
    expect((await openLastMail(house, otherKey)).text).toContain('Which version is it?')
    expect((await openLastMail(house, rea)).protection).toMatchObject({ encryption: 'unreadable' })
  })

  it('is dismissed when a person pins the earlier key', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    await sendProtectedMail(at, { to: replyTo(at.house), key: otherKey, carries: otherKey })
    expect(await at.house.ask('ana', { verb: 'key.replace', case: CASE, digits: digits(rea) })).toMatchObject({
      ok: false,
    })
    await submit(at.house, 'ana', { verb: 'key.pin', case: CASE, digits: digits(rea) })
    expect(report(await at.house.caseState()).key).toEqual({
      key: expect.objectContaining({ value: expect.objectContaining({ fingerprint: rea.fingerprint }) }),
      confirmed: true,
      confirmedAt: at.house.clock.now(),
    })
  })
})

describe('attack: a team member’s name in a reporter’s key', () => {
  it('does not make it the team member’s key', async () => {
    const at = await keyedHouse()
    const ana = 'ana@quillmark.example'
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    await submit(at.house, 'ana', { verb: 'key.pin', case: CASE, digits: digits(rea) })
    const both = await keyOf('Ana', ana)
    await sendProtectedMail(at, { to: replyTo(at.house), from: `Ana <${ana}>`, envelopeFrom: ana, key: rea })
    await sendProtectedMail(at, {
      to: replyTo(at.house),
      from: `Ana <${ana}>`,
      envelopeFrom: ana,
      key: both,
      carries: both,
      body: 'Hello',
    })
    expect(signaturesOf(await at.house.caseState())).toEqual(['first-seen', 'another', 'first-seen'])
    expect((await at.house.caseState()).messages.map(({ trust }) => trust)).not.toContain('signed-by-sender')
  })
})

describe('a mail to a reporter whose key is known', () => {
  it('is encrypted to the key and signed by the project, and its subject is readable only inside', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    await replyToReporter(at.house)
    const read = await openLastMail(at.house, rea, at.own)
    expect(read.text).toContain('Which version is it?')
    expect(read.subject).toContain(CASE)
    expect(read.protection).toMatchObject({
      encryption: 'openpgp',
      signatures: [{ state: 'good', fingerprint: at.own.fingerprint }],
    })
    expect(lastMailSource(at.house)).toMatch(/^Subject: \[\.\.\.\]\r$/mu)
    expect(lastMailSource(at.house)).not.toContain('Which version')
    expect(at.house.relay.mails.at(-1)?.envelopeTo).toBe(REPORTER)
  })

  it('is never signed by a key of ours that nobody has confirmed', async () => {
    const house = createHouse()
    await storeProjectKey(house)
    await house.receive({}, mailBytes({ headers: [autocrypt(rea)] }))
    await house.drain()
    expect((await openLastMail(house, rea)).protection).toMatchObject({ encryption: 'openpgp', signatures: [] })
    expect(lastMailSource(house)).not.toContain('Autocrypt')
  })

  it('waits if the key has expired in the meantime, and is not sent unencrypted', async () => {
    const at = await keyedHouse()
    const short = await keyOf('Rea', REPORTER, YEAR / 12)
    await sendProtectedMail(at, { key: short, carries: short })
    await at.house.drain()
    at.house.clock.moveTo(later(START, YEAR / 6))
    const before = at.house.relay.mails.length
    await replyToReporter(at.house)
    expect(at.house.relay.mails).toHaveLength(before)
    expect(waitingMail(await at.house.caseState()).because).toContain('has expired')
  })
})

/** The key with its own revocation certificate inserted after the first packet (RFC 9580 section 10.1). */
function revoked({ public: bytes, revocationCertificate }: NewKey): Uint8Array {
  const first = 2 + (bytes[1] ?? 0)
  const [, base64 = ''] = /\n\n([A-Za-z0-9+/=\s]*?)(?:\n=[A-Za-z0-9+/]{4})?\s*-----END/u.exec(
    revocationCertificate.replaceAll('\r', ''),
  ) ?? ['']
  return Buffer.concat([bytes.subarray(0, first), Buffer.from(base64, 'base64'), bytes.subarray(first)])
}

describe('a key that its owner revoked', () => {
  it('makes the answers wait, and each says what to do', async () => {
    const at = await keyedHouse()
    const { house } = at
    await sendProtectedMail(at, { carries: rea })
    await house.drain()
    await sendProtectedMail(at, {
      to: replyTo(house),
      carries: { ...rea, public: revoked(rea) },
      body: 'My key is lost.',
    })
    const before = house.relay.mails.length
    await replyToReporter(house)
    expect(house.relay.mails).toHaveLength(before)
    expect(waitingMail(await house.caseState()).because).toMatch(/was revoked\. Ask the reporter for another key/u)
    // An older copy of the key does not undo the revocation.
    await sendProtectedMail(at, { to: replyTo(house), carries: rea, body: 'Use this one.' })
    await replyToReporter(house, 'And now?')
    expect(house.relay.mails).toHaveLength(before)
  })
})

describe('an encrypted report of a reporter without a known key', () => {
  it('gets a receipt that says nothing about it, with our key', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { subject: 'Overflow in the loader', body: 'A long header overflows.' })
    await at.house.drain()
    const receipt = await openLastMail(at.house, undefined)
    expect(receipt.subject).toBe(`[${CASE}] Your mail has arrived`)
    expect(receipt.keys.map(({ facts }) => facts.fingerprint)).toContain(at.own.fingerprint)
    expect(receipt.attachments.map(({ name }) => name)).toEqual(['quillmark.asc'])
    for (const word of ['Overflow', 'overflows', 'report', 'embargo', 'vulnerab'])
      expect(receipt.text).not.toContain(word)
  })

  it('is answered only once a person has allowed unencrypted answers', async () => {
    const at = await keyedHouse()
    const { house } = at
    await sendProtectedMail(at)
    await house.drain()
    const before = house.relay.mails.length
    await replyToReporter(house)
    expect(house.relay.mails).toHaveLength(before)
    const { effect, because } = waitingMail(await house.caseState())
    expect(because).toContain('could be read on its way')
    await submit(house, 'ana', { verb: 'key.plain', case: CASE })
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect, outcome: 'again' })
    await house.drain()
    expect((await openLastMail(house, undefined)).text).toContain('Which version is it?')
  })

  it('gets a receipt without the team’s own words, which may say what the mail was', async () => {
    const at = await keyedHouse({
      policy: policyOf({ templates: { receipt: 'Your vulnerability report has arrived.' } }),
    })
    await sendProtectedMail(at)
    await at.house.drain()
    expect((await openLastMail(at.house, undefined)).text).not.toContain('vulnerability')
  })

  it('gets no letter, reminder or digest that others could read', async () => {
    const at = await keyedHouse()
    const { house } = at
    await sendProtectedMail(at, { subject: 'Overflow in the loader', body: 'A long header overflows.' })
    await house.drain()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await replyToReporter(house, 'A reply.')
    const question = await house.engine.commands.putBlob(CASE, new TextEncoder().encode('Which version?'))
    await submit(house, 'ana', { verb: 'reply.question', case: CASE, text: question.blob, sha256: question.sha256 })
    await house.drain()
    await passTime(house, 21 * DAY)
    await house.drain()
    const over = new AbortController()
    const settings = createMemorySettings()
    const sleep = async () => over.abort()
    await createDigest({ engine: house.engine, mailOut: house.relay, settings, sleep }).run(over.signal)
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'invalid', reason: 'Works as meant.' })
    await house.drain()

    const { mails: taken } = house.relay
    expect(taken.filter(({ envelopeTo }) => envelopeTo === REPORTER)).toHaveLength(1)
    expect((await house.caseState()).parked.map(({ letter }) => letter)).toEqual(
      expect.arrayContaining(['acknowledgment', 'reply', 'question', 'outcome']),
    )
    expect(taken.length).toBeGreaterThan(1)
    for (const { raw } of taken) expect(new TextDecoder().decode(raw)).not.toMatch(/overflow|loader/iu)
  })

  it('gets no unencrypted answer about their other report, and a key of theirs counts for both', async () => {
    const at = await keyedHouse()
    const { house } = at
    const second = CaseId.parse('SEC-2026-0002')
    await house.receive()
    await house.drain()
    await sendProtectedMail(at, { subject: 'The same once more' })
    await house.drain()
    const { em } = await house.caseState()
    const end = em.is === 'active' ? em.end : 'none'
    await submit(house, 'ana', { verb: 'triage.duplicate', case: second, of: CASE, end })
    await house.drain()
    const before = house.relay.mails.length
    const { reports } = await house.caseState()
    const write = async (text: string): Promise<void> => {
      const { blob, sha256 } = await house.engine.commands.putBlob(CASE, new TextEncoder().encode(text))
      const [first] = reports
      await submit(house, 'ana', { verb: 'reply', case: CASE, text: blob, sha256, ...(first && { report: first.id }) })
      await house.drain()
    }
    await write('Which version?')
    expect([reports.length, house.relay.mails.length - before]).toEqual([2, 0])

    await sendProtectedMail(at, { to: replyTo(house), carries: rea, body: 'My key.' })
    await write('Which one?')
    expect((await openLastMail(house, rea)).text).toContain('Which one?')
  })

  it('is answered encrypted as soon as their key has arrived', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at)
    await at.house.drain()
    await sendProtectedMail(at, { to: replyTo(at.house), carries: rea, body: 'My key.' })
    await replyToReporter(at.house)
    expect((await openLastMail(at.house, rea)).text).toContain('Which version is it?')
  })
})
