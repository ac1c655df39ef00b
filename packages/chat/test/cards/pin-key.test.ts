import { describe, expect, it } from 'vitest'
import { instant, MessageId, ReporterId } from '@embargo/core'
import type { SignatureVerdict } from '@embargo/core'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, MAIL, press, SmallHouse, START } from '../fixtures/small-house.ts'

const FINGERPRINT = `${'0123456789'.repeat(3)}ABCDEF07CE`
const KEY = { fingerprint: FINGERPRINT, keyIds: [FINGERPRINT.slice(-16)], file: 'AAAA' }

const reported = (signature: SignatureVerdict, key?: typeof KEY): SmallHouse =>
  new SmallHouse({ mail: { ...MAIL, attachments: [] } }).comes({
    verb: 'open-case',
    case: CASE,
    project: 'quillmark',
    message: MessageId.parse('mail-1'),
    receivedAt: START,
    reporter: ReporterId.parse('rep-1'),
    identity: { name: 'Rafi', address: 'rafi@reporter.example' },
    trust: 'nothing-proven',
    checks: { signature, encryption: 'none' },
    automatic: false,
    ...(key && { key }),
  })

const labels = async (house: SmallHouse): Promise<readonly string[]> =>
  (await house.lastCard('report')).actions.map(({ label }) => label)

describe('the button under a mail whose key nobody has checked', () => {
  it('asks for the digits, and pins the key', async () => {
    const house = reported({ is: 'first-seen', fingerprint: '07CE' }, KEY)
    const card = await house.lastCard('report')
    expect(card.fallback).toContain('key not checked (…07CE)')
    const { input, form } = press(card, 'Pin')
    expect(form).toBe(true)
    expect(cardOf(await house.asks(ana, 'key.pin', { ...input, digits: FINGERPRINT.slice(-8) })).fallback).toContain(
      'The key is confirmed.',
    )
    expect(house.state().reports[0]?.key).toMatchObject({ confirmed: true })
  })

  it.each<[string, SignatureVerdict, typeof KEY | undefined]>([
    ['a mail that is not signed', { is: 'none' }, KEY],
    ['a key that nothing can be encrypted to', { is: 'first-seen', fingerprint: '07CE' }, undefined],
    ['a key that is not the one that is known', { is: 'first-seen', fingerprint: '11AA' }, KEY],
    ['a key that expired', { is: 'expired-key', endedAt: instant(START) }, KEY],
  ])('is not there for %s', async (_, signature, key) => {
    expect(await labels(reported(signature, key))).not.toContain('Pin')
  })
})
