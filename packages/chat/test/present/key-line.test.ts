import type { PublicKey } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE, SmallHouse } from '../fixtures/small-house.ts'

const keyEndingIn = (digits: string): PublicKey => ({
  fingerprint: digits.padStart(40, '0'),
  keyIds: [digits.padStart(16, '0')],
  file: 'AAAA',
})

const found = (house: SmallHouse, key: PublicKey): void => {
  const [report] = house.state().reports
  if (report === undefined) throw new Error('no report')
  house.comes({ verb: 'record-key', case: CASE, report: report.id, key })
}

describe('a key that was found in a key directory', () => {
  it('is reported in the channel as a key that nobody has confirmed', async () => {
    const house = new SmallHouse().opens()
    found(house, keyEndingIn('07CE'))
    const { fallback } = await house.lastCard('change')
    expect(fallback).toContain('has an OpenPGP key for them (…07CE). Nobody has confirmed it.')
    expect(fallback).toContain('key forget')
  })

  it('replaces no other key, and is reported once', async () => {
    const house = new SmallHouse().opens()
    found(house, keyEndingIn('07CE'))
    const before = house.recorded.length
    found(house, keyEndingIn('11AA'))
    expect(house.recorded).toHaveLength(before)
    expect(house.state().reports[0]?.key).toMatchObject({
      key: { value: { fingerprint: keyEndingIn('07CE').fingerprint } },
      from: 'directory',
    })
  })
})
