import { describe, expect, it } from 'vitest'
import { performEffect } from '../../src/dispatch/attempt.ts'
import { Outages, createDispatcher } from '../../src/index.ts'
import { OutsideError } from '../../src/ports/chat-platform.ts'
import { claimOne, until } from '../claiming.ts'
import { CASE, createHouse } from '../house.ts'
import type { House } from '../house.ts'
import { submit, untilPrenotified } from '../story.ts'

const text = (raw: Uint8Array | undefined): string => new TextDecoder().decode(raw)
const rows = (house: House, state: string) => [...house.memory.outbox.values()].filter((row) => row.state === state)
const unknown = new OutsideError('unknown', 'the connection broke')

describe('an effect whose answer was lost', () => {
  it('opens only one channel: after the lease, the channel is looked up', async () => {
    const house = createHouse()
    await house.receive()
    house.chat.failures.push({ error: unknown, afterEffect: true })
    await house.drain(['slack'])
    expect(house.chat.posts).toEqual([])
    house.machine.ms += 60_000
    await house.drain(['slack'])
    expect([...house.chat.channels.keys()]).toEqual(['C1'])
    expect(house.chat.lookUps).toHaveLength(1)
    expect((await house.caseState()).channels.slack?.channel).toBe('C1')
  })

  it('posts once', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain(['slack'])
    const before = house.chat.posts.length
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    house.chat.failures.push({ error: unknown, afterEffect: true })
    await house.drain(['slack'])
    house.machine.ms += 60_000
    await house.drain(['slack'])
    const posted = house.chat.posts.slice(before).map(({ effect }) => effect)
    expect(posted.length).toBeGreaterThan(0)
    expect(new Set(posted).size).toBe(posted.length)
    expect(house.chat.lookUps).toHaveLength(1)
  })

  it('sends a letter again with the same bytes and the same Message-ID, whatever changed since', async () => {
    const house = createHouse()
    await house.receive()
    house.relay.failures.push({ error: unknown, afterEffect: true })
    await house.drain(['mail'])
    house.machine.ms += 60_000
    house.wait(3_600_000)
    await house.drain(['mail'])
    const [first, second, ...more] = house.relay.mails
    expect(more).toEqual([])
    expect(text(second?.raw)).toBe(text(first?.raw))
    expect(second?.messageId).toBe(first?.messageId)
    expect(second?.envelopeTo).toBe(first?.envelopeTo)
    expect(house.events().filter((type) => type === 'MailAccepted')).toHaveLength(1)
  })
})

describe('a crash', () => {
  const crash = new Error('killed')

  it('between the external call and its record leaves the effect in doubt, and it happens only once', async () => {
    const house = createHouse()
    await house.receive()
    const crashPoint = async (name: string): Promise<void> => {
      if (name === 'after-outside-before-record') throw crash
    }
    await expect(performEffect({ ...house.performing, crashPoint }, await claimOne(house))).rejects.toThrow(crash)
    house.machine.ms += 60_000
    expect(await claimOne(house)).toMatchObject({ inDoubt: true, attempt: 2 })
    house.machine.ms += 60_000
    await house.drain()
    expect([...house.chat.channels.keys()]).toEqual(['C1'])
  })

  it('before the external call leaves no doubt', async () => {
    const house = createHouse()
    await house.receive()
    await claimOne(house)
    house.machine.ms += 60_000
    expect(await claimOne(house)).toMatchObject({ inDoubt: false, attempt: 2 })
  })

  it('in the middle of a pre-notification parks the mail in doubt, sends the others, and asks in the channel', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    const before = house.relay.mails.length
    // This mail tells the reporter the planned date.
    await claimOne(house, 'mail')
    const claimed = await claimOne(house, 'mail')
    const { deps } = house.engine
    await deps.outbox.keepRendered(
      claimed.effect.id,
      'worker-1',
      new TextEncoder().encode('To: security@north.example\r\nMessage-ID: <a@b>\r\n\r\n'),
    )
    await deps.outbox.begin(claimed.effect.id, 'worker-1', { nowMs: house.machine.ms, leaseMs: 30_000 })
    house.machine.ms += 60_000
    await house.drain()
    expect(
      house.relay.mails
        .slice(before)
        .map(({ envelopeTo }) => envelopeTo)
        .toSorted(),
    ).toEqual(['announce@quillmark.example', 'rea@reporter.example', 'security@south.example'])
    expect(rows(house, 'parked').map(({ effect }) => effect.id)).toEqual([claimed.effect.id])
    expect(house.chat.posts.map(({ title }) => title)).toContain('EffectParked')
    expect((await house.engine.queries.world(CASE))?.release?.parked).toMatchObject([
      { effect: claimed.effect.id, doubt: true, letter: 'prenotification' },
    ])
  })

  it.each([
    ['went', 'done', 0],
    ['again', 'done', 1],
  ] as const)('is settled by a person who says "%s"', async (outcome, state, sent) => {
    const house = createHouse()
    await untilPrenotified(house)
    const before = house.relay.mails.length
    // The first failure hits the letter to the reporter, which is sent again. The second parks an approved mail.
    house.relay.failures.push({ error: unknown }, { error: unknown })
    await house.drain()
    const [parked] = rows(house, 'parked')
    if (parked === undefined) throw new Error('nothing is parked')
    const others = house.relay.mails.length - before
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect: parked.effect.id, outcome })
    await house.drain()
    expect(parked.state).toBe(state)
    expect(house.relay.mails.length - before - others).toBe(sent)
    const release = (await house.engine.queries.world(CASE))?.release
    expect(release?.parked).toEqual([])
    expect(release?.prenotified.every(({ sentAt }) => sentAt !== undefined)).toBe(true)
  })
})

