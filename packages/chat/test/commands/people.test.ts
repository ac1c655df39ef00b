import { CaseId, PersonId } from '@embargo/core'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { ana, ben, cem, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'

const LATER = CaseId.parse('SEC-2026-0043')
const LATEST = CaseId.parse('SEC-2026-0044')
const policy = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })

async function owned(): Promise<SmallHouse> {
  const house = new SmallHouse({ policy }).opens()
  await house.asks(ana, 'ack')
  return house
}

const declares = async (house: SmallHouse, who: PersonId, typed: string) =>
  house.asks(who, 'conflict', press(cardOf(await house.asks(who, 'conflict', typed)), 'Declare it').input)

describe('people of a case, in chat', () => {
  it('offers a case with a button, and the status says who was asked', async () => {
    const house = await owned()
    await house.asks(ana, 'people.handoff', '@ben the reporter writes at night')
    const offer = await house.lastCard('change')
    expect(offer.fallback).toContain('Ana offers the case to Ben')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ben: take the case?')
    const taken = cardOf(await house.asks(ben, 'take', press(offer, 'Take the case').input))
    expect(taken.fallback).toContain('You coordinate this case now.')
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Ben: decide whether it is valid')
  })

  it('says at once that too few people are left, and who can add somebody, but not the reason', async () => {
    const house = await owned()
    await declares(house, ana, '@cem works for the vendor')
    expect((await house.lastCard('change')).fallback).not.toContain('publishing needs two people')
    await declares(house, ben, 'his brother wrote the report')
    const text = (await house.lastCard('change')).fallback
    expect(text).toContain('Ben has a conflict of interest')
    expect(text).toContain(
      'Only Ana is left, and publishing needs two people. Ana can add a person to the policy, or invite somebody: /cvd people invite',
    )
    expect(text).not.toContain('brother')
  })

  it('does not name an admin who was taken off the case as one who can invite somebody', async () => {
    const people = policy.people.map((one) => ({ ...one, roles: ['admin' as const, 'team' as const] }))
    const house = new SmallHouse({ policy: { ...policy, people } }).opens()
    await house.asks(ana, 'people.remove', '@cem he left us')
    await house.asks(ana, 'people.remove', '@ben he left us')
    expect((await house.lastCard('change')).fallback).toContain(
      'Ana can add a person to the policy, or invite somebody: /cvd people invite',
    )
  })

  it('names the other accounts that the removal takes off the case, because each may belong to the removed person', async () => {
    const account = '100000000000000011'
    const benny = {
      id: PersonId.parse(`discord-${account}`),
      name: 'benny',
      roles: ['team' as const],
      discord: account,
    }
    const people = [...policy.people.slice(0, 2), { ...benny, known: 'group' as const }]
    const house = new SmallHouse({ policy: { ...policy, people } }).opens()
    const text = cardOf(await house.asks(ana, 'people.remove', '@ben he left us')).fallback
    expect(text).toContain('Ben is off the case')
    expect(text).toContain('benny may be Ben with another account, and is off the case too.')
    expect(text).toContain(`embargo people apart ben discord-${account}`)
    expect((await house.lastCard('change')).fallback).toContain(
      'benny may be another account of Ben, who must not see this case. So benny is off this case too.',
    )
    expect(Object.keys(house.state().people)).toEqual([ana])
  })

  it('shows what a conflict of interest ends for good, and asks', async () => {
    const house = await owned()
    const shown = cardOf(await house.asks(ben, 'people.conflict', 'his brother wrote the report'))
    expect(shown.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · a conflict of interest?
      You can never work on this case again: no acknowledging, no checking of fixes, no requests and no approvals.
      You can no longer see it, and your approval requests are void; your signals remain in force.
      Reason: his brother wrote the report
      This cannot be undone. Nothing has happened yet.
      [ Declare it ]"
    `)
    expect(house.state().conflicts).toBeUndefined()
    expect(cardOf(await house.asks(ana, 'people.conflict', '@cem works for the vendor')).fallback).toContain(
      'Cem can never work on this case again',
    )
    expect(cardOf(await house.asks(ben, 'people.conflict', '@cem works for the vendor')).fallback).toContain(
      'an admin can declare anybody’s',
    )
  })

  it('shows a removed person nothing, as if there were no such case', async () => {
    const house = await owned()
    await house.asks(ana, 'people.remove', '@cem leaves')
    expect((await house.lastCard('change')).fallback).toContain('Cem is off this case')
    expect(cardOf(await house.asks(cem, 'status')).fallback).toContain('Nothing waits for you')
    expect(cardOf(await house.asks(cem, 'ack', 'SEC-2026-0042')).fallback).toContain('There is no such case')
  })

  it('refuses a name that is not in the policy', async () => {
    const house = await owned()
    for (const [verb, input] of [
      ['handoff', '@zoe'],
      ['remove', '@zoe'],
      ['conflict', '@zoe because'],
    ] as const)
      expect(cardOf(await house.asks(ana, verb, input)).fallback).toContain('Nobody in the policy is called')
  })
})

describe('/people', () => {
  it('lists the people of the case with their roles, who was invited, and what can be done', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'people.invite', '@cem observer')
    await house.asks(ben, 'away', '2026-06-03')
    expect(cardOf(await house.asks(ana, 'people')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · people
      Ana · admin · looks after it
      Ben · team · away until Wed 3 Jun, 00:00 UTC
      Cem · invited as observer, has not answered
      [ Invite ] [ Hand the case over ] [ Remove ] [ Conflict of interest ]"
    `)
    await declares(house, ben, 'his brother wrote the report')
    expect(cardOf(await house.asks(ana, 'people')).fallback).toContain('Ben · has a conflict of interest')
  })
})

