import { describe, expect, it } from 'vitest'
import { clocks, DAY, HOUR, later, MessageId } from '@embargo/core'
import { reminderCard } from '../../src/cards/reminder.ts'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, SmallHouse } from '../fixtures/small-house.ts'

/** Waits until the last moment of a clock (a reminder or a breach), and fires the clock. */
async function fires(house: SmallHouse, clock: string) {
  const found = clocks(house.policy.policy, { case: house.state(), others: new Map() }).find(
    (one) => one.clock === clock,
  )
  const moment = found?.moments.at(-1)
  if (found === undefined || moment === undefined) throw new Error('no such moment')
  house.wait(moment.at - house.now)
  house.comes({ verb: 'fire-clock', stream: CASE, clock, round: found.round, fraction: moment.fraction })
}

describe('reminders', () => {
  it.each([
    ['a report that nobody has seen', 'acknowledge', 0.8, 'The whole team is notified next.'],
    ['a case that nobody owns', 'offer-owner', 1, 'If you do not do it, somebody else is asked next.'],
    [
      'an embargo that ends in two weeks',
      'embargo-end',
      76 / 90,
      'The next reminder is Mon 17 Aug 2026, 09:00 UTC (in 7 days).',
    ],
    ['an embargo that ends tomorrow', 'embargo-end', 89 / 90, 'If nobody does it, the admins are notified next.'],
  ])('name the person who is reminded next: %s', async (_what, clock, fraction, says) => {
    const house = new SmallHouse().opens()
    const running = clocks(house.policy.policy, { case: house.state(), others: new Map() })
    const found = running.find((one) => one.clock === clock)
    const moment = found?.moments.find((one) => Math.abs(one.fraction - fraction) < 0.001)
    if (found === undefined || moment === undefined) throw new Error('no such moment')
    house.wait(moment.at - house.now)
    house.comes({ verb: 'fire-clock', stream: CASE, clock, round: found.round, fraction: moment.fraction })
    expect((await house.lastCard('reminder')).fallback).toContain(says)
  })

  it.each([
    ['the reporter’s', 'Ana: answer the reporter’s date. It was due', 'reporter'],
    ['the team’s', 'Ana: ask again about the proposed date. It was due', 'team'],
  ] as const)('say who has not answered about the embargo: a date of %s', async (_whose, says, by) => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const [report] = house.state().reports
    if (report === undefined) throw new Error('no report')
    const message = MessageId.parse('mail-2')
    const { id } = report
    if (by === 'team') await house.asks(ana, 'embargo', 'until 2026-09-15 the fix changes the format')
    else {
      const mail = { message, from: 'reporter', report: id, trust: 'nothing-proven', automatic: false } as const
      house.comes({ verb: 'take-in-message', case: CASE, ...mail })
      await house.asks(ana, 'log-answer', 'last proposes 2026-09-15')
    }
    await fires(house, 'consent-silence')
    expect((await house.lastCard('reminder')).fallback).toContain(says)
  })

  it('name the recipients who have not confirmed receipt, and say how to record a confirmation', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const clock = 'acknowledge-prenotification'
    const about = 'ask north whether they have the pre-notification'
    const base = {
      where: { platform: 'slack' },
      state: house.state(),
      due: house.now,
      breached: false,
      policy: policyOf(),
      at: house.now,
    } as const
    expect(reminderCard({ ...base, clock, about, fraction: 1, hears: 'owner' }).fallback).toContain(
      'Ana: ask north whether they have the pre-notification, then note it: /cvd log-answer elsewhere has-it <recipient>. It was due',
    )
  })

  it('say that no further reminder follows', () => {
    const house = new SmallHouse().opens()
    const base = {
      where: { platform: 'slack' },
      state: house.state(),
      due: house.now,
      breached: false,
      policy: policyOf(),
      at: house.now,
    } as const
    const last = { ...base, clock: 'reporter-verification/main', fraction: 1, hears: 'team', next: 'nobody' } as const
    expect(reminderCard(last).fallback).toContain('This is the last reminder.')
    // Somebody did the task before the card was drawn.
    expect(reminderCard({ ...last, next: undefined }).fallback).not.toMatch(/next|last/u)
  })

  it('say who must know that a time is up', () => {
    const house = new SmallHouse().opens()
    const base = {
      where: { platform: 'slack' },
      state: house.state(),
      due: house.now,
      breached: true,
      policy: policyOf(),
      at: house.now,
    } as const
    const over = { ...base, clock: 'needs-info', fraction: 1 } as const
    expect(reminderCard({ ...over, hears: 'team' }).fallback).toContain(
      'Nobody has done it, so the whole team must know.',
    )
    expect(reminderCard({ ...over, hears: 'admins' }).fallback).toContain('so the admins of this case must know.')
    // If no admin is available, the team is informed instead.
    const { people, ...rest } = policyOf()
    const policy = {
      ...rest,
      people: people.map((one) => ({ ...one, roles: one.roles.filter((role) => role !== 'admin') })),
    }
    expect(reminderCard({ ...over, policy, hears: 'admins' }).fallback).toContain('so the whole team must know.')
  })

  it('never asks to publish before the date of the release', async () => {
    const house = new SmallHouse().opens()
    const due = later(house.now, DAY)
    const state = house.state()
    const base = {
      where: { platform: 'slack' },
      state,
      clock: 'release',
      due,
      breached: false,
      hears: 'owner',
      policy: policyOf(),
    } as const
    const eve = reminderCard({ ...base, fraction: 0.9, at: house.now })
    expect(eve.fallback).toContain('be ready to publish. Nothing is published before its time. Due')
    expect(eve.fallback).not.toContain('Please do it now')
    expect(eve.actions.map((action) => action.verb)).toEqual(['status', 'remind.later'])
    expect(reminderCard({ ...base, fraction: 1, at: due }).actions.map((action) => action.verb)).toEqual([
      'disclose',
      'remind.later',
    ])
  })

  it('say why a deadline was extended after Embargo was not running', () => {
    const house = new SmallHouse().opens()
    const due = later(house.now, HOUR)
    const base = {
      where: { platform: 'slack' },
      state: house.state(),
      clock: 'signal/SEC-2026-0042/a1',
      due,
      breached: false,
      hears: 'owner',
    } as const
    const card = reminderCard({ ...base, fraction: 0, extendedTo: due, policy: policyOf(), at: house.now })
    expect(card.fallback).toContain('say yes or no to a signal. Due Mon 25 May 2026, 10:00 UTC (in 1 hour).')
    expect(card.fallback).toContain(
      'was not running when the deadline passed, so nobody could answer. The deadline is extended.',
    )
    const patch = { ...base, clock: 'reporter-verification/main', fraction: 0.5, extendedTo: due }
    expect(reminderCard({ ...patch, policy: policyOf(), at: house.now }).fallback).toContain(
      'They are reminded now, and have more time.',
    )
  })

  it('mention the person named for the task, and not the coordinator', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const due = later(house.now, DAY)
    const base = {
      where: { platform: 'slack' },
      state: house.state(),
      clock: 'release',
      due,
      breached: false,
      hears: 'owner',
      policy: policyOf(),
      at: due,
    } as const
    expect(reminderCard({ ...base, fraction: 1 }).fallback).toContain('Ana: publish.')
    expect(reminderCard({ ...base, fraction: 1, named: ben }).fallback).toContain('Ben: publish.')
  })

  it('become firmer, and name the person, the task and the time', () => {
    const house = new SmallHouse().opens()
    const due = later(house.now, DAY)
    const said = [0.5, 0.8, 1, 1].map((fraction, index) =>
      reminderCard({
        where: { platform: 'slack' },
        state: house.state(),
        clock: 'acknowledge',
        due,
        fraction,
        breached: index === 3,
        hears: index === 3 ? 'admins' : fraction < 1 ? 'owner' : 'team',
        next: { hears: fraction < 1 ? 'team' : 'admins', at: later(due, 2 * DAY) },
        policy: policyOf(),
        at: later(house.now, fraction * DAY + (index === 3 ? 2 * DAY : 0)),
      }),
    )
    expect(said.map((card) => card.fallback).join('\n\n')).toMatchInlineSnapshot(`
      "SEC-2026-0042 · reminder
      Security team: acknowledge the report. Due Tue 26 May 2026, 09:00 UTC (in 12 hours).
      [ Acknowledge ] [ Snooze ]

      SEC-2026-0042 · reminder
      Security team: acknowledge the report. Due Tue 26 May 2026, 09:00 UTC (in 4 hours).
      Please do it now. The whole team is notified next.
      [ Acknowledge ] [ Snooze ]

      SEC-2026-0042 · reminder
      Security team: acknowledge the report. It was due Tue 26 May 2026, 09:00 UTC (now).
      If nobody does it, the admins are notified next.
      [ Acknowledge ] [ Snooze ]

      SEC-2026-0042 · overdue
      Security team: acknowledge the report. It was due Tue 26 May 2026, 09:00 UTC (2 days ago).
      Nobody has done it, so the admins of this case must know.
      [ Acknowledge ]"
    `)
  })

  it('come from the clocks', async () => {
    const house = new SmallHouse().opens().wait(13 * HOUR)
    house.comes({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 0.8 })
    expect((await house.lastCard('reminder')).fallback).toContain('Security team: acknowledge the report.')
  })
})