describe('the external service answers', () => {
  it('429: the effect is not tried again before Retry-After is over', async () => {
    const house = createHouse()
    await house.receive()
    house.chat.failures.push({ error: new OutsideError('rate-limited', 'slow down', { retryAfterMs: 7000 }) })
    await house.drain(['slack'])
    house.machine.ms += 6999
    expect(await house.drain(['slack'])).toBe(0)
    house.machine.ms += 1
    await house.drain(['slack'])
    expect(house.chat.channels.size).toBe(1)
  })

  it('429 for all channels: no effect is tried before Retry-After is over', async () => {
    const house = createHouse()
    let calls = 0
    const slow = new OutsideError('rate-limited', 'slow down', { retryAfterMs: 7000, forAll: true })
    const chat = {
      ...house.chat,
      openChannel: (request: Parameters<typeof house.chat.openChannel>[0]) => {
        calls += 1
        return calls === 1 ? Promise.reject(slow) : house.chat.openChannel(request)
      },
    }
    const over = new AbortController()
    let pauses = 0
    let wake: () => void = () => undefined
    const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve())
        if (ms > 7000) return
        pauses += 1
        wake = resolve
      })
    const running = createDispatcher({
      ...house.performing,
      capabilities: ['slack'],
      chat: new Map([['slack', chat]]),
      sleep,
    }).run(over.signal)
    await house.receive({ subject: 'first' })
    await until(() => calls === 1 && rows(house, 'leased').length === 0)
    const before = pauses
    await house.receive({ subject: 'second' })
    await house.receive({ subject: 'third' })
    await until(() => pauses >= before + 2)
    expect(calls).toBe(1)
    house.machine.ms += 7000
    wake()
    await until(() => house.chat.channels.size === 3)
    expect(calls).toBe(4)
    over.abort()
    await running
  })

  it('with a refusal of a letter: it failed, and the channel is told why', async () => {
    const house = createHouse()
    await house.receive()
    house.relay.failures.push({ error: new OutsideError('refused', '550 no such user') })
    await house.drain()
    expect(rows(house, 'failed')).toHaveLength(1)
    expect(house.events()).toContain('MailFailed')
    expect(house.chat.posts.map(({ title }) => title)).toContain('MailFailed')
  })

  it('with a refusal of a post: it is parked, and a failed announcement of this is not announced again', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    for (let n = 0; n < 50; n += 1)
      house.chat.failures.push({ error: new OutsideError('refused', 'the channel is archived') })
    expect(await house.drain(['slack'])).toBeLessThan(20)
    expect(rows(house, 'pending').filter(({ effect }) => effect.capability === 'slack')).toEqual([])
    expect(house.events().filter((type) => type === 'EffectParked').length).toBeGreaterThan(0)
    expect(house.log.lines.map(({ message }) => message)).toContain('a parked effect could not be announced')
  })

  it('that a permission is missing in one channel: the effect waits until it works, and people are informed', async () => {
    const house = createHouse()
    const outages = new Outages(() => house.engine.now())
    const drain = () => house.drain(['slack'], { outages })
    await house.receive()
    await drain()
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    house.chat.failures.push({ error: new OutsideError('refused', 'switch it on', { forAPerson: true }) })
    await drain()
    expect(outages.all).toMatchObject([{ outside: 'slack', what: 'channel', why: 'switch it on' }])
    expect(rows(house, 'parked')).toEqual([])
    house.machine.ms += 600_000
    await drain()
    expect(outages.all).toEqual([])
  })

  it('for days that it is unavailable: the letter is tried again, and sent once when the relay accepts it', async () => {
    const house = createHouse()
    await house.receive()
    for (let n = 0; n < 100; n += 1) {
      house.relay.failures.push({ error: new OutsideError('unreachable', 'nobody answers') })
      await house.drain(['mail'])
      house.machine.ms += 3_600_000
    }
    expect(rows(house, 'parked')).toEqual([])
    await house.drain(['mail'])
    expect(house.relay.mails).toHaveLength(1)
    expect(house.events().filter((type) => type === 'MailAccepted')).toHaveLength(1)
  })
})

