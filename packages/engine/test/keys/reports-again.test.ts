import { CaseId, DAY } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import { parse } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { CASE, REPORTER, START } from '../house.ts'
import type { House } from '../house.ts'
import { submit } from '../story.ts'
import {
  digits,
  keyedHouse,
  keyOf,
  otherKey,
  rea,
  report,
  signaturesOf,
  waitingMail,
  sendProtectedMail,
} from './keyed-house.ts'

describe('the key of a reporter who reports again', () => {
  const second = CaseId.parse('SEC-2026-0002')
  const third = CaseId.parse('SEC-2026-0003')

  const caseOf = async (house: House, id: CaseId): Promise<CaseState> => {
    const state = await house.engine.queries.state(id)
    if (state?.kind !== 'case') throw new Error('there is no case')
    return state
  }

  /** A first case, with a reporter whose mail carried a key. */
  async function known(): ReturnType<typeof keyedHouse> {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    return at
  }

  it('is the same as before if they sign with it, even if it does not come with the mail', async () => {
    const at = await known()
    await sendProtectedMail(at, { subject: 'Another hole' })
    const state = await caseOf(at.house, second)
    expect(signaturesOf(state)).toEqual(['same-key'])
    expect(report(state).key?.key.value?.fingerprint).toBe(rea.fingerprint)
    expect(report(state).key?.key.$personal).toBe(report(state).reporter)
  })

  it('is an alarm with the old and the new key if they sign with a different one', async () => {
    const at = await known()
    await sendProtectedMail(at, { subject: 'Another hole', key: otherKey, carries: otherKey })
    const state = await caseOf(at.house, second)
    expect(state.messages[0]?.checks?.signature).toEqual({
      is: 'changed-key',
      fingerprint: otherKey.fingerprint.slice(-4),
      before: rea.fingerprint.slice(-4),
    })
    const { key } = report(state)
    expect([key?.key.value?.fingerprint, key?.changed?.value?.fingerprint]).toEqual([
      rea.fingerprint,
      otherKey.fingerprint,
    ])
    const before = at.house.relay.mails.length
    await at.house.drain()
    // The receipt would be encrypted, and nobody knows to which key.
    expect([at.house.relay.mails.length - before, waitingMail(await caseOf(at.house, second)).letter]).toEqual([
      0,
      'receipt',
    ])
  })

  it('is theirs in each case once a person has confirmed it in one', async () => {
    const at = await known()
    await submit(at.house, 'ana', { verb: 'key.pin', case: CASE, digits: digits(rea) })
    await sendProtectedMail(at, { subject: 'Another hole', carries: rea })
    const state = await caseOf(at.house, second)
    expect(state.messages.map(({ trust, checks }) => [trust, checks?.signature.is])).toEqual([
      ['signed-by-sender', 'own-key'],
    ])
    expect(report(state).key).toMatchObject({ confirmed: true })
  })

  it('is no longer theirs once a person has replaced it in another case', async () => {
    const at = await known()
    await submit(at.house, 'ana', { verb: 'key.pin', case: CASE, digits: digits(rea) })
    at.house.wait(DAY)
    await sendProtectedMail(at, { subject: 'Another hole', key: otherKey, carries: otherKey })
    await submit(at.house, 'ana', { verb: 'key.replace', case: second, digits: digits(otherKey) })
    await sendProtectedMail(at, { subject: 'A third hole' })
    expect((await caseOf(at.house, third)).messages[0]?.checks?.signature).toMatchObject({
      is: 'changed-key',
      before: otherKey.fingerprint.slice(-4),
    })
    await sendProtectedMail(at, { subject: 'A fourth hole', key: otherKey })
    expect(signaturesOf(await caseOf(at.house, CaseId.parse('SEC-2026-0004')))).toEqual(['own-key'])
  })

  it('counts as another person’s in a mail from a team member’s address, whatever case it came with', async () => {
    const at = await known()
    await submit(at.house, 'ana', { verb: 'key.pin', case: CASE, digits: digits(rea) })
    const ana = 'ana@quillmark.example'
    await sendProtectedMail(at, { from: `Ana <${ana}>`, envelopeFrom: ana, subject: 'From the team' })
    const state = await caseOf(at.house, second)
    expect(signaturesOf(state)).toEqual(['another'])
    expect(report(state).key).toBeUndefined()
  })

  it('is nobody’s once the reporter was erased', async () => {
    const at = await known()
    for (const { event } of [...at.house.memory.streams.values()].flat())
      if (event.type === 'ReporterKeySeen') Object.assign(event.key, { value: null })
    at.house.engine.deps.states.forgetAll()
    await sendProtectedMail(at, { subject: 'Another hole', key: otherKey, carries: otherKey })
    expect(signaturesOf(await caseOf(at.house, second))).toEqual(['first-seen'])
  })
})

describe('key substitution: a key in the name of a reporter, in a case of its own', () => {
  it('never replaces the key that was known, and gets no answer', async () => {
    const at = await keyedHouse()
    await sendProtectedMail(at, { carries: rea })
    await at.house.drain()
    const mallory = await keyOf('Rea', REPORTER)
    await sendProtectedMail(at, {
      subject: 'Another hole',
      key: mallory,
      carries: mallory,
      envelopeFrom: 'm@evil.example',
    })
    await at.house.drain()
    for (const { raw } of at.house.relay.mails) {
      const mail = await parse(raw, { keyring: { own: async () => [mallory.secret], find: async () => [] }, at: START })
      expect(mail.protection.encryption).toBe('unreadable')
    }
    expect(at.house.relay.mails).toHaveLength(1)
  })
})
