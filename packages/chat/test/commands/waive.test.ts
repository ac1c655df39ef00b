import { describe, expect, it } from 'vitest'
import { DAY } from '@embargo/core'
import { typedAction } from '../../src/render/typed-action.ts'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { cardOf, CASE, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

/** A patch by Ben that the reporter has not checked yet. */
async function submitted(): Promise<SmallHouse> {
  const house = new SmallHouse({ policy: policyOf() }).opens()
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'triage.affects', 'main')
  await house.asks(ana, 'assign-patch', 'ben')
  await house.asks(ben, 'patch', { action: 'submit', patch: '--- a\n+++ b\n' })
  return house
}

describe('waiving a rule', () => {
  it('is offered by the refusal, with the rule filled in', async () => {
    const house = await submitted()
    const refused = await house.asks(ana, 'confirm', 'yes main')
    expect('refusal' in refused && refused.refusal.actions).toContainEqual(
      expect.objectContaining({ verb: 'waive', input: expect.objectContaining({ gate: 'reporter-check' }) }),
    )
  })

  it('is shown, asked of a second person, and stays in the status', async () => {
    const house = await submitted()
    const shown = cardOf(await house.asks(ana, 'waive', 'reporter-check main they are travelling'))
    expect(shown.fallback).toContain('Nothing is waived yet.')
    await house.asks(ana, 'waive', press(shown, 'Ask the second person').input)
    const refused = await house.asks(ana, 'confirm', 'yes main')
    expect('refusal' in refused && refused.refusal.fallback).toContain(
      'Any team member but Ana approves the waiver, which waits for a second person: /cvd approve',
    )
    expect('refusal' in refused && refused.refusal.actions.map(({ verb }) => verb)).not.toContain('waive')
    const card = await house.lastCard('approval')
    expect(card.fallback).toContain('go on without the reporter’s check')
    await house.asks(
      ben,
      'approve',
      press(cardOf(await house.asks(ben, 'approve', press(card, 'Look and approve').input)), 'Approve').input,
    )
    await house.asks(ana, 'confirm', 'yes main')
    house.wait(30 * DAY)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(
      /Waived +go on without the reporter’s check, for the patch for main, sha256 [0-9a-f]{16}: they are travelling \(Ana and Ben\)/,
    )
    expect(cardOf(await house.asks(ana, 'retro')).fallback).toMatch(
      /Waived +go on without the reporter’s check, by Ana and Ben: they are travelling/,
    )
  })

  it('names who asked as who did it, and who approved as approving', async () => {
    const house = new SmallHouse({ policy: policyOf() }).opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'affects', 'main')
    await house.asks(ana, 'affects', '4.2')
    const shown = cardOf(await house.asks(ana, 'waive', 'fix 4.2 it goes away next month'))
    await house.asks(ana, 'waive', press(shown, 'Ask the second person').input)
    const look = await house.asks(ben, 'approve')
    await house.asks(ben, 'approve', press(cardOf(look), 'Approve').input)
    expect((await house.cards()).map(({ fallback }) => fallback)).toContain(
      'Ana, with the approval of Ben, decided to leave 4.2 unfixed: it goes away next month',
    )
  })

  describe('about a date', () => {
    const SATURDAY = '2026-06-06T14:00:00.000Z'
    const TOO_SOON = '2026-05-26T14:00:00.000Z'
    const refusedCard = async (house: SmallHouse, verb: string, input: string) => {
      const reply = await house.asks(ana, verb, input)
      if (!('refusal' in reply)) throw new Error('it was not refused')
      return reply.refusal
    }

    it.each([
      ['release', 'plan 2026-06-06', 'hours', SATURDAY],
      ['prenotify', '2026-06-06', 'hours', SATURDAY],
      ['prenotify', '2026-05-26', 'notice', TOO_SOON],
    ] as const)('is offered with the date that was refused: %s %s', async (verb, input, gate, at) => {
      const refused = await refusedCard(await untilReady(), verb, input)
      const offered = press(refused, 'Waive a rule')
      expect(offered.input).toEqual({ case: CASE, gate, at })
      expect(typedAction(offered)).toBe(`embargo ${CASE} waive ${gate} --at ${at} <reason>`)
    })

    it('is offered so where it moves the release', async () => {
      const house = await untilReady()
      await house.asks(ana, 'release.plan', '2026-06-09')
      const moved = await refusedCard(house, 'reschedule', '2026-06-06 a fair')
      expect(press(moved, 'Waive a rule').input).toEqual({ case: CASE, gate: 'hours', at: SATURDAY })
    })

    it('is accepted as it is typed, with a reason', async () => {
      const house = await untilReady()
      const refused = await refusedCard(house, 'release', 'plan 2026-06-06')
      const offered = press(refused, 'Waive a rule')
      const shown = cardOf(await house.asks(ana, 'waive', { ...offered.input, reason: 'a fair' }))
      expect(shown.title).toContain('release outside the usual hours')
      expect(press(shown, 'Ask the second person').input).toMatchObject({ at: SATURDAY })
      const typed = cardOf(await house.asks(ana, 'waive', `hours --at ${SATURDAY} a fair`))
      expect(typed.fallback).toBe(shown.fallback)
    })
  })

  it('refuses a rule that cannot be waived', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'waive', 'embargo-active please')
    expect(cardOf(reply).fallback).toContain('“embargo-active” is not one of')
  })

  it('reads a date as the others do', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'waive', 'notice --at soon please')
    expect(cardOf(reply).fallback).toContain('A release date looks like')
  })
})
