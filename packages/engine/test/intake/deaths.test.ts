import { describe, expect, it } from 'vitest'
import { parse } from '@embargo/mail'
import { CASE, createHouse, mailBytes, OWN, REPORTER } from '../house.ts'
import type { House } from '../house.ts'
import { state, spoolRows, quarantines } from './spooled-mail.ts'

describe('a program that dies while it places a mail', () => {
  it.each([
    [2, [], 1],
    [3, [], 1],
    [4, ['program-died'], 0],
  ])('%i times: quarantined %j, read %i times', async (deaths, reasons, reads) => {
    const house = createHouse()
    const raw = mailBytes()
    const stored = await house.spool.store({
      raw,
      envelopeFrom: REPORTER,
      envelopeTo: [OWN],
      receivedAt: house.clock.now(),
      delivery: 'd',
    })
    if (stored.is === 'full') throw new Error('full')
    for (let death = 0; death < deaths; death += 1) await house.spool.attempt(stored.id)
    await house.receive({}, raw)
    expect(await quarantines(house)).toEqual(reasons)
    expect(house.parser.calls).toBe(reads)
    expect((await state(house)).reports).toHaveLength(reads)
    expect(await spoolRows(house)).toEqual([['in-case', CASE]])
  })
})

describe('a death', () => {
  const attempts = async ({ spool }: House): Promise<number | undefined> =>
    (await spool.list({ limit: 1 }))[0]?.attempts

  it('counts against a mail only while the parser has it', async () => {
    const house = createHouse()
    const seen: [string, number | undefined][] = []
    const look = async (when: string) => void seen.push([when, await attempts(house)])
    house.parser.ready = async () => look('the reader starts')
    house.parser.parse = async (raw) => look('it reads').then(async () => parse(raw))
    await house.receive({}, undefined, { crashPoint: async (point) => look(point) })
    expect(seen).toEqual([
      ['the reader starts', 0],
      ['it reads', 1],
      ['mail-placed-before-case', 0],
      ['mail-in-case', 0],
    ])
  })

  it('of the parser does not count as a death of the program', async () => {
    const house = createHouse()
    house.parser.parse = async () => {
      throw new Error('the reader was shut down')
    }
    await house.receive()
    expect(await attempts(house)).toBe(0)
  })

  it('counts against no mail if no parser can be started', async () => {
    const house = createHouse()
    house.parser.ready = async () => {
      throw new Error('no memory for a process')
    }
    await house.receive()
    expect(await attempts(house)).toBe(0)
    expect(await spoolRows(house)).toEqual([['waiting', undefined]])
  })
})
