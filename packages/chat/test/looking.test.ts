import { describe, expect, it } from 'vitest'
import { CaseId, DAY, HOUR } from '@embargo/core'
import { ana, ben } from './policy.ts'
import { CASE, cardOf, press, SmallHouse } from './small-house.ts'

const OTHER = CaseId.parse('SEC-2026-0043')
const found = async (house: SmallHouse, typed: string, who = ana): Promise<readonly string[]> =>
  [...cardOf(await house.asks(who, 'cases', typed)).fallback.matchAll(/SEC-2026-\d+/g)].map(([id]) => id)

/** One case that Ana looks after and that is rated, and a younger one that nobody has seen. */
const two = async () => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  return house.wait(2 * DAY).opens(OTHER)
}

describe('finding cases', () => {
  it.each([
    ['', [CASE, OTHER]],
    ['assessing', [CASE]],
    ['received', [OTHER]],
    ['high', [CASE]],
    ['unrated', [OTHER]],
    ['--owner me', [CASE]],
    ['--owner nobody', [OTHER]],
    ['--owner ben', []],
    ['--older 1', [CASE]],
    ['assessing high --owner ana --older 1', [CASE]],
    ['closed', []],
  ])('by what is typed: %s', async (typed, ids) => {
    expect(await found(await two(), typed)).toEqual(ids)
  })

  it('by what is overdue', async () => {
    const house = await two()
    expect(await found(house, 'overdue')).toEqual([])
    house.wait(2 * DAY)
    expect(await found(house, 'overdue')).toEqual([OTHER])
  })

  it('shows them to the caller alone, and says when somebody is not known', async () => {
    const house = await two()
    expect(await house.asks(ben, 'cases', '')).toMatchObject({ audience: 'caller' })
    expect(cardOf(await house.asks(ana, 'cases', '--owner zed')).fallback).toContain('Nobody in the policy is called')
  })
})

describe('a retrospective', () => {
  it('is shown what the log knows, and asks for the rest', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'triage', 'info-only low CWE-22 nothing to fix')
    const shown = cardOf(await house.asks(ana, 'retro'))
    expect(shown.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · looking back
      Weakness       CWE-22 Path Traversal · A01:2025 Broken Access Control
      acknowledged   Mon 25 May, 10:00 UTC · in time, due Tue 26 May, 09:00 UTC
      valid or not   Mon 25 May, 10:00 UTC · in time, due Mon 8 Jun, 10:00 UTC
      Mon 25 May, 09:00 UTC · came in
      Mon 25 May, 10:00 UTC · severity rated
      Mon 25 May, 10:00 UTC · decided what it is
      Mon 25 May, 10:00 UTC · deferred
      Mon 25 May, 10:00 UTC · embargo over
      Mon 25 May, 10:00 UTC · closed
      No near misses.
      [ Record what we learnt ]"
    `)
    expect(press(shown, 'Record what we learnt')).toMatchObject({ verb: 'retro', form: true })
    await house.asks(ana, 'retro', '--change "check earlier" nobody had read the manual')
    expect(house.state().retrospective).toMatchObject({
      rootCause: 'nobody had read the manual',
      change: 'check earlier',
    })
  })
})
