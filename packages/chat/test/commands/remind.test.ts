import { describe, expect, it } from 'vitest'
import { ana } from '../fixtures/policy.ts'
import { cardOf, formOf, SmallHouse } from '../fixtures/small-house.ts'

describe('the clocks of a case, typed', () => {
  it('are listed with whose they are and when they are due', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    expect(cardOf(await house.asks(ana, 'remind')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · clocks
      stale: Ana: nothing has happened for a while · due Mon 1 Jun 2026, 09:00 UTC (in 7 days)
      decide-validity: Ana: decide whether the report is valid · due Mon 8 Jun 2026, 09:00 UTC (in 14 days)
      update-reporter: Ana: tell the reporter how far the case is · due Mon 8 Jun 2026, 09:00 UTC (in 14 days)
      embargo-end: Ana: the embargo ends · due Sun 23 Aug 2026, 09:00 UTC (in 90 days)"
    `)
  })

  it('remind at once if one of them is named', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    expect(cardOf(await house.asks(ana, 'remind', 'stale')).fallback).toContain('Reminded.')
    expect((await house.lastCard('reminder')).fallback).toContain('nothing has happened for a while')
  })

  it('can be paused for a while, or until a date, with a reason', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const text = cardOf(await house.asks(ana, 'remind.later', 'stale "2 days" the vendor is asked')).fallback
    expect(text).toBe(
      'SEC-2026-0042 · Done\nThe reminders of stale are paused until Wed 27 May 2026, 09:00 UTC (in 2 days).',
    )
    expect(Object.keys(house.state().snoozed ?? {})).toEqual([expect.stringMatching(/^stale:/u)])
    const wrong = cardOf(await house.asks(ana, 'remind.later', 'stale soon because')).fallback
    expect(wrong).toContain('"soon" is neither a date nor a time such as "3 days".')
  })

  it('say with the date what still happens without an action, and say that a repetition changes nothing', async () => {
    const house = new SmallHouse().opens()
    const reply = await house.asks(ana, 'remind.later', 'acknowledge "5 days" the vendor is asked')
    expect(cardOf(reply).fallback).toContain(
      'Done\nThe reminders of acknowledge are paused until Sat 30 May 2026, 09:00 UTC',
    )
    expect(cardOf(reply).fallback).toContain('But if nobody acts, the next announcement still comes at')
    expect('facts' in reply && reply.facts).not.toHaveProperty('note')
    const again = await house.asks(ana, 'remind.later', 'acknowledge "5 days" the vendor is asked')
    expect(cardOf(again).fallback).toContain('Nothing was done\nThe reminders pause until Sat 30 May 2026, 09:00 UTC')
    expect('facts' in again && again.facts).toHaveProperty('note')
  })

  it.each([{}, { platform: 'terminal' } as const])(
    'can be paused for a time that is typed without quotes %j',
    async (place) => {
      const house = new SmallHouse().opens()
      await house.asks(ana, 'ack')
      const text = cardOf(await house.asks(ana, 'remind.later', 'stale 3 days the vendor is asked', place)).fallback
      expect(text).toContain('The reminders of stale are paused until Thu 28 May 2026, 09:00 UTC')
      const [event] = house.recorded.flatMap(({ one }) => (one.event.type === 'ClockSnoozed' ? [one.event] : []))
      expect(event).toMatchObject({ reason: 'the vendor is asked' })
      // If the reason is missing, a form asks for the reason and keeps the typed time.
      const form = formOf(await house.asks(ana, 'remind.later', 'stale 2 working days', place))
      expect(form.fields.find(({ name }) => name === 'until')?.value).toBe('2 working days')
    },
  )

  it('can be paused for the time that a form names', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const input = { clock: 'stale', until: '2026-05-28', reason: '14:00 is too early' }
    const text = cardOf(await house.asks(ana, 'snooze', input)).fallback
    expect(text).toContain('The reminders of stale are paused until Thu 28 May 2026, 09:00 UTC')
  })
})
