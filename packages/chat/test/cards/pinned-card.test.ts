import { describe, expect, it } from 'vitest'
import { CaseId, DAY, HOUR, later } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { createPresenter } from '../../src/index.ts'
import { ana, policyOf } from '../fixtures/policy.ts'
import { cardOf, SmallHouse, START } from '../fixtures/small-house.ts'

const pinned = async (house: SmallHouse, at: Instant): Promise<string> =>
  (
    await createPresenter().pinned({
      platform: 'slack',
      state: house.state(),
      world: (await house.engine.queries.world(house.state().id)) ?? expect.fail('no world'),
      policy: house.policy,
      at,
      stateOf: (stream) => house.engine.queries.state(stream),
    })
  )?.fallback ?? expect.fail('no card')

describe('the pinned card', () => {
  it('says how many days are left when it is read, not when something happened last', async () => {
    const house = new SmallHouse().opens()
    expect(await pinned(house, START)).toContain('in 90 days')
    expect(await pinned(house, later(START, 83 * DAY))).toContain('in 7 days')
  })

  it('names the stand-in while the coordinator is away, as /status does', async () => {
    const policy = policyOf()
    const away = [{ from: '2026-06-01', back: '2026-06-15' }]
    const people = policy.people.map((one) => (one.id === ana ? { ...one, away } : one))
    const house = new SmallHouse({ policy: { ...policy, people } }).opens().wait(HOUR)
    await house.asks(ana, 'ack')
    expect(await pinned(house, house.now)).toContain('Ana: decide whether it is valid')
    house.wait(8 * DAY)
    expect(await pinned(house, house.now)).toContain('Ben: decide whether it is valid')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ben: decide whether it is valid')
  })

  it('asks for no retrospective once it was held', async () => {
    const house = new SmallHouse()
    await house.asks(ana, 'open', 'quillmark --public https://elsewhere.example/post')
    const opened = house.recorded[0]?.one.stream ?? expect.fail('no case')
    const id = CaseId.parse(opened)
    await house.asks(ana, 'triage', 'info-only it is known', { case: id })
    expect((await house.lastCard('status')).fallback).toContain('hold the retrospective')
    await house.asks(ana, 'retro', 'record We joined names to paths in two places; there is one now.', { case: id })
    expect((await house.lastCard('status')).fallback).not.toContain('hold the retrospective')
  })
})
