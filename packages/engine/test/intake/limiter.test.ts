import { describe, expect, it } from 'vitest'
import { actorOf, CaseId, DAY, HOUR, MessageId, MINUTE } from '@embargo/core'
import { CASE, createHouse, policyOf, REPORTER } from '../house.ts'
import type { House } from '../house.ts'
import { replyTo } from '../story.ts'

/** How many cases all projects together may get in an hour. One project may get three, and one sender may open two. */
const LIMIT = 5
const PROJECTS = [
  { id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' },
  { id: 'inkwell', name: 'Inkwell', address: 'security@inkwell.example' },
]

const aHouse = (): House =>
  createHouse({ policy: policyOf({ projects: PROJECTS, intake: { lists: 'open', newCases: LIMIT } }) })

let mails = 0
const from = (house: House, sender: string, to?: string): Promise<void> =>
  house.receive({
    from: sender,
    envelopeFrom: sender,
    subject: `finding ${(mails += 1)}`,
    body: `${mails} ${sender}`,
    ...(to !== undefined && { to }),
  })

const states = async (house: House): Promise<readonly string[]> =>
  (await house.spool.list({ limit: 100 })).map(({ state }) => state)

const actor = (house: House, account: string) => actorOf(house.engine.policy.policy, 'slack', account)
const decides = (house: House, as: 'open' | 'aside', which: 'all' | readonly MessageId[] = 'all') =>
  house.engine.commands.decideHeld({ actor: actor(house, 'UBEN'), as, mails: which })

const held = async (house: House): Promise<readonly MessageId[]> => (await house.spool.held(100)).map(({ id }) => id)

describe('more new reports than the policy accepts in an hour', () => {
  it.each<[string, readonly (readonly [string, string?])[], readonly string[]]>([
    ['of one sender', [['a@x.example'], ['A@x.example'], ['a@x.example']], ['in-case', 'in-case', 'held']],
    [
      'of one project, from any sender',
      [['a@x.example'], ['b@x.example'], ['c@x.example'], ['d@x.example'], ['e@x.example', 'security@inkwell.example']],
      ['in-case', 'in-case', 'in-case', 'held', 'in-case'],
    ],
    [
      'of all',
      [
        ['a@x.example'],
        ['b@x.example'],
        ['c@x.example'],
        ['d@x.example', 'security@inkwell.example'],
        ['e@x.example', 'security@inkwell.example'],
        ['f@x.example', 'security@inkwell.example'],
      ],
      ['in-case', 'in-case', 'in-case', 'in-case', 'in-case', 'held'],
    ],
  ])('are stored and held for a person: %s', async (_name, senders, expected) => {
    const house = aHouse()
    for (const [sender, to] of senders) await from(house, sender, to)
    expect(await states(house)).toEqual(expected)
    expect((await house.spool.find((await held(house))[0] ?? MessageId.parse('m')))?.raw.length).toBeGreaterThan(0)
  })

  it('open cases again when the hour is over, and the held mails stay held', async () => {
    const house = aHouse()
    for (let mail = 0; mail < 3; mail += 1) await from(house, 'a@x.example')
    house.wait(HOUR + MINUTE)
    await from(house, 'a@x.example')
    expect(await states(house)).toEqual(['in-case', 'in-case', 'held', 'in-case'])
  })

  it('are no flood if they came over several days while the program was stopped', async () => {
    const house = aHouse()
    for (let mail = 0; mail < 6; mail += 1) {
      await house.spool.store({
        raw: new TextEncoder().encode(`From: a@x.example\r\nSubject: ${mail}\r\n\r\nA hole.\r\n`),
        envelopeFrom: 'a@x.example',
        envelopeTo: ['security@quillmark.example'],
        receivedAt: house.clock.now(),
        delivery: `slow ${mail}`,
      })
      house.wait(DAY)
    }
    await from(house, 'b@x.example')
    expect(await states(house)).toEqual(Array.from({ length: 7 }, () => 'in-case'))
  })

  it('never delay a mail that belongs to a case', async () => {
    const house = aHouse()
    await house.receive()
    await house.drain()
    for (let mail = 0; mail < 4; mail += 1) await from(house, REPORTER)
    await house.receive({ to: replyTo(house), body: 'More of it.' })
    expect((await states(house)).filter((state) => state === 'held')).toHaveLength(3)
    expect((await house.caseState()).messages).toHaveLength(2)
  })

  it('become cases when a person opens them: the log says who, and they do not count towards the limit', async () => {
    const house = aHouse()
    for (let mail = 0; mail < 4; mail += 1) await from(house, 'a@x.example')
    expect(await decides(house, 'open')).toEqual({ ok: true, count: 2 })
    await from(house, 'b@x.example')
    expect(await states(house)).toEqual(Array.from({ length: 5 }, () => 'in-case'))
    const opened = [...house.memory.streams.values()]
      .flat()
      .flatMap(({ event }) => (event.type === 'CaseOpened' ? [event.letInBy] : []))
    expect(opened).toEqual([undefined, undefined, 'ben', 'ben', undefined])
    expect(await decides(house, 'open')).toEqual({ ok: true, count: 0 })
  })

  it('stay stored when a person sets them aside, and the person may change their mind', async () => {
    const house = aHouse()
    for (let mail = 0; mail < 4; mail += 1) await from(house, 'a@x.example')
    const [one, other] = await held(house)
    if (one === undefined || other === undefined) throw new Error('nothing waits')
    expect(await decides(house, 'open', [one])).toEqual({ ok: true, count: 1 })
    expect(await decides(house, 'aside')).toEqual({ ok: true, count: 1 })
    expect(await house.spool.find(other)).toMatchObject({ state: 'dismissed', because: 'ben' })
    await from(house, 'c@x.example')
    expect(await decides(house, 'open', [other])).toEqual({ ok: true, count: 1 })
    await from(house, 'd@x.example')
    expect((await states(house)).filter((state) => state !== 'in-case')).toEqual(['held'])
    expect(await house.engine.queries.state(CaseId.parse('SEC-2026-0005'))).toMatchObject({ rm: 'received' })
  })

  it('stay held if they came after the person looked', async () => {
    const house = aHouse()
    for (let mail = 0; mail < 3; mail += 1) await from(house, 'a@x.example')
    const until = house.clock.now()
    house.wait(MINUTE)
    await from(house, 'a@x.example')
    const [, last] = await held(house)
    const decision = { actor: actor(house, 'UBEN'), as: 'aside', mails: 'all', until } as const
    expect(await house.engine.commands.decideHeld(decision)).toEqual({ ok: true, count: 1 })
    expect(await held(house)).toEqual([last])
  })

  it('can be decided only by people who may open a case', async () => {
    const house = aHouse()
    for (let mail = 0; mail < 3; mail += 1) await from(house, 'a@x.example')
    const stranger = actor(house, 'USTRANGER')
    expect(await house.engine.commands.decideHeld({ actor: stranger, as: 'open', mails: 'all' })).toMatchObject({
      ok: false,
      refusal: { gate: 'role' },
    })
    expect(await house.engine.queries.heldMails(stranger, 10)).toMatchObject({ ok: false })
    expect(await house.engine.queries.heldMails(actor(house, 'UANA'), 10)).toMatchObject({
      ok: true,
      count: 1,
      mails: [{ mail: { from: 'a@x.example' } }],
    })
    expect(await house.engine.queries.state(CASE)).toMatchObject({ rm: 'received' })
  })
})
