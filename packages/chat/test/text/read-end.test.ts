import { describe, expect, it } from 'vitest'
import { HOUR, MessageId } from '@embargo/core'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse, START } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

/**
 * A case that was reported on Mon 25 May 2026, 09:00 UTC. The embargo ends on Sun 23 Aug 2026, 09:00 UTC. Day 120 after
 * the report is Tue 22 Sep 2026.
 */
const acked = async () => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'ack')
  return house
}

const writes = (house: SmallHouse) =>
  house.comes({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-2'),
    from: 'reporter',
    report: house.state().reports[0]?.id ?? expect.fail('no report'),
    trust: 'domain-vouches',
    automatic: false,
  })

describe('an end of the embargo that is typed without a time', () => {
  it('on the day on which the embargo ends means that end', async () => {
    const house = await acked()
    const reply = cardOf(await house.asks(ana, 'embargo', 'until 2026-08-23 as planned'))
    expect(reply.fallback).toContain('The embargo already ends at that time.')
    expect(house.state().em.is).toBe('active')
  })

  it('named by the reporter on that day is an agreement, and waits for no answer', async () => {
    const house = writes(await acked())
    await house.asks(ana, 'log-answer', 'last proposes 2026-08-23')
    expect(house.state()).toMatchObject({ em: { is: 'active' }, reports: [{ consent: 'agreed' }] })
  })

  it('on the day that the team proposed is an agreement to the proposal', async () => {
    const house = await acked()
    await house.asks(ana, 'embargo', 'until 2026-08-30 18:30 we need a week')
    await writes(house.wait(HOUR)).asks(ana, 'log-answer', 'last proposes 2026-08-30')
    expect(house.state().em).toEqual({ is: 'active', end: Date.UTC(2026, 7, 30, 18, 30) })
  })

  it('on day 120 is accepted, whatever the hour of the report', async () => {
    const house = await acked()
    expect(START).toBe(Date.UTC(2026, 4, 25, 9))
    const late = cardOf(await house.asks(ana, 'embargo', 'until 2026-09-23'))
    expect(late.fallback).toContain('The reporter and the team can agree on an embargo only up to a maximum length.')
    const last = cardOf(await house.asks(ana, 'embargo', 'until 2026-09-22 the last day'))
    expect(last.fallback).toContain('Proposed.')
  })
})

describe('a release date that is typed without a time', () => {
  const planned = async () => {
    const house = await untilReady()
    await house.asks(ana, 'release.plan', '2026-06-09 15:30')
    return house
  }

  it('on the day of the planned release means the time of that release', async () => {
    const house = await planned()
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    expect(press(preview, 'Ask the second person').input).toMatchObject({ at: '2026-06-09T15:30:00.000Z' })
  })

  it('on the day of the planned release does not move it, and the answer says when it is planned', async () => {
    const house = await planned()
    const before = house.recorded.length
    const reply = cardOf(await house.asks(ana, 'release.move', '2026-06-09'))
    expect(reply.fallback).toContain('is planned for Tue 9 Jun 2026, 15:30 UTC')
    expect(house.recorded.slice(before).map(({ one }) => one.event.type)).toEqual([])
  })

  it('on another day means the start of the release window', async () => {
    const preview = cardOf(await (await planned()).asks(ana, 'release.move', '2026-06-11'))
    expect(preview.fallback).toContain('Thu 11 Jun 2026, 14:00 UTC')
  })
})