describe('/party', () => {
  it('lists whom the case waits for, who got the report, and what can be done', async () => {
    const house = await owned()
    expect(cardOf(await house.asks(ana, 'party')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · other parties
      No other party is on record.
      [ Wait for another party ]"
    `)
    await house.asks(ana, 'party.wait', 'the maintainers of libfoo')
    expect(cardOf(await house.asks(ana, 'party')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · other parties
      The case waits for the maintainers of libfoo since Mon 25 May.
      [ They answered ]"
    `)
    const [done] = cardOf(await house.asks(ana, 'party')).actions.filter(({ label }) => label === 'They answered')
    await house.asks(ana, done?.verb ?? '', done?.input ?? '')
    expect(house.state().waiting).toBeUndefined()
  })
})

describe('an invitation, in chat', () => {
  const withDora = policyOf('team', {
    people: [
      ANA,
      BEN,
      { id: 'dora', name: 'Dora', roles: ['maintainer'], mail: 'dora@quillmark.example', osUser: 'dora' },
    ],
  })
  const dora = PersonId.parse('dora')

  it('shows the case only after the person agreed', async () => {
    const house = new SmallHouse({ policy: withDora }).opens()
    await house.asks(ana, 'ack')
    expect(cardOf(await house.asks(ana, 'people.invite', '@dora')).fallback).toContain('gets the terms')
    const elsewhere = { platform: 'terminal', case: CASE } as const
    expect(cardOf(await house.asks(dora, 'advisory', { component: 'x', impact: 'y' }, elsewhere)).fallback).toContain(
      'There is no such case',
    )
    expect(cardOf(await house.asks(dora, 'people.join', '', elsewhere)).fallback).toContain('You are on the case')
    expect((await house.lastCard('change')).fallback).toContain('Dora agreed to the embargo')
    expect(cardOf(await house.asks(dora, 'status', '', elsewhere)).fallback).toContain('SEC-2026-0042 · acknowledged')
  })

  it('cannot be answered by a person who was not invited', async () => {
    const house = new SmallHouse({ policy: withDora }).opens()
    expect(cardOf(await house.asks(dora, 'people.join', '', { platform: 'terminal', case: CASE })).fallback).toContain(
      'There is no such case',
    )
  })
})

describe('being away, in chat', () => {
  it('is set once for all open cases of the person, and the next action passes to somebody else', async () => {
    const house = await owned()
    expect(cardOf(await house.asks(ana, 'away', '2026-06-09')).fallback).toContain('Recorded in 1 open case.')
    expect((await house.lastCard('change')).fallback).toContain('Ana is away from')
    expect(cardOf(await house.asks(ben, 'status')).fallback).toContain('Ben: decide whether it is valid')
    await house.asks(ana, 'away', 'back')
    expect((await house.lastCard('change')).fallback).toBe('Ana is back.')
    expect(cardOf(await house.asks(ben, 'status')).fallback).toContain('Ana: decide whether it is valid')
  })

  it('begins and ends with the days in the time zone of the person', async () => {
    const people = policy.people.map((one) => (one.id === ana ? { ...one, zone: 'Asia/Tokyo' } : one))
    const house = new SmallHouse({ policy: { ...policy, people } }).opens()
    await house.asks(ana, 'away', '2026-06-09')
    expect(house.state(CASE).away?.[ana]?.until).toBe(Date.UTC(2026, 5, 8, 15))
    await house.asks(ana, 'away', '2026-06-10T09:00')
    expect(house.state(CASE).away?.[ana]?.until).toBe(Date.UTC(2026, 5, 10))
  })

  it('also applies to cases that arrive meanwhile, and ends in them when the absence is cancelled', async () => {
    const house = new SmallHouse({ policy })
    expect(cardOf(await house.asks(ana, 'away', '2026-06-09')).fallback).toContain('in new cases too')
    house.opens().opens(LATER)
    const away = (id: CaseId) => house.state(id).away?.[ana]?.until
    expect([away(CASE), away(LATER)]).toEqual([Date.UTC(2026, 5, 9), Date.UTC(2026, 5, 9)])
    expect((await house.lastCard('change')).fallback).toContain('Ana is away from')
    expect(cardOf(await house.asks(ana, 'away', 'back')).fallback).toContain('Recorded in 2 open cases.')
    expect([away(CASE), away(LATER)]).toEqual([house.now, house.now])
    house.opens(LATEST)
    expect(away(LATEST)).toBeUndefined()
  })

  it('applies to every open case, however many there are', async () => {
    const house = new SmallHouse({ policy })
    const ids = Array.from({ length: 205 }, (_, n) => CaseId.parse(`SEC-2026-${String(n + 100).padStart(4, '0')}`))
    for (const id of ids) house.opens(id)
    expect(cardOf(await house.asks(ana, 'away', '2026-06-09')).fallback).toContain('Recorded in 205 open cases.')
    expect(ids.every((id) => house.state(id).away?.[ana] !== undefined)).toBe(true)
  })

  it('is refused to an account that belongs to no person', async () => {
    const house = await owned()
    const refused = cardOf(await house.asks(PersonId.parse('zoe'), 'away', '2026-06-09'))
    expect(refused.fallback).toContain('belongs to no person that Embargo knows')
  })

  it('asks for a day if none is given', async () => {
    const house = await owned()
    expect(cardOf(await house.asks(ana, 'away', 'soon')).fallback).toContain('A day looks like 2026-07-14.')
  })
})
