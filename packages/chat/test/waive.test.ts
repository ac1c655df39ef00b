import { describe, expect, it } from 'vitest'
import { DAY } from '@embargo/core'
import { ana, ben, policyOf } from './policy.ts'
import { cardOf, press, SmallHouse } from './small-house.ts'

/** A patch by Ben that waits for the reporter. */
async function submitted(): Promise<SmallHouse> {
  const house = new SmallHouse({ policy: policyOf() }).opens()
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'affects', 'main')
  await house.asks(ana, 'assign-patch', 'ben')
  await house.asks(ben, 'patch', { action: 'submit', patch: '--- a\n+++ b\n' })
  return house
}

describe('waiving a rule', () => {
  it('is offered by the refusal, with the rule filled in', async () => {
    const house = await submitted()
    const refused = await house.asks(ana, 'confirm', 'main')
    expect('refusal' in refused && refused.refusal.actions).toContainEqual(
      expect.objectContaining({ verb: 'waive', input: expect.objectContaining({ gate: 'reporter-verified' }) }),
    )
  })

  it('is shown, asked of a second person, and stands in the status for good', async () => {
    const house = await submitted()
    const shown = cardOf(await house.asks(ana, 'waive', 'reporter-verified main they are travelling'))
    expect(shown.fallback).toContain('Nothing is waived yet.')
    await house.asks(ana, 'waive', press(shown, 'Ask the second person').input)
    const asked = await house.lastCard('approval')
    expect(asked.fallback).toContain('waive a rule')
    await house.asks(
      ben,
      'approve',
      press(cardOf(await house.asks(ben, 'approve', press(asked, 'Look and approve').input)), 'Approve').input,
    )
    await house.asks(ana, 'confirm', 'main')
    house.wait(30 * DAY)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(
      /Waived +reporter-verified for the patch for main, sha256 [0-9a-f]{16}: they are travelling \(Ana and Ben\)/,
    )
  })

  it('names no rule that has no way round', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'waive', 'embargo-active please')
    expect(cardOf(reply).fallback).toContain('“embargo-active” is not one of')
  })

  it('reads a date as the others do', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'waive', 'lead-time --at soon please')
    expect(cardOf(reply).fallback).toContain('A release date looks like')
  })
})
