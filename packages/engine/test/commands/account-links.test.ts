import { CommandId, MINUTE, PEOPLE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/index.ts'
import type { RunningEngine } from '../../src/index.ts'
import { createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'

const ANA = '100000000000000001'
const EVE = '100000000000000002'

let commands = 0
const said = (
  { engine, clock }: Pick<House, 'engine' | 'clock'>,
  platform: Platform,
  account: string,
  id?: string,
) => ({
  actor: engine.queries.actorOf(platform, account),
  commandId: CommandId.parse(id ?? `link:${(commands += 1)}`),
  at: clock.now(),
})

const houseOfTwo = (): House => createHouse({ policy: policyOf({ platforms: ['slack', 'discord'] }) })

async function codeOf(house: House, id?: string): Promise<string> {
  const asked = await house.engine.commands.askLink(said(house, 'slack', 'UANA', id))
  if (!asked.ok) throw new Error(asked.refusal.because)
  return asked.code
}

const claims = (house: House, account: string, code: string, id?: string) =>
  house.engine.commands.claimLink({ ...said(house, 'discord', account, id), code })

const confirms = (house: House, engine: RunningEngine = house.engine) =>
  engine.commands.handle({
    ...said({ ...house, engine }, 'slack', 'UANA'),
    request: { verb: 'link-confirm', stream: PEOPLE, agreed: true },
  })

describe('a code for another account', () => {
  it('shows the same word on both screens, and links when the first account confirms', async () => {
    const house = houseOfTwo()
    const code = await codeOf(house)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(await house.engine.queries.pendingLink(house.engine.queries.actorOf('slack', 'UANA'))).toBeUndefined()
    const claimed = await claims(house, ANA, code.toLowerCase().replace('-', ' '))
    const pending = await house.engine.queries.pendingLink(house.engine.queries.actorOf('slack', 'UANA'))
    expect(pending).toMatchObject({ platform: 'discord', account: ANA })
    expect(claimed).toEqual({ ok: true, word: pending?.word, askedOn: 'slack' })
    expect(await confirms(house)).toMatchObject({ ok: true })
    expect(house.engine.queries.actorOf('discord', ANA).person).toBe('ana')
    expect(house.engine.queries.personOfAccount('discord', ANA)?.name).toBe('Ana')
    const [person] = house.engine.policy.policy.people
    expect(person && house.engine.queries.accountsOf(person.id, 'discord')).toEqual([ANA])
  })

  it('shows a different word to another account that found the code', async () => {
    const [one, other] = [houseOfTwo(), houseOfTwo()]
    const code = await codeOf(one, 'same')
    expect(await codeOf(other, 'same')).toBe(code)
    const mine = await claims(one, ANA, code)
    const theirs = await claims(other, EVE, code)
    expect(mine.ok && theirs.ok && mine.word !== theirs.word).toBe(true)
  })

  it('is the same when the delivery is repeated, and differs from any other person’s code', async () => {
    const house = houseOfTwo()
    expect(await codeOf(house, 'once')).toBe(await codeOf(house, 'once'))
    expect(await codeOf(house, 'twice')).not.toBe(await codeOf(house, 'once'))
  })

  it('appears in no event and no stored answer, and neither does what is typed', async () => {
    const house = houseOfTwo()
    const code = await codeOf(house)
    await claims(house, ANA, code)
    await confirms(house)
    await house.engine.commands.askLink(said(house, 'slack', 'UBEN'))
    const kept = JSON.stringify([...house.memory.streams, ...house.memory.handled])
    expect(house.events(PEOPLE)).toEqual(['LinkAsked', 'LinkClaimed', 'AccountLinked', 'LinkAsked'])
    expect(kept).not.toContain(code)
    expect(kept).not.toContain(code.replace('-', ''))
  })

  it('cannot be guessed: after five wrong codes an account must wait ten minutes, whatever it types', async () => {
    const house = houseOfTwo()
    const code = await codeOf(house)
    for (let n = 0; n < 5; n += 1) {
      const wrong = await claims(house, EVE, `WRNG-000${n}`)
      expect(wrong).toMatchObject({ ok: false, refusal: { because: expect.stringMatching(/^This code is not valid/) } })
    }
    const late = await claims(house, EVE, code)
    expect(late).toMatchObject({
      ok: false,
      refusal: { because: expect.stringMatching(/^This account typed too many wrong codes/) },
    })
    expect(house.events(PEOPLE)).toEqual(['LinkAsked'])
    house.wait(10 * MINUTE)
    const again = await codeOf(house)
    expect(await claims(house, EVE, again)).toMatchObject({ ok: true })
  })

  it('still works for its person, however many strangers type wrong codes', async () => {
    const house = houseOfTwo()
    const code = await codeOf(house)
    for (let n = 0; n < 200; n += 1)
      await claims(house, `2000000000000${String(n).padStart(5, '0')}`, `WRNG-${1000 + n}`)
    expect(await claims(house, ANA, code)).toMatchObject({ ok: true })
  })

  it('is void once many wrong accounts have typed it', async () => {
    const house = houseOfTwo()
    const code = await codeOf(house)
    await claims(house, EVE, code)
    const refusals = []
    for (let n = 0; n < 6; n += 1) {
      const said = await claims(house, `30000000000000000${n}`, code)
      refusals.push(said.ok ? 'ok' : said.refusal.because)
    }
    expect(refusals.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => 'Another account typed this code before.'))
    expect(refusals[5]).toBe('Too many accounts typed this code.')
  })

  it('counts a wrong code once if a platform delivers it twice', async () => {
    const house = houseOfTwo()
    const code = await codeOf(house)
    for (let n = 0; n < 9; n += 1) await claims(house, EVE, 'WRNG-0000', 'delivered')
    expect(await claims(house, EVE, code)).toMatchObject({ ok: true })
  })
})

describe('another process on the same database', () => {
  it('applies a link, and its removal, from the next command on', async () => {
    const house = houseOfTwo()
    const { engine } = house
    const { deps } = engine
    const other = createEngine({
      ...deps,
      policy: { policy: policyOf({ platforms: ['slack', 'discord'] }), hash: deps.policy.hash },
    })
    const code = await codeOf(house)
    await other.commands.claimLink({ ...said({ ...house, engine: other }, 'discord', ANA), code })
    await confirms(house, other)
    expect(engine.queries.actorOf('discord', ANA).person).toBeUndefined()
    expect((await engine.queries.actorNow(engine.queries.actorOf('discord', ANA))).person).toBe('ana')
    await other.commands.handle({
      ...said({ ...house, engine: other }, 'slack', 'UANA'),
      request: { verb: 'link.remove', stream: PEOPLE, platform: 'discord' },
    })
    // This process does not know yet that the other process removed the link, so it builds a command with Ana as its
    // actor.
    const stale = engine.queries.actorOf('discord', ANA)
    expect(stale.person).toBe('ana')
    const answered = await engine.commands.handle({
      ...said(house, 'discord', ANA),
      actor: stale,
      request: { verb: 'absence', stream: PEOPLE, until: 'back' },
    })
    expect(answered).toMatchObject({ ok: false, refusal: { gate: 'role' } })
  })
})
