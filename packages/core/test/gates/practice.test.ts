import { describe, expect, it } from 'vitest'
import { CaseId, instant, later, measuresOf, Milestones, MINUTE, rowOf } from '../../src/index.ts'
import type { Effect, PersonRequest } from '../../src/index.ts'
import { ana, BLOB, CASE, HASH, OTHER_HASH, person, policyOf, RELEASE, Scenario } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const patch: PersonRequest = {
  verb: 'patch',
  case: CASE,
  branch: 'main',
  sha256: HASH,
  blob: BLOB,
  fileName: 'a.patch',
}
const advisory: PersonRequest = { verb: 'advisory', case: CASE, component: 'loader', impact: 'Reads files.' }

/** A practice case of a single maintainer, with a patch that waits for the reporter. */
function practised(): Scenario {
  const scenario = new Scenario(policyOf('solo', { platforms: ['slack', 'terminal'] })).opens({ practice: true })
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
  scenario.does(patch, person(ana))
  scenario.does(advisory, person(ana))
  return scenario
}

const goesTo = (effects: readonly Effect[]) => [...new Set(effects.map(({ capability }) => capability))].toSorted()

describe('a practice case', () => {
  it('waits a minute if a real case waits for days or for an hour', () => {
    const scenario = practised()
    const [branch] = scenario.world.case?.branches ?? []
    const fix = branch?.fix?.is === 'submitted' ? branch.fix : undefined
    expect(fix?.verification?.dueAt).toBe(later(scenario.now, MINUTE))
    scenario.wait(MINUTE)
    const waive = { verb: 'waive', case: CASE, rule: 'fix', branch: 'main', reason: 'to try it', shown } as const
    scenario.does(waive, person(ana))
    expect(scenario.refused({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ana)).gate).toBe(
      'second-person',
    )
    scenario.wait(MINUTE)
    scenario.does({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ana))
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    scenario.wait(MINUTE)
    expect(scenario.does({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ana))).toContain(
      'DisclosureStarted',
    )
    // In a real case under the same policy, the wait is an hour.
    const real = new Scenario(scenario.policy).untilPatch()
    real.does(waive, person(ana))
    real.wait(MINUTE)
    expect(real.refused({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ana)).gate).toBe(
      'second-person',
    )
  })

  it('asks nothing of a relay and of a platform that is not this machine', () => {
    expect(goesTo(practised().effects)).toEqual(['practice', 'terminal'])
    expect(goesTo(new Scenario(practised().policy).untilPatch().effects)).toEqual(['mail', 'slack', 'terminal'])
  })

  it.each<PersonRequest>([
    { verb: 'cve.request', case: CASE },
    { verb: 'release.plan', case: CASE, at: RELEASE },
    { verb: 'prenotify', case: CASE, at: RELEASE, shown },
    { verb: 'triage.duplicate', case: CASE, of: CaseId.parse('SEC-2026-0002'), end: 'none' },
  ])('refuses $verb', (request) => {
    expect(practised().refused(request, person(ana))).toMatchObject({
      gate: 'fits-the-stage',
      because: expect.stringContaining('This is a practice case'),
    })
  })

  it('cannot be the earlier case of which a real case is a duplicate', () => {
    const scenario = new MultiCaseScenario().opens({ practice: true }).open(TWO)
    const duplicate = { verb: 'triage.duplicate', case: TWO, of: ONE, end: scenario.now } as const
    expect(scenario.refused(duplicate, person(ana)).because).toBe(`${ONE} is a practice case.`)
  })

  it('is not counted in any figure', () => {
    const scenario = practised()
    const milestones = Milestones.parse(rowOf(scenario.policy, scenario.world)?.summary)
    const time = { from: instant(0), to: later(scenario.now, MINUTE), now: scenario.now }
    expect(measuresOf(scenario.policy, [milestones], time).cases).toBe(0)
  })
})
