import { describe, expect, it } from 'vitest'
import { HOUR, MINUTE } from '@embargo/core'
import { ana, ben } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'

/** Ben wrote the fix, nobody has checked it, and at 22:00 an exploit is public. */
async function night() {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'triage.affects', 'main')
  await house.asks(ana, 'assign-patch', 'ben')
  await house.asks(ben, 'patch', { action: 'submit', patch: '--- a\n+++ b\n' })
  await house.asks(ana, 'advisory', { component: 'the loader', impact: 'It reads files.' })
  house.wait(12 * HOUR)
  const plan = cardOf(await house.asks(ben, 'signal', 'exploit https://forum.example/1')).fallback
  const reads = async (verb: string, input = '') => cardOf(await house.asks(ben, verb, input)).fallback
  /** Waits until the signal can no longer be refused, and fires the clock that makes it count. */
  const counts = () => {
    const [signal] = house.state().approvals
    if (signal?.yesFrom === undefined) throw new Error('nothing waits')
    const clock = `signal/${signal.id}`
    house.wait(30 * MINUTE).comes({ verb: 'fire-clock', stream: CASE, clock, round: signal.yesFrom, fraction: 1 })
  }
  return { house, plan, reads, counts }
}

describe('the night of an emergency, with one author awake', () => {
  it('says from when the finished fix may be released while the signal waits', async () => {
    const { plan, reads } = await night()
    const counting = 'from Mon 25 May 2026, 22:30 UTC on, if nobody says no'
    expect(await reads('disclose')).toContain(
      `Time makes the exploit count ${counting}; then this command is allowed, and the patch need not be checked.`,
    )
    expect(await reads('disclose', 'interim')).toContain(
      'Somebody says that an exploit is public, and nothing is published until somebody answers.',
    )
    expect(await reads('disclose', 'interim')).toContain(`Time makes the signal count ${counting}.`)
    expect(plan).toContain('Skipped: the promised notice')
    expect(plan).toContain(
      'a checked patch (the fix is finished, so it goes out unchecked, and the public texts say that nobody else checked it).',
    )
    expect(plan).toContain(
      'Within the hour: The full publication: the fix is finished, though nobody but its author has checked it.',
    )
    expect(plan).toContain('The publication: two people, or the requester alone after 30 minutes without an answer.')
  })

  it('names the release of the finished fix as the next action, and when it may happen without an answer', async () => {
    const { house, reads, counts } = await night()
    counts()
    const status = cardOf(await house.asks(ben, 'status'))
    expect(status.fallback).toMatch(/Next +Ana: publish the finished fix, which nobody else has checked/)
    const card = cardOf(await house.asks(ben, 'disclose', press(status, 'Disclose').input))
    expect(card.fallback).toContain(
      'Without an answer you may go on alone from Mon 25 May 2026, 23:00 UTC, if you ask now.',
    )
    await house.asks(ben, 'disclose', press(card, 'Ask the second person').input)
    expect(await reads('disclose')).toContain('Ben may go on alone from Mon 25 May 2026, 23:00 UTC.')
  })
})
