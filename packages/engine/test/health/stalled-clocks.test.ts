import { CaseId, DAY, HOUR, later, MINUTE } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import type { Domain } from '../../src/domain.ts'
import { CORE } from '../../src/domain.ts'
import { createScheduler, StalledClocks } from '../../src/index.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import { submit, previewOf } from '../story.ts'

const OTHER = CaseId.parse('SEC-2026-0002')

/** Reminders wait for working hours, so here all hours are working hours. */
const ALWAYS_AT_WORK = policyOf({
  calendar: {
    workingDays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
    workingHours: { from: '00:00', to: '23:59' },
    holidays: [],
  },
})

/** Lets the scheduler check once, and then once more after each of `minutes` minutes. */
async function looks(house: House, stalledClocks = new StalledClocks(), minutes = 0): Promise<StalledClocks> {
  const over = new AbortController()
  const running = createScheduler({ engine: house.engine, stalledClocks }).run(over.signal)
  const waits = async (): Promise<void> => {
    const before = house.clock.waits.length
    while (house.clock.waits.length === before || (house.clock.waits.at(-1) ?? 0) <= house.clock.now())
      await new Promise((resolve) => setImmediate(resolve))
  }
  await waits()
  for (let minute = 0; minute < minutes; minute += 1) {
    const again = waits()
    house.clock.moveTo(later(house.clock.now(), MINUTE))
    await again
  }
  over.abort()
  await running
  return stalledClocks
}

const told = (house: House, id: CaseId) =>
  (house.memory.streams.get(id) ?? []).flatMap(({ event }) =>
    event.type === 'ReminderDue'
      ? [[event.clock, event.fraction]]
      : event.type === 'ClockBreached'
        ? [[event.clock, 'breach']]
        : [],
  )

/** Two reports, and a switch that says whether the first case can be read. */
async function unreadable() {
  const damage = { is: false }
  const house = createHouse({
    policy: ALWAYS_AT_WORK,
    events: (real) => ({
      ...real,
      read: async (stream, after) => {
        if (damage.is && stream === CASE) throw new Error('an event does not unseal')
        return real.read(stream, after)
      },
    }),
  })
  await house.receive({ subject: 'first' })
  await house.receive({ subject: 'second' })
  return { house, damage }
}

describe('a case that cannot be read', () => {
  it('stops the clocks of no other case, and its own continue when it is repaired', async () => {
    const { house, damage } = await unreadable()
    damage.is = true
    house.wait(12 * HOUR)
    await looks(house)
    expect(told(house, OTHER)).toEqual([['acknowledge', 0.5]])
    expect(told(house, CASE)).toEqual([])
    damage.is = false
    await looks(house)
    expect(told(house, CASE)).toEqual([['acknowledge', 0.5]])
  })

  it('is reported after a minute until it can be read; a short failure is not reported', async () => {
    const { house, damage } = await unreadable()
    damage.is = true
    house.wait(12 * HOUR)
    const stalledClocks = await looks(house)
    expect(stalledClocks.all).toEqual([])
    const over = new AbortController()
    const running = createScheduler({ engine: house.engine, stalledClocks }).run(over.signal)
    const minute = async (): Promise<void> => {
      house.clock.moveTo(later(house.clock.now(), MINUTE))
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    await minute()
    await minute()
    expect(stalledClocks.all).toEqual([CASE])
    damage.is = false
    await minute()
    expect(stalledClocks.all).toEqual([])
    over.abort()
    await running
    expect(house.log.lines.filter(({ data }) => data['stream'] === CASE).map(({ message }) => message)).toContain(
      'the deadlines of a case run again',
    )
  })

  it('does not count a silence that ended while the case could not be read', async () => {
    const { house, damage } = await unreadable()
    const request = { verb: 'signal.public', case: CASE, link: 'https://forum.example/1' } as const
    const { digest, blob } = previewOf(await house.engine.commands.preview(request, house.clock.now()))
    await submit(house, 'ana', { ...request, shown: { digest, blob } })
    const counts = () => house.events().includes('VulnerabilityPublic')
    const over = new AbortController()
    const running = createScheduler({ engine: house.engine }).run(over.signal)
    const after = async (milliseconds: number): Promise<void> => {
      house.wait(milliseconds)
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    damage.is = true
    await after(DAY)
    damage.is = false
    await after(MINUTE)
    expect(counts()).toBe(false)
    await after(31 * MINUTE)
    expect(counts()).toBe(true)
    over.abort()
    await running
  })
})

it('a command that fails in one case stops no other', async () => {
  const broken = { is: false }
  const domain: Domain = {
    ...CORE,
    decide(policy, world, command, at) {
      if (broken.is && command.actor.kind === 'system' && world.case?.id === CASE) throw new Error('a bug')
      return CORE.decide(policy, world, command, at)
    },
  }
  const house = createHouse({ policy: ALWAYS_AT_WORK, domain })
  await house.receive({ subject: 'first' })
  await house.receive({ subject: 'second' })
  broken.is = true
  house.wait(12 * HOUR)
  const stalledClocks = await looks(house, new StalledClocks(), 2)
  expect(told(house, OTHER)).toEqual([['acknowledge', 0.5]])
  expect(stalledClocks.all).toEqual([CASE])
})

describe('lines of an older program', () => {
  it('are computed again even if another case cannot be read', async () => {
    const { house, damage } = await unreadable()
    for (const [stream, row] of house.memory.rows) house.memory.rows.set(stream, { ...row, projection: 'older' })
    damage.is = true
    await looks(house)
    expect(house.memory.rows.get(CASE)?.projection).toBe('older')
    expect(house.memory.rows.get(OTHER)?.projection).not.toBe('older')
  })
})
