import { DAY, HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { MAX_RECEIPTS } from '../../src/intake/limits.ts'
import { createHouse, mailBytes, OWN, REPORTER } from '../house.ts'
import type { House } from '../house.ts'

const attached = (house: House) =>
  [...house.memory.streams.values()].flat().flatMap(({ event }) => (event.type === 'ReportAttached' ? [event] : []))

const receipts = (house: House) => house.relay.mails.filter(({ envelopeTo }) => envelopeTo === REPORTER).length

/** This many reports come from the same sender, an hour apart. */
async function reports(house: House, count: number, from = `Rea <${REPORTER}>`): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    await house.receive({}, mailBytes({ from, subject: `Hole ${house.clock.now()}` }))
    await house.drain()
    house.wait(HOUR)
  }
}

describe('a later report of the same sender', () => {
  it('is shown with their earlier cases, the latest first, whether their address is in upper or lower case', async () => {
    const house = createHouse()
    await reports(house, 2)
    await reports(house, 1, 'Kim <kim@other.example>')
    await reports(house, 1, `Rea <${REPORTER.toUpperCase()}>`)
    expect(attached(house).map(({ earlier }) => earlier)).toEqual([
      undefined,
      ['SEC-2026-0001'],
      undefined,
      ['SEC-2026-0002', 'SEC-2026-0001'],
    ])
  })

  it('attack: many reports in a stranger’s name bring that stranger few receipts', async () => {
    const house = createHouse()
    await reports(house, MAX_RECEIPTS + 3)
    expect(receipts(house)).toBe(MAX_RECEIPTS)
    expect(attached(house).map(({ receipt }) => receipt)).toEqual([
      ...Array.from({ length: MAX_RECEIPTS }, () => undefined),
      'left-out',
      'left-out',
      'left-out',
    ])
    expect(attached(house).every(({ answerable }) => answerable)).toBe(true)
    house.wait(DAY)
    await reports(house, 1)
    expect(receipts(house)).toBe(MAX_RECEIPTS + 1)
  })

  it('attack: many reports in a stranger’s name at the same moment bring that stranger few receipts', async () => {
    const house = createHouse()
    for (let at = 0; at < MAX_RECEIPTS + 2; at += 1)
      await house.engine.deps.spool.store({
        raw: mailBytes({ subject: `Hole ${at}` }),
        envelopeFrom: REPORTER,
        envelopeTo: [OWN],
        receivedAt: house.clock.now(),
        delivery: `at once ${at}`,
      })
    await house.receive({ subject: 'The last hole' })
    await house.drain()
    expect(attached(house)).toHaveLength(MAX_RECEIPTS + 3)
    expect(receipts(house)).toBe(MAX_RECEIPTS)
  })
})
