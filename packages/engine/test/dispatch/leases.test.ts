import { HOUR } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { performEffect } from '../../src/dispatch/attempt.ts'
import { BEGUN_BY_CLAIM } from '../../src/dispatch/begun-by-claim.ts'
import { createDispatcher } from '../../src/index.ts'
import { claimOne, until } from '../claiming.ts'
import { createHouse } from '../house.ts'
import type { House } from '../house.ts'

const rows = (house: House, state: string) => [...house.memory.outbox.values()].filter((row) => row.state === state)

describe('a lease', () => {
  it('is renewed while the effect runs, and not after that', async () => {
    const house = createHouse()
    await house.receive()
    const claimed = await claimOne(house)
    let finish: () => void = () => undefined
    const slow = {
      ...house.chat,
      openChannel: () =>
        new Promise<{ channel: string; name: string }>(
          (resolve) => (finish = () => resolve({ channel: 'C9', name: 'sec' })),
        ),
    }
    let renewals = 0
    const sleep = async (ms: number): Promise<void> => {
      house.machine.ms += ms
      renewals += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    const running = performEffect({ ...house.performing, chat: new Map([['slack', slow]]), sleep }, claimed)
    await until(() => renewals > 12)
    // Two minutes have passed on the machine. Without a renewal, the lease of thirty seconds would be over.
    const other = {
      capabilities: ['slack'] as const,
      worker: 'worker-2',
      nowMs: house.machine.ms,
      leaseMs: 30_000,
      limit: 1,
    }
    expect(await house.outbox.claim(other)).toEqual([])
    finish()
    await running
    expect((await house.caseState()).channels.slack?.channel).toBe('C9')
  })

  it.each([
    ['before the effect began', {}],
    ['long after the claim with which the effect began', { beginning: BEGUN_BY_CLAIM }],
  ])('that was lost %s stops it', async (_, more) => {
    const house = createHouse()
    await house.receive()
    const claimed = await claimOne(house, 'slack', more)
    house.machine.ms += 60_000
    await house.outbox.claim({
      capabilities: ['slack'],
      worker: 'worker-2',
      nowMs: house.machine.ms,
      leaseMs: 30_000,
      limit: 1,
    })
    await performEffect(house.performing, claimed)
    expect(house.chat.channels.size).toBe(0)
  })
})

describe('an effect on a platform that begins with its claim', () => {
  it('needs no other write before the platform is called', async () => {
    const house = createHouse()
    await house.receive()
    const claimed = await claimOne(house, 'slack', { beginning: BEGUN_BY_CLAIM })
    const outbox = { ...house.outbox, begin: () => Promise.reject(new Error('the mark was written again')) }
    const engine = { ...house.engine, deps: { ...house.engine.deps, outbox } }
    await performEffect({ ...house.performing, engine }, claimed)
    expect(house.chat.channels.size).toBe(1)
  })

  it('is looked up by the next worker, because the first one may have died after the call', async () => {
    const house = createHouse()
    await house.receive()
    const lookUps: boolean[] = []
    const chat = {
      ...house.chat,
      openChannel: async (request: Parameters<typeof house.chat.openChannel>[0]) => {
        lookUps.push(request.lookUp)
        return house.chat.openChannel(request)
      },
    }
    await claimOne(house, 'slack', { beginning: BEGUN_BY_CLAIM })
    house.machine.ms += 60_000
    const again = await claimOne(house, 'slack', { beginning: BEGUN_BY_CLAIM })
    await performEffect({ ...house.performing, chat: new Map([['slack', chat]]) }, again)
    expect(lookUps).toEqual([true])
  })
})

describe('the dispatcher', () => {
  it('sends a mail once if the clock jumps past the lease before the mail leaves', async () => {
    const house = createHouse()
    await house.receive()
    const over = new AbortController()
    const claims = new Map<string, number>()
    const outbox = {
      ...house.outbox,
      claim: async (request: Parameters<typeof house.outbox.claim>[0]) => {
        const claimed = await house.outbox.claim(request)
        for (const { effect } of claimed) claims.set(effect.id, (claims.get(effect.id) ?? 0) + 1)
        return claimed
      },
    }
    const engine = { ...house.engine, deps: { ...house.engine.deps, outbox } }
    let jumped = false
    const sleep = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    const crashPoint = async (point: string, effect: { readonly id: string; readonly kind: string }): Promise<void> => {
      if (effect.kind !== 'send-mail') return
      if (point === 'before-effect' && !jumped) {
        jumped = true
        house.machine.ms += HOUR
        await until(() => claims.get(effect.id) === 2)
      }
      // Two attempts to send the mail are made. An attempt that has sent the mail waits here before the result is
      // recorded, so the other has time to send the mail too, if nothing stops it.
      if (point === 'after-outside-before-record') for (let n = 0; n < 200; n += 1) await sleep()
    }
    const running = createDispatcher({ ...house.performing, engine, crashPoint, sleep }).run(over.signal)
    await until(() => rows(house, 'done').length === house.memory.outbox.size)
    over.abort()
    await running
    expect([...claims.values()]).toContain(2)
    expect(house.relay.mails).toHaveLength(1)
  })

  it('is woken by the append, runs several lanes, and ends with its signal', async () => {
    const house = createHouse()
    const over = new AbortController()
    const { performing } = house
    const running = createDispatcher({ ...performing }).run(over.signal)
    await until(() => house.memory.appended.size === 1)
    await house.receive()
    await until(() => house.relay.mails.length === 1 && rows(house, 'done').length === house.memory.outbox.size)
    expect(house.chat.channels.size).toBe(1)
    over.abort()
    await running
    expect(house.memory.appended.size).toBe(0)
  })

  it('claims only effects that it can perform', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain(['mail'])
    expect(house.chat.channels.size).toBe(0)
    expect(house.relay.mails).toHaveLength(1)
  })

  it('sends letters even while every effect on a platform hangs', async () => {
    const house = createHouse()
    for (let n = 1; n <= 26; n += 1) {
      await house.receive({ subject: `report ${n}`, from: `r${n}@reporter.example` })
      // Mails of strangers may open only a limited number of cases in an hour.
      if (n === 13) house.wait(HOUR)
    }
    const letGo: (() => void)[] = []
    const hanging = {
      ...house.chat,
      openChannel: (request: Parameters<typeof house.chat.openChannel>[0]) =>
        new Promise<void>((resolve) => letGo.push(resolve)).then(() => house.chat.openChannel(request)),
    }
    const over = new AbortController()
    const running = createDispatcher({ ...house.performing, chat: new Map([['slack', hanging]]) }).run(over.signal)
    await until(() => house.relay.mails.length === 26)
    expect(letGo).toHaveLength(24)
    over.abort()
    for (const go of letGo) go()
    await running
  })

  it('continues after the outbox could not be read for a while', async () => {
    const house = createHouse()
    const over = new AbortController()
    let failures = 3
    const outbox = {
      ...house.outbox,
      claim: async (request: Parameters<typeof house.outbox.claim>[0]) => {
        failures -= 1
        if (failures >= 0) throw new Error('the database is away')
        return house.outbox.claim(request)
      },
    }
    const engine = { ...house.engine, deps: { ...house.engine.deps, outbox } }
    await house.receive()
    const sleep = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    const running = createDispatcher({ ...house.performing, engine, sleep }).run(over.signal)
    await until(() => house.relay.mails.length === 1)
    over.abort()
    await running
    expect(house.log.lines.filter(({ message }) => message === 'the outbox could not be read')).toHaveLength(3)
  })

  it('asks people about an effect whose row cannot be read', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain()
    const { effect } = [...house.memory.outbox.values()][0] ?? {}
    if (effect === undefined) throw new Error('there is no effect')
    let damage: Parameters<typeof house.outbox.onDamage>[0] = () => undefined
    const outbox = { ...house.outbox, onDamage: (listener: typeof damage) => ((damage = listener), () => undefined) }
    const engine = { ...house.engine, deps: { ...house.engine.deps, outbox } }
    const over = new AbortController()
    const running = createDispatcher({ ...house.performing, engine }).run(over.signal)
    damage({ effect: effect.id, stream: effect.stream })
    await until(() => house.events().includes('EffectParked'))
    over.abort()
    await running
    expect((await house.caseState()).parked).toMatchObject([
      { effect: effect.id, doubt: true, because: expect.stringContaining('cannot be read') },
    ])
  })

  it('never logs words of a report, a subject or an address', async () => {
    const house = createHouse()
    await house.receive({ subject: 'PLANTED', body: 'PLANTED' })
    house.relay.failures.push({ error: new TypeError('PLANTED rea@reporter.example') })
    await house.drain()
    expect(house.log.lines.length).toBeGreaterThan(0)
    expect(JSON.stringify(house.log.lines)).not.toMatch(/PLANTED|reporter\.example/)
  })
})
