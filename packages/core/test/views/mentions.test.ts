import { describe, expect, it } from 'vitest'
import { instant, delayedMentions } from '../../src/index.ts'
import { ana, ben, CASE, DAY, HOUR, person, policyOf, RELEASE, Scenario } from '../fixtures/scenario.ts'
import { PREVIEW } from '../fixtures/secrecy.ts'

/** Ana asks for a second person's approval. It is within working hours, so Ben is mentioned at once. */
function asked(): Scenario {
  const scenario = new Scenario(policyOf()).untilReady()
  scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW }, person(ana))
  return scenario
}

const calls = ({ policy, world, now }: Scenario) =>
  delayedMentions(policy, world, now).map(({ key, people }) => [key, people])

describe('a question that nobody answers', () => {
  it('is mentioned to those who may answer once more, a working day later, in their working hours', () => {
    const scenario = asked()
    const [approval] = scenario.world.case?.approvals ?? []
    expect(calls(scenario)).toEqual([])
    expect(calls(scenario.wait(23 * HOUR))).toEqual([])
    expect(calls(scenario.wait(HOUR))).toEqual([[`${approval?.id}/again`, [ben]]])
    expect(calls(scenario.wait(12 * HOUR))).toEqual([])
    scenario.does({ verb: 'approve.no', case: CASE, reason: 'not yet' }, person(ben))
    expect(calls(scenario.wait(12 * HOUR))).toEqual([])
  })

  it('calls once on the day on which somebody is there again, and once more on the next', () => {
    const scenario = new Scenario(policyOf()).untilReady()
    /** Sat 9 May 2026, 10:00 UTC */
    scenario.now = instant(Date.UTC(2026, 4, 9, 10))
    scenario.does({ verb: 'prenotify', case: CASE, at: instant(RELEASE + 7 * DAY), shown: PREVIEW }, person(ana))
    const id = scenario.world.case?.approvals[0]?.id
    expect(calls(scenario)).toEqual([])
    expect(calls(scenario.wait(2 * DAY)).map(([key]) => key)).toEqual([id])
    expect(calls(scenario.wait(DAY)).map(([key]) => key)).toEqual([id, `${id}/again`])
  })
})
