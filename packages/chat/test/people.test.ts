import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { ana, ben, cem, policyOf } from './policy.ts'
import { cardOf, press, SmallHouse } from './small-house.ts'

const policy = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })

async function owned(): Promise<SmallHouse> {
  const house = new SmallHouse({ policy }).opens()
  await house.asks(ana, 'ack')
  return house
}

describe('people of a case, in chat', () => {
  it('offers a case with a button, and the status says who was asked', async () => {
    const house = await owned()
    await house.asks(ana, 'handoff', '@ben the reporter writes at night')
    const offer = await house.lastCard('change')
    expect(offer.fallback).toContain('Ana offers the case to Ben')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ben: take the case?')
    const taken = cardOf(await house.asks(ben, 'take', press(offer, 'Take the case').input))
    expect(taken.fallback).toContain('You look after this case now.')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ben: decide whether it is valid')
  })

  it('says at once that too few are left, and who can add somebody, but not why', async () => {
    const house = await owned()
    await house.asks(ana, 'conflict', '@cem works for the vendor')
    expect((await house.lastCard('change')).fallback).not.toContain('publishing takes two people')
    await house.asks(ben, 'conflict', 'his brother wrote the report')
    const said = (await house.lastCard('change')).fallback
    expect(said).toContain('Ben has a conflict of interest')
    expect(said).toContain('Only Ana is left, and publishing takes two people. Ana can invite somebody')
    expect(said).not.toContain('brother')
  })

  it('shows a removed person nothing, as if there were no such case', async () => {
    const house = await owned()
    await house.asks(ana, 'remove', '@cem leaves')
    expect((await house.lastCard('change')).fallback).toContain('Cem is off this case')
    expect(cardOf(await house.asks(cem, 'status')).fallback).toContain('No open case waits for you')
    expect(cardOf(await house.asks(cem, 'take', 'SEC-2026-0042')).fallback).toContain('There is no such case')
  })

  it('knows nobody by a name that the policy does not have', async () => {
    const house = await owned()
    for (const [verb, input] of [
      ['handoff', '@zoe'],
      ['remove', '@zoe'],
      ['conflict', '@zoe because'],
    ] as const)
      expect(cardOf(await house.asks(ana, verb, input)).fallback).toContain('Nobody in the policy is called')
  })
})
