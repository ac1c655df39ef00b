import { describe, expect, it } from 'vitest'
import { HOUR } from '@embargo/core'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { cardOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

/** A case that was reported on a Monday at 09:00 UTC and acknowledged. `zone` is Ben's time zone. */
const acked = async (zone?: string) => {
  const policy = policyOf()
  const people = policy.people.map((one) => (one.id === ben && zone !== undefined ? { ...one, zone } : one))
  const house = new SmallHouse({ policy: { ...policy, people } }).opens().wait(HOUR)
  await house.asks(ana, 'ack')
  return house
}

const offered = async (house: SmallHouse) => {
  await house.asks(ana, 'people.handoff', '@ben')
  return house.lastCard('change')
}

describe('the person whom a card mentions', () => {
  it('is the person to whom a case is offered', async () => {
    expect((await offered(await acked())).mentions).toEqual([ben])
  })

  it('is nobody while it is night for the person concerned', async () => {
    expect((await offered(await acked('Pacific/Auckland'))).mentions).toEqual([])
  })

  it('is mentioned even at night if the case is critical', async () => {
    const house = await acked('Pacific/Auckland')
    await house.asks(ana, 'triage', 'valid critical')
    expect((await offered(house)).mentions).toEqual([ben])
  })

  it('is the person who is reminded, even of a case whose content is kept out of chat', async () => {
    const policy = policyOf()
    const chat = { ...policy.chat, content: 'metadata' as const }
    const house = new SmallHouse({ policy: { ...policy, chat } }).opens().wait(HOUR)
    await house.asks(ana, 'ack')
    await house.asks(ana, 'remind', 'decide-validity')
    expect((await house.lastCard('reminder')).mentions).toEqual([ana])
  })

  it('is a second person who may answer, not the requester; and nobody once the request is answered', async () => {
    const house = await untilReady()
    const preview = cardOf(await house.asks(ana, 'prenotify', '2026-06-09'))
    await house.asks(ana, 'prenotify', press(preview, 'Ask the second person').input)
    expect((await house.lastCard('approval')).mentions).toEqual([ben])
    await house.asks(ben, 'approve.no', 'not yet')
    expect((await house.lastCard('approval')).mentions).toBeUndefined()
  })

  it('is nobody if the card only gives news about people', async () => {
    expect((await (await acked()).lastCard('status')).mentions).toBeUndefined()
  })
})
