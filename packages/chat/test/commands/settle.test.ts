import { describe, expect, it } from 'vitest'
import { actorOf, CaseId, HOUR } from '@embargo/core'
import { renderTerminal } from '../../src/render/terminal.ts'
import { ana, ben } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'

const SECOND = CaseId.parse('SEC-2026-0043')
const THIRD = CaseId.parse('SEC-2026-0044')
const ELSEWHERE = { channel: 'C-elsewhere' }

/** Three cases, each with a mail that no server accepted. Ben is on two of these cases. */
async function threeCases(): Promise<SmallHouse> {
  const house = new SmallHouse().opens().opens(SECOND).opens(THIRD).wait(HOUR)
  for (const id of [CASE, SECOND, THIRD]) {
    const mail = house.recorded
      .flatMap(({ one }, index) => (one.stream === id ? house.effectsOf(index) : []))
      .find(({ kind }) => kind === 'send-mail')
    if (mail === undefined) throw new Error('nothing is mailed')
    house.comes({
      verb: 'record-outcome',
      stream: id,
      effect: mail.id,
      outcome: { is: 'parked', doubt: false, because: `refused for ${id}` },
    })
  }
  await house.asks(ana, 'people.remove', `${THIRD} @ben leaves`, ELSEWHERE)
  return house
}

const listed = async (house: SmallHouse, who = ben): Promise<readonly string[]> =>
  [...cardOf(await house.asks(who, 'settle', '', ELSEWHERE)).fallback.matchAll(/^(SEC-2026-\d+) (\d+)\./gmu)].map(
    ([, id, number]) => `${id} ${number}`,
  )

const settled = (house: SmallHouse, from: number) =>
  house.asked.slice(from).map(({ request }) => ('case' in request ? `${request.verb} ${request.case}` : request.verb))

describe('what was not done in several cases', () => {
  it('is one list of only those cases that the caller is in', async () => {
    const house = await threeCases()
    expect(await listed(house)).toEqual([`${CASE} 1`, `${SECOND} 1`])
    expect(await listed(house, ana)).toEqual([`${CASE} 1`, `${SECOND} 1`, `${THIRD} 1`])
    expect(cardOf(await house.asks(ben, 'settle', '', ELSEWHERE)).fallback).not.toContain(THIRD)
  })

  it('is settled together, but only in the cases of the caller', async () => {
    const house = await threeCases()
    const list = cardOf(await house.asks(ben, 'settle', '', ELSEWHERE))
    const from = house.asked.length
    const done = cardOf(await house.asks(ben, 'settle', press(list, 'Try all again').input, ELSEWHERE))
    expect(done.fallback).toContain('2 things settled: they are tried again.')
    expect(settled(house, from)).toEqual([`settle ${CASE}`, `settle ${SECOND}`])
    expect(await listed(house)).toEqual([])
    expect(await listed(house, ana)).toEqual([`${THIRD} 1`])
  })

  it('is not settled with an outcome that does not exist', async () => {
    const house = await threeCases()
    const from = house.asked.length
    const said = JSON.stringify(await house.asks(ben, 'settle', `${SECOND} 1 maybe`, ELSEWHERE))
    expect(said).toContain('“maybe” is not an outcome: write went, again or withdrawn.')
    expect(settled(house, from)).toEqual([])
  })

  it('is settled one by one, by the number in its case', async () => {
    const house = await threeCases()
    const from = house.asked.length
    await house.asks(ben, 'settle', `${SECOND} 1 went`, ELSEWHERE)
    expect(settled(house, from)).toEqual([`settle ${SECOND}`])
    expect(await listed(house)).toEqual([`${CASE} 1`])
    const other = await house.asks(ben, 'settle', `${THIRD} 1 went`, ELSEWHERE)
    expect('refusal' in other).toBe(true)
    await house.asks(ben, 'settle', `${CASE} 1 went`, ELSEWHERE)
    expect(await listed(house)).toEqual([])
    expect(await listed(house, ana)).toEqual([`${THIRD} 1`])
  })

  it('is settled in a terminal by what is written there', async () => {
    const house = await threeCases()
    const typed = async (verb: string): Promise<string> => {
      const reply = await house.router.handle({
        verb,
        input: '',
        actor: actorOf(house.policy.policy, 'terminal', 'ben'),
        place: { platform: 'terminal', private: true },
        deliveryId: verb,
        at: house.now,
      })
      return renderTerminal(cardOf(reply), { colour: false })
    }
    expect(await typed('settle')).toMatchInlineSnapshot(`
      "2 things to settle
      SEC-2026-0042 1. The receipt to the reporter was not done: refused for
        SEC-2026-0042
      SEC-2026-0043 1. The receipt to the reporter was not done: refused for
        SEC-2026-0043
      To settle one: embargo settle <case> <number> went, embargo settle <case>
      <number> again, embargo settle <case> <number> withdrawn. To settle all: type
      all in place of the number.
        → Try all again: embargo settle all again"
    `)
    expect(await typed('cases')).toContain('in 2 cases. To see it: embargo settle\n')
  })

  it('is announced above a list of cases until it is settled', async () => {
    const house = await threeCases()
    const said = 'Something failed or is in doubt in 2 cases. To see it: '
    const all = async () => cardOf(await house.asks(ben, 'status', { which: 'all' }, ELSEWHERE)).fallback
    expect(await all()).toContain(said)
    expect(cardOf(await house.asks(ben, 'status', 'all', ELSEWHERE)).fallback).toContain(said)
    await house.asks(ben, 'settle', 'all went', ELSEWHERE)
    expect(await all()).not.toContain('Something failed')
  })
})
