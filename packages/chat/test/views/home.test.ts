import { actorOf, CaseId, clocks, DAY, EffectId, outlook } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, SmallHouse } from '../fixtures/small-house.ts'

const OTHER = CaseId.parse('SEC-2026-0043')
const place = { platform: 'slack', private: true } as const

const home = (house: SmallHouse, account: string) =>
  house.router.home(actorOf(house.policy.policy, 'slack', account), place)

const idsOf = ({ lines }: Card): readonly string[] =>
  lines.flatMap(([first]) => (first?.text.startsWith('SEC-') === true ? [first.text] : []))

/** The cases that somebody's home shows, from top to bottom. */
const casesOf = async (house: SmallHouse, account: string): Promise<readonly string[]> =>
  (await home(house, account)).flatMap(idsOf)

const ELSEWHERE = { channel: 'C-elsewhere' }

describe('what a person comes back to', () => {
  it('is what waits for them or for anyone of the team, what is overdue and what they look after, in one list', async () => {
    const house = new SmallHouse().opens().opens(OTHER)
    await house.asks(ana, 'ack')
    // Nobody has acknowledged the other case. Ben is the first in line for it, and Ana may take it too.
    expect(await casesOf(house, 'U0ANA')).toEqual([OTHER, CASE])
    expect(await casesOf(house, 'U0BEN')).toEqual([OTHER])
    house.wait(20 * DAY)
    expect(await casesOf(house, 'U0BEN')).toEqual([OTHER, CASE])
    const [list] = await home(house, 'U0BEN')
    expect(list?.title).toBe('For you · 2 cases')
    expect(list?.actions.map(({ label }) => label)).toEqual([`${OTHER}: Acknowledge`, `${CASE}: Triage`])
  })

  it('has an embargo that ends tomorrow without a patch on top, as every list has', async () => {
    const house = new SmallHouse().opens().opens(OTHER)
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid low')
    const { em } = house.state()
    if (em.is !== 'active') throw new Error('no embargo')
    house.wait(em.end - DAY - house.now)
    const fire = { verb: 'fire-clock', stream: CASE, clock: 'embargo-end', round: em.end } as const
    const clock = clocks(house.policy.policy, { case: house.state(), others: new Map() }).find(
      (one) => one.clock === 'embargo-end',
    )
    const warnings = clock?.moments.flatMap(({ fraction, breach }) => (breach === true ? [] : [fraction])) ?? []
    for (const fraction of warnings) house.comes({ ...fire, fraction })
    expect(warnings).toHaveLength(3)
    expect(await casesOf(house, 'U0ANA')).toEqual([CASE, OTHER])
    for (const [verb, typed] of [
      ['status', 'all'],
      ['cases', ''],
      ['cases', 'overdue'],
    ] as const)
      expect(idsOf(cardOf(await house.asks(ana, verb, typed)))).toEqual([CASE, OTHER])
  })

  it('never says that nothing is theirs to do while anybody of the team may acknowledge a report', async () => {
    const house = new SmallHouse().opens()
    const first = outlook(house.policy.policy, { case: house.state(), others: new Map() }, house.now)?.next
    const other = first?.owner === 'Ben' ? 'U0ANA' : 'U0BEN'
    const [list, ...rest] = await home(house, other)
    expect(list?.fallback).toContain(`${first?.owner}: acknowledge the report (or any team member)`)
    expect(rest).toEqual([])
    // Cem helps with the case but is not on the team, so he may not acknowledge the case.
    await house.asks(ana, 'people.invite', '@cem')
    await house.asks(cem, 'consent', `${CASE} yes`)
    expect((await home(house, 'U0CEM')).map(({ title }) => title)).toEqual(['Nothing waits for you'])
  })

  it('has the questions of others, for everyone who may answer them', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'signal', 'attack')
    const asked = (await home(house, 'U0BEN')).find(({ kind }) => kind === 'approval')
    expect(asked?.fallback).toContain('SEC-2026-0042 · treat attacks as observed · asked by Ana')
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
      expect((await home(house, account)).map(({ title }) => title)).toEqual(['For you · 1 case'])
      expect(cardOf(await house.asks(who, 'status', 'mine')).fallback).toContain(CASE)
    }
    await house.asks(ana, 'people.invite', '@cem')
    await house.asks(cem, 'consent', `${CASE} yes`)
    expect(JSON.stringify(await home(house, 'U0CEM'))).toContain('1 open case')
    expect((await home(house, 'U0CEM')).map(({ title }) => title)).not.toContain('For you · 1 case')
  })

  it('is empty for an account of nobody, and has no cases for a person who is on none', async () => {
    const house = new SmallHouse().opens()
    expect(await home(house, 'U0NOBODY')).toEqual([])
    expect(JSON.stringify(await home(house, 'U0CEM'))).not.toContain('SEC-')
  })

  it('is one card where it is typed', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    const card = cardOf(await house.asks(ana, 'status', '', ELSEWHERE))
    expect(card.title).toBe('Your cases')
    expect(card.fallback).toContain('For you · 1 case')
    expect(cardOf(await house.asks(ben, 'status', '', ELSEWHERE)).fallback).toContain('none of them waits for you')
    expect(cardOf(await house.asks(cem, 'status', '', ELSEWHERE)).fallback).not.toContain('SEC-')
  })
})
