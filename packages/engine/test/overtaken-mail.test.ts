import { describe, expect, it } from 'vitest'
import { DAY, later, ReportId } from '@embargo/core'
import { CASE, createHouse } from './house.ts'
import type { House } from './house.ts'
import { bothSayYes, does, RELEASE, untilPrenotified } from './story.ts'

const events = (house: House) => [...house.memory.streams.values()].flat().map(({ event }) => event)
const withdrawn = (house: House) =>
  events(house).flatMap((event) => (event.type === 'MailWithdrawn' ? [`${event.letter} to ${event.to}`] : []))
const accepted = (house: House, letter: string) =>
  events(house).filter((event) => event.type === 'MailAccepted' && event.letter === letter).length

describe('a mail that waited for the relay', () => {
  it('is withdrawn where the publication overtook it, and the channel hears so', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    house.clock.moveTo(later(RELEASE, -DAY))
    const report = ReportId.parse(`${CASE}/r1`)
    const { blob: text, sha256 } = await house.engine.putBlob(CASE, new TextEncoder().encode('Which version is it?'))
    await does(house, 'ana', { verb: 'ask', case: CASE, report, text, sha256 })
    house.clock.moveTo(RELEASE)
    await bothSayYes(house, { verb: 'disclose', case: CASE })
    await house.drain()
    expect(withdrawn(house)).toEqual([`question to report:${CASE}/r1`])
    expect(accepted(house, 'question')).toBe(0)
    expect(accepted(house, 'thanks')).toBe(1)
    expect(house.chat.posts.map(({ title }) => title)).toContain('MailWithdrawn')
  })

  it('is withdrawn where the date that it names was moved again', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    const before = { slipped: accepted(house, 'slipped'), told: accepted(house, 'recipient-slipped') }
    for (const days of [7, 14])
      await bothSayYes(house, { verb: 'reschedule', case: CASE, at: later(RELEASE, days * DAY), reason: 'a fault' })
    await house.drain()
    expect(withdrawn(house).toSorted()).toEqual([
      'heads-up-corrected to public:announce',
      'recipient-slipped to recipient:distros/north',
      'recipient-slipped to recipient:distros/south',
      `slipped to report:${CASE}/r1`,
    ])
    expect(accepted(house, 'slipped') - before.slipped).toBe(1)
    expect(accepted(house, 'recipient-slipped') - before.told).toBe(2)
  })
})
