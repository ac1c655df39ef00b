import { describe, expect, it } from 'vitest'
import { DAY, HOUR, later, PersonId, ReportId } from '@embargo/core'
import { CASE, createHouse } from './house.ts'
import type { House } from './house.ts'
import { bothSayYes, does, RELEASE, untilPrenotified } from './story.ts'

const events = (house: House) => [...house.memory.streams.values()].flat().map(({ event }) => event)
const withdrawn = (house: House) =>
  events(house).flatMap((event) => (event.type === 'MailWithdrawn' ? [`${event.letter} to ${event.to}`] : []))
const accepted = (house: House, letter: string) =>
  events(house).filter((event) => event.type === 'MailAccepted' && event.letter === letter).length
const left = (house: House) => events(house).flatMap((event) => (event.type === 'MailAccepted' ? [event.letter] : []))

/** A report that is valid and worked on, of whose letters none has left. */
async function untilAssigned(house: House): Promise<void> {
  await house.receive()
  house.wait(HOUR)
  await does(house, 'ana', { verb: 'ack', case: CASE })
  await does(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
  await does(house, 'ana', { verb: 'affects', case: CASE, branch: 'main', affected: true, range: '< 4.3' })
  await does(house, 'ana', { verb: 'assign-patch', case: CASE, to: PersonId.parse('ben'), branches: [] })
}

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
  it('leaves in the order of its reporter, without a receipt that a later letter overtook', async () => {
    const house = createHouse()
    await untilAssigned(house)
    const heads = await house.outbox.claim({
      capabilities: ['mail'],
      worker: 'other',
      nowMs: house.machine.ms,
      leaseMs: 1,
      limit: 8,
    })
    expect(heads.map(({ effect }) => effect.kind === 'send-mail' && effect.letter)).toEqual(['receipt'])
    house.machine.ms += 2
    await house.drain()
    expect(withdrawn(house)).toEqual([`receipt to report:${CASE}/r1`])
    expect(left(house)).toEqual(['acknowledgment', 'outcome', 'remediation'])
  })

  it('is withdrawn where its report was spam', async () => {
    const house = createHouse()
    await house.receive()
    house.wait(HOUR)
    await does(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await house.drain()
    expect(withdrawn(house)).toEqual([`receipt to report:${CASE}/r1`])
    expect(left(house)).toEqual([])
  })

  it('is withdrawn where it promises work and the case was closed', async () => {
    const house = createHouse()
    await untilAssigned(house)
    house.wait(HOUR)
    await does(house, 'ana', { verb: 'close', case: CASE, reason: 'it cannot be reached' })
    await house.drain()
    expect(left(house)).toEqual(['closed'])
  })
})