describe('a mail without a reader', () => {
  it('is parked with the reason when the identity was erased', async () => {
    const house = createHouse()
    await house.receive()
    const erased = house.memory.streams
      .get(CASE)
      ?.map((recorded) =>
        recorded.event.type === 'ReportAttached'
          ? { ...recorded, event: { ...recorded.event, identity: { ...recorded.event.identity, value: null } } }
          : recorded,
      )
    house.memory.streams.set(CASE, erased ?? [])
    house.engine.deps.states.forgetAll()
    await house.drain()
    expect(house.relay.mails).toEqual([])
    expect(rows(house, 'parked').map(({ evidence }) => evidence)).toEqual([
      'The identity of this reporter was erased, so there is no address to write to.',
    ])
  })
})

describe('a card that is edited in place', () => {
  it('is edited once for several requests that came together', async () => {
    const house = createHouse()
    await house.receive()
    await house.drain()
    const status = house.chat.posts.find(({ pin }) => pin)
    const before = status?.edits ?? 0
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await house.drain(['slack'])
    expect((status?.edits ?? 0) - before).toBe(1)
    expect(rows(house, 'pending').filter(({ effect }) => effect.capability === 'slack')).toEqual([])
  })
})

describe('a row that somebody set back to "pending"', () => {
  const setBack = (house: House) => {
    for (const row of house.memory.outbox.values())
      Object.assign(row, { state: 'pending', attempts: 0, begun: false, doubt: false, evidence: undefined })
  }
  const outside = (house: House) => [house.relay.mails.length, house.chat.channels.size]

  it('opens no second channel and sends no second letter, because the log says how the effect ended', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    const before = outside(house)
    const events = house.events()
    setBack(house)
    await house.drain()
    expect(outside(house)).toEqual(before)
    expect(house.events()).toEqual(events)
    expect(rows(house, 'pending')).toEqual([])
    expect(house.log.lines.map(({ message }) => message)).toContain(
      'a finished effect was marked as pending again in the outbox: somebody wrote into the database',
    )
  })

  it('is neither sent nor parked again while it waits for a person, and is sent when a person says so', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    // The first failure hits the letter to the reporter, which is sent again. The second parks an approved mail.
    house.relay.failures.push({ error: unknown }, { error: unknown })
    await house.drain()
    const [parked] = rows(house, 'parked')
    if (parked === undefined) throw new Error('nothing is parked')
    const before = house.relay.mails.length
    Object.assign(parked, { state: 'pending', begun: true })
    await house.drain()
    expect(house.relay.mails.length).toBe(before)
    expect(house.events(parked.effect.stream).filter((type) => type === 'EffectParked')).toHaveLength(1)
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect: parked.effect.id, outcome: 'again' })
    await house.drain()
    expect(house.relay.mails.length).toBe(before + 1)
    setBack(house)
    await house.drain()
    expect(house.relay.mails.length).toBe(before + 1)
  })
})
