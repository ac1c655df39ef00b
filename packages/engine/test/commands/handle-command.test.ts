import { CommandId, DAY, later, NO_NUMBER } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../../src/index.ts'
import { CASE, createHouse } from '../house.ts'

describe('a command', () => {
  it('is done once and gets the same answer twice', async () => {
    const house = createHouse()
    await house.receive()
    const first = await house.ask('ana', { verb: 'ack', case: CASE }, 'delivery-1')
    const again = await house.ask('ana', { verb: 'ack', case: CASE }, 'delivery-1')
    expect(first).toMatchObject({ ok: true, stream: CASE, repeated: false })
    expect(again).toMatchObject({ ok: true, stream: CASE, repeated: true })
    expect(house.events().filter((type) => type === 'CaseAcknowledged')).toHaveLength(1)
  })

  it('is refused if another command already used its id', async () => {
    const house = createHouse()
    await house.receive()
    await house.ask('ana', { verb: 'ack', case: CASE }, 'delivery-1')
    const before = house.events()
    await expect(
      house.ask('ana', { verb: 'triage', case: CASE, disposition: 'invalid' }, 'delivery-1'),
    ).rejects.toMatchObject({ code: 'repeated-otherwise' })
    await expect(house.ask('ben', { verb: 'ack', case: CASE }, 'delivery-1')).rejects.toThrow('nothing was changed')
    expect(house.events()).toEqual(before)
  })

  it('is refused if another process handles another command with its id at the same time', async () => {
    const house = createHouse({ events: (real) => ({ ...real, handled: async () => undefined }) })
    await house.receive()
    await house.ask('ana', { verb: 'ack', case: CASE }, 'delivery-1')
    expect(await house.ask('ana', { verb: 'ack', case: CASE }, 'delivery-1')).toMatchObject({ repeated: true })
    await expect(
      house.ask('ana', { verb: 'triage', case: CASE, disposition: 'invalid' }, 'delivery-1'),
    ).rejects.toMatchObject({ code: 'repeated-otherwise' })
  })

  it('says beside its note whether anything was done, even if it is repeated', async () => {
    const house = createHouse()
    await house.receive()
    await house.ask('ana', { verb: 'ack', case: CASE })
    const until = later(house.clock.now(), DAY)
    const request = { verb: 'remind.later', case: CASE, clock: 'decide-validity', until, reason: 'on leave' } as const
    for (const repeated of [false, true])
      expect(await house.ask('ana', request, 'delivery-3')).toMatchObject({
        note: expect.any(String),
        done: true,
        repeated,
      })
    const again = await house.ask('ana', request, 'delivery-4')
    expect(again).toMatchObject({ note: expect.any(String), repeated: false })
    expect(again).not.toHaveProperty('done')
    expect(house.events().filter((type) => type === 'ClockSnoozed')).toHaveLength(1)
  })

  it('stores a refusal as its answer, without an event', async () => {
    const house = createHouse()
    await house.receive()
    const before = house.events().length
    const request = { verb: 'confirm', case: CASE, fixed: true } as const
    const first = await house.ask('ana', request, 'delivery-2')
    await house.ask('ana', { verb: 'ack', case: CASE })
    const again = await house.ask('ana', request, 'delivery-2')
    expect(first).toMatchObject({ ok: false, repeated: false })
    expect(again).toEqual({ ...first, repeated: true })
    expect(house.memory.commits.find(({ commandId }) => commandId === 'delivery-2')?.appends).toEqual([])
    expect(before).toBeGreaterThan(0)
  })

  it('is decided again when another process appended first, and nothing is lost', async () => {
    let conflicts = 0
    const house = createHouse({
      events: (real) => ({
        ...real,
        async commit(commit) {
          const result = await real.commit(commit)
          if (result.is === 'conflict') conflicts += 1
          return result
        },
      }),
    })
    const other = createHouse({ events: () => house.engine.deps.events })
    await house.receive()
    const answers = await Promise.all([
      house.ask('ana', { verb: 'ack', case: CASE }, 'one'),
      other.ask('ben', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, 'two'),
    ])
    expect(conflicts).toBeGreaterThan(0)
    expect(answers.map(({ ok }) => ok)).toEqual([true, true])
    const versions = house.memory.streams.get(CASE)?.map(({ version }) => version)
    expect(versions).toEqual(versions?.map((_, index) => index + 1))
  })

  it('waits for earlier commands of its own process, so that each command of a burst is decided once', async () => {
    const house = createHouse()
    await house.receive()
    await house.ask('ana', { verb: 'ack', case: CASE })
    const before = house.memory.commits.length
    const burst = Array.from({ length: 300 }, (_, n) =>
      house.ask('ana', { verb: 'ack', case: CASE }, `burst-${n % 150}`),
    )
    expect(new Set((await Promise.all(burst)).map(({ ok }) => ok)).size).toBe(1)
    expect(house.memory.commits.length - before).toBe(150)
  })

  it('gives up with an error of its own if others keep appending first, and changes nothing', async () => {
    const house = createHouse({
      events: (real) => ({
        ...real,
        commit: async ({ appends }) => ({ is: 'conflict', stream: appends[0]?.stream ?? CASE }),
      }),
    })
    const asking = house.engine.commands.handle({
      commandId: CommandId.parse('x'),
      actor: { kind: 'system', part: 'mail' },
      at: house.clock.now(),
      request: { verb: 'notice-stranger', case: CASE, platform: 'slack', channel: 'C1', account: 'U1' },
    })
    await expect(asking).rejects.toThrow(EngineError)
    expect(house.memory.streams.size).toBe(0)
  })

  it('sees what another process appended, although the state of the case was cached', async () => {
    const house = createHouse()
    const other = createHouse({ events: () => house.engine.deps.events })
    await house.receive()
    await house.ask('ana', { verb: 'ack', case: CASE })
    expect(await other.engine.queries.state(CASE)).toMatchObject({ coordinator: 'ana' })
    await house.ask('ben', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    expect(await other.engine.queries.state(CASE)).toMatchObject({ severity: 'high' })
  })

  it('never lets time run backwards in a stream', async () => {
    const house = createHouse()
    await house.receive()
    house.wait(1000)
    await house.ask('ana', { verb: 'ack', case: CASE })
    house.wait(-5000)
    await house.ask('ben', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    const instants = house.memory.streams.get(CASE)?.map(({ at }) => at) ?? []
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  })

  it('numbers its events across all streams, and names the policy', async () => {
    const house = createHouse()
    await house.receive()
    const recorded = house.memory.streams.get(CASE) ?? []
    const [first] = recorded
    expect(recorded.map(({ eventId }) => eventId)).toEqual(
      recorded.map((_, index) => `${first?.commandId}:${index + 1}`),
    )
    expect(new Set(recorded.map(({ policy }) => policy))).toEqual(new Set(['a'.repeat(64)]))
  })
})

describe('the number of a case', () => {
  it('is drawn once for each mail, even if the mail is placed again', async () => {
    const house = createHouse()
    await house.receive({ subject: 'one' })
    await house.receive({ subject: 'one' })
    await house.receive({ subject: 'another' })
    expect([...house.memory.streams.keys()]).toEqual(['SEC-2026-0001', 'SEC-2026-0002'])
  })

  it('is drawn again if its stream already has events, whatever the counter says', async () => {
    const house = createHouse()
    await house.receive({ subject: 'one' })
    const before = house.events()
    house.memory.numbers.clear()
    await house.receive({ subject: 'another' })
    expect(house.events()).toEqual(before)
    expect(house.events('SEC-2026-0002')).toContain('CaseOpened')
  })

  it('is never that of a case that another process opened in the meantime', async () => {
    const numbers = [1, 1, 2]
    const house = createHouse({ events: (real) => ({ ...real, nextNumber: async () => numbers.shift() ?? 3 }) })
    const other = createHouse({ events: () => house.engine.deps.events })
    const open = (by: typeof house, id: string) =>
      by.ask('ana', { verb: 'open', case: NO_NUMBER, project: 'quillmark' }, id)
    const answers = await Promise.all([open(house, 'one'), open(other, 'two')])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true])
    for (const stream of ['SEC-2026-0001', 'SEC-2026-0002'])
      expect(house.events(stream).filter((type) => type === 'CaseOpened')).toHaveLength(1)
  })
})
