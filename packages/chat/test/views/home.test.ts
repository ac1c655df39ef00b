import { actorOf, CaseId, DAY, EffectId, outlook } from '@embargo/core'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'

const OTHER = CaseId.parse('SEC-2026-0043')
const place = { platform: 'slack', private: true } as const

const home = (house: SmallHouse, account: string) =>
  house.router.home(actorOf(house.policy.policy, 'slack', account), place)

describe('what a person comes back to', () => {
  it('is what waits for them, then what is overdue, then what they look after', async () => {
    const house = new SmallHouse().opens().opens(OTHER)
    await house.asks(ana, 'ack')
    // Nobody has acknowledged the other one: he is the first in line, and she may as well.
    expect((await home(house, 'U0ANA')).map(({ title }) => title)).toEqual([
      'Waits for you · 1 case',
      'Waits for anybody of the team · 1 case',
    ])
    const [waits] = await home(house, 'U0BEN')
    expect([waits?.title, waits?.fallback]).toEqual(['Waits for you · 1 case', expect.stringContaining(OTHER)])
    expect(waits?.fallback).not.toContain(CASE)
    house.wait(20 * DAY)
    const titles = (await home(house, 'U0BEN')).map(({ title }) => title)
    expect(titles).toEqual(['Waits for you · 1 case', 'Overdue · 1 case'])
  })

  it('never says that nothing is theirs to do while anybody of the team may acknowledge a report', async () => {
    const house = new SmallHouse().opens()
    const first = outlook(house.policy.policy, { case: house.state(), others: new Map() }, house.now)?.next
    const [owner, other] = first?.owner === 'Ben' ? (['U0BEN', 'U0ANA'] as const) : (['U0ANA', 'U0BEN'] as const)
    expect((await home(house, owner)).map(({ title }) => title)).toEqual(['Waits for you · 1 case'])
    const [may, ...rest] = await home(house, other)
    expect(may?.title).toBe('Waits for anybody of the team · 1 case')
    expect(may?.fallback).toContain(`${first?.owner}: acknowledge the report (or any team member)`)
    expect(rest).toEqual([])
    // Who helps with the case, and is not of the team, may not.
    await house.asks(ana, 'invite', '@cem')
    await house.asks(cem, 'consent', `${CASE} yes`)
    expect((await home(house, 'U0CEM')).map(({ title }) => title)).toEqual(['Nothing waits for you'])
    house.wait(20 * DAY)
    expect((await home(house, other)).map(({ title }) => title)).not.toContain('Waits for anybody of the team · 1 case')
  })

  it('has what others ask, for everyone who may answer', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'signal', 'attack')
    const asked = (await home(house, 'U0BEN')).find(({ kind }) => kind === 'approval')
    expect(asked?.fallback).toContain('SEC-2026-0042 · count attacks as observed · asked by Ana')
    expect((await home(house, 'U0ANA')).some(({ kind }) => kind === 'approval')).toBe(false)
  })

  it('is not called empty for a person who is asked, where another one is named to answer', async () => {
    const people = [ANA, BEN, { ...CEM, roles: ['team' as const] }]
    const house = new SmallHouse({ policy: policyOf('team', { people }) }).opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'signal', 'attack')
    expect((await home(house, 'U0CEM')).map(({ title }) => title)).toEqual(['Asked of you · 1 question'])
  })

  it('is whatever is anybody’s of the team, for each of them who may act, and for nobody else', async () => {
    const house = new SmallHouse().opens()
    house.comes({
      verb: 'record-outcome',
      stream: CASE,
      effect: EffectId.parse(`e1/invite/slack`),
      outcome: { is: 'parked', doubt: false, because: 'no such user' },
    })
    expect(outlook(house.policy.policy, { case: house.state(), others: new Map() }, house.now)?.next.owner).toBe(
      'the team',
    )
    for (const [account, who] of [
      ['U0ANA', ana],
      ['U0BEN', ben],
    ] as const) {
      expect((await home(house, account)).map(({ title }) => title)).toEqual(['Waits for you · 1 case'])
      expect(cardOf(await house.asks(who, 'status', 'mine')).fallback).toContain(CASE)
    }
    await house.asks(ana, 'invite', '@cem')
    await house.asks(cem, 'consent', `${CASE} yes`)
    expect(JSON.stringify(await home(house, 'U0CEM'))).toContain('1 open case')
    expect((await home(house, 'U0CEM')).map(({ title }) => title)).not.toContain('Waits for you · 1 case')
  })

  it('is nothing to an account of nobody, and no case to who is on none', async () => {
    const house = new SmallHouse().opens()
    expect(await home(house, 'U0NOBODY')).toEqual([])
    expect(JSON.stringify(await home(house, 'U0CEM'))).not.toContain('SEC-')
  })

  it('is one card where it is typed', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const card = cardOf(await house.asks(ana, 'cases', 'mine'))
    expect(card.title).toBe('Your cases')
    expect(card.fallback).toContain('Waits for you · 1 case')
    expect(cardOf(await house.asks(ben, 'cases', 'mine')).fallback).toContain('none of them is yours')
    expect(cardOf(await house.asks(cem, 'cases', 'mine')).fallback).not.toContain('SEC-')
  })
})
