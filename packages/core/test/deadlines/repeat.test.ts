import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clocks, later, nextDue, roundKey } from '../../src/index.ts'
import type { Clock, Policy } from '../../src/index.ts'
import { ana, CASE, DAY, HOUR, person, policyOf, Scenario } from '../fixtures/scenario.ts'

const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia')
const policies = zones.map((zone): Policy =>
  policyOf('organisation', {
    calendar: { zone, workingDays: ['mon', 'tue', 'wed', 'thu'], holidays: ['2026-05-14', '2026-05-25'] },
  }),
)
/** For how many hours the program does not run between two passes of the scheduler: one hour to thirty days. */
const pauses = fc.array(fc.integer({ min: 1, max: 30 * 24 }), { minLength: 3, maxLength: 14 })
const severities = fc.constantFrom('critical', 'high', 'moderate', 'low')

/**
 * What the scheduler does in a pass. In each turn it announces, for each clock, only the last of the moments that have
 * passed. The turns end when no such moment is left.
 */
function look(scenario: Scenario): readonly string[] {
  const lines: string[] = []
  for (let turn = 0; turn < 20; turn += 1) {
    const due = clocks(scenario.policy, scenario.world).flatMap((clock) => lastDue(clock, scenario))
    if (due.length === 0) return lines
    for (const { clock, fraction } of due) {
      const { stream, round } = clock
      const request = { verb: 'fire-clock', stream, clock: clock.clock, round, fraction } as const
      if (scenario.does(request).length > 0) lines.push(`${roundKey(clock)}:${fraction}`)
    }
  }
  throw new Error('the clocks never come to rest')
}

function lastDue(clock: Clock, { now }: Scenario): readonly { readonly clock: Clock; readonly fraction: number }[] {
  const past = clock.moments.filter(({ at }) => at <= now).map(({ fraction }) => fraction)
  return past.length === 0 ? [] : [{ clock, fraction: Math.max(...past) }]
}

describe('what clocks tell', () => {
  it('is never told twice, however long the program stood still, and a repeated look says nothing', () => {
    fc.assert(
      fc.property(policies, pauses, severities, fc.integer({ min: 0, max: 5 }), (policy, hours, severity, ackAt) => {
        const scenario = new Scenario(policy).opens()
        const notices: string[] = []
        for (const [index, pause] of hours.entries()) {
          scenario.wait(pause * HOUR)
          if (index === ackAt) {
            scenario.does({ verb: 'ack', case: CASE }, person(ana))
            scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity }, person(ana))
          }
          notices.push(...look(scenario))
          expect(look(scenario)).toEqual([])
        }
        expect(notices).toEqual([...new Set(notices)])
      }),
      { numRuns: 60 },
    )
  })

  it('leaves nothing that is past: the next moment is always ahead', () => {
    fc.assert(
      fc.property(policies, pauses, (policy, hours) => {
        const scenario = new Scenario(policy).opens()
        for (const pause of hours) {
          scenario.wait(pause * HOUR)
          look(scenario)
          expect(nextDue(clocks(scenario.policy, scenario.world)) ?? scenario.now + 1).toBeGreaterThan(scenario.now)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('says of every running clock who hears it', () => {
    fc.assert(
      fc.property(policies, severities, (policy, severity) => {
        const scenario = new Scenario(policy).opens()
        scenario.does({ verb: 'ack', case: CASE }, person(ana))
        scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity }, person(ana))
        for (const clock of clocks(policy, scenario.world)) {
          expect(clock.moments.map(({ hears }) => hears)).not.toContain(undefined)
          expect(clock.owner).not.toBe('')
          expect(clock.due).toBeGreaterThan(later(clock.start, -DAY))
        }
      }),
      { numRuns: 20 },
    )
  })
})
