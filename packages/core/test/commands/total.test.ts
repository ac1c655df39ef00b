import fc from 'fast-check'
import type { GeneratorValue } from 'fast-check'
import { expect, it } from 'vitest'
import {
  after,
  before,
  clocks,
  DAY,
  instant,
  isoInstant,
  nextAction,
  outlook,
  rowOf,
  STAGES,
  nextReminder,
} from '../../src/index.ts'
import type { Calendar, Policy, World } from '../../src/index.ts'
import {
  replaceState,
  CVE,
  scenarioWithCve,
  changeState,
  changeRelease,
  publishedCase,
  ratedCase,
  attackedCase,
  scenarioOf,
  prenotifiedCase,
} from '../fixtures/clock-situations.ts'
import { CASE, RELEASE, START } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'

const FIRST = instant(-62_135_596_800_000)
const LAST = instant(Date.UTC(9999, 11, 31, 23, 59, 59, 999))

/** A case in each stage, and cases in rare situations. */
const SITUATIONS: readonly (() => Scenario)[] = [
  () => scenarioOf().opens(),
  () => ratedCase('low'),
  () => ratedCase('critical'),
  () => changeState(ratedCase('high'), () => ({ waiting: { party: 'Northwind', since: START } })),
  () => scenarioOf('organisation').untilPatch(),
  () => scenarioOf('organisation').untilReady(),
  () => scenarioOf().untilPrenotified(RELEASE),
  () => prenotifiedCase(),
  () => changeRelease(prenotifiedCase(), { is: 'scheduled' }),
  () => publishedCase('own'),
  () => publishedCase('form', { requestedAt: START, id: CVE }),
  () => attackedCase({ publishedAt: START }),
  () => scenarioWithCve('own').untilReady(),
  () => replaceState(scenarioOf().opens(), (state) => ({ ...state, rm: 'closed' })),
]

const worlds = SITUATIONS.map((situation) => {
  const scenario = situation()
  return { policy: scenario.policy, world: scenario.world }
})

const time = fc.oneof(
  fc.integer({ min: START - 800 * DAY, max: START + 800 * DAY }),
  fc.integer({ min: FIRST, max: LAST }),
  fc.constantFrom(FIRST, LAST, 0),
)
const duration = fc.record({
  amount: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 99_999 })),
  unit: fc.constantFrom('minutes', 'hours', 'days', 'working days'),
})
const calendar: fc.Arbitrary<Calendar> = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'America/St_Johns'),
  workingDays: fc
    .subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const, { minLength: 1 })
    .map((days) => [...days]),
  workingHours: fc.constantFrom(
    { from: '09:00', to: '17:00' },
    { from: '00:00', to: '23:59' },
    { from: '17:00', to: '09:00' },
  ),
  holidays: fc.array(
    fc.integer({ min: 0, max: 900 }).map((day) => isoInstant(instant(START + day * DAY)).slice(0, 10)),
  ),
})
/**
 * What a state keeps (`told`) about the last announcement of a deadline: the fraction of the allowed time that had
 * passed. For repeated reminders, this is the number of reminders so far. After either of the two largest values,
 * nothing more is announced.
 */
const fraction = fc.constantFrom(0, 0.5, 1, 2, 13, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE)

type Gen = GeneratorValue

/** The same value with some of its times replaced. */
function withOtherTimes<T>(value: T, gen: Gen): T {
  if (typeof value === 'number')
    return (Number.isInteger(value) && value > START / 2 && gen(fc.boolean) ? gen(() => time) : value) as T
  return mapped(value, (one) => withOtherTimes(one, gen))
}

/** The same value with some of its durations replaced. */
function withOtherDurations<T>(value: T, gen: Gen): T {
  if (typeof value === 'object' && value !== null && 'amount' in value && 'unit' in value)
    return (gen(fc.boolean) ? gen(() => duration) : value) as T
  return mapped(value, (one) => withOtherDurations(one, gen))
}

function mapped<T>(value: T, change: (one: unknown) => unknown): T {
  if (Array.isArray(value)) return value.map(change) as T
  if (typeof value !== 'object' || value === null || value instanceof Map) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, change(one)])) as T
}

function otherPolicy(policy: Policy, gen: Gen): Policy {
  const cve = gen(() => fc.constantFrom('own', 'form', 'none'))
  const projects = policy.projects.map((one) => ({ ...one, cve }))
  return { ...withOtherDurations(policy, gen), projects, calendar: gen(() => calendar) }
}

/** The same world with random times, random announced reminders, and random snoozes. */
function otherWorld(policy: Policy, world: World, gen: Gen): World {
  const moved = withOtherTimes(world, gen)
  const state = moved.case
  if (state === undefined) return moved
  const keys = clocks(policy, moved).map(({ clock, round }) => `${clock}:${round}`)
  const of = <T>(arbitrary: fc.Arbitrary<T>) =>
    Object.fromEntries(keys.flatMap((key) => (gen(fc.boolean) ? [[key, gen(() => arbitrary)]] : [])))
  return { ...moved, case: { ...state, told: of(fraction), snoozed: of(time.map(instant)) } }
}

it('clocks, outlook, the next action and the line of a list answer in every state, at every time, by every policy', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: worlds.length - 1 }), fc.gen(), (index, gen) => {
      const given = worlds[index]
      if (given === undefined) throw new Error('no such situation')
      const policy = otherPolicy(given.policy, gen)
      const world = otherWorld(policy, given.world, gen)
      const at = instant(gen(() => time))
      const state = world.case
      if (state === undefined) throw new Error('no case')

      for (const clock of clocks(policy, world)) {
        for (const moment of [clock.due, ...clock.moments.map((one) => one.at)])
          expect(isoInstant(moment)).toMatch(/^[+-]?\d{4,6}-\d\d-\d\dT/u)
        nextReminder(policy, world, { ...clock, fraction: gen(() => fraction) })
      }
      expect(STAGES).toContain(outlook(policy, world, at)?.stage)
      expect(
        nextAction(policy, { whole: policy, state, release: world.release, others: world.others }, at).action,
      ).toBeTruthy()
      expect(Number.isFinite(rowOf(policy, world)?.urgency)).toBe(true)
    }),
    { numRuns: 400 },
  )
})

it('a project that is its own CNA keeps its clock 72 hours after the publication without a record', () => {
  const scenario = publishedCase('own')
  const key = { clock: 'publish-cve', round: START } as const
  scenario.happens(CASE, { type: 'ClockBreached', ...key, due: START, hears: 'admins' })
  const running = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === 'publish-cve')
  expect(running).toMatchObject({ due: START + DAY, moments: [] })
  expect(rowOf(scenario.policy, scenario.world)?.due).toBe(START + DAY)
})

it('a deadline of many working days equals counting them one by one', () => {
  fc.assert(
    fc.property(
      calendar,
      // At most 1,600 working days are counted, so that counting back does not reach 1994. At the end of 1994,
      // Kiritimati skipped a Saturday, and across that Saturday the two ways of counting give different dates.
      fc.integer({ min: 801, max: 1_600 }),
      fc.constantFrom(after, before),
      (one, amount, count) => {
        let reached = START
        for (let left = amount; left > 0; left -= 1) reached = count(one, reached, { amount: 1, unit: 'working days' })
        expect(count(one, START, { amount, unit: 'working days' })).toBe(reached)
      },
    ),
    { numRuns: 20 },
  )
})
