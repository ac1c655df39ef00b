import { describe, expect, it } from 'vitest'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, OTHER_HASH, person, Scenario } from '../fixtures/scenario.ts'

const shown = { digest: HASH, blob: BLOB }
const LINK = 'https://forum.example/thread/1'
const isPublic: PersonRequest = { verb: 'signal.public', case: CASE, link: LINK, shown }

const ready = () => new Scenario().untilReady()
const state = (scenario: Scenario) => scenario.world.case
/** Ana makes the request, and Ben approves it. */
function both(scenario: Scenario, request: PersonRequest) {
  scenario.does(request, person(ana))
  return scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
}

describe('a fix that is deployed', () => {
  const deployed: PersonRequest = { verb: 'done.deployed', case: CASE, branch: 'main', link: LINK }
  it('is recorded once per branch, and is complete with the last one', () => {
    const scenario = ready()
    expect(scenario.does(deployed, person(ben))).toEqual(['FixDeployed'])
    expect(state(scenario)?.cs.fixDeployed).toBe(scenario.now)
    expect(scenario.does(deployed, person(ana))).toEqual([])
  })

  it('counts as undeployed when the fix is withdrawn', () => {
    const scenario = ready()
    scenario.does(deployed, person(ben))
    scenario.does({ verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' }, person(ben))
    expect(state(scenario)?.cs).toEqual({ vendorAware: expect.any(Number) })
  })
})

describe('a disclosure without a fix', () => {
  it('states why there is no fix, and begins', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'advisory', case: CASE, component: 'loader', impact: 'By …, an attacker may …' }, person(ana))
    both(scenario, isPublic)
    const no: PersonRequest = { verb: 'confirm', case: CASE, fixed: false, note: 'the protocol itself is wrong' }
    scenario.does(no, person(ana))
    expect(scenario.refused({ verb: 'disclose', case: CASE, shown }, person(ana)).gate).toBe('fix')
    const unfixed: PersonRequest = { verb: 'disclose', case: CASE, unfixed: 'the protocol itself is wrong', shown }
    expect(both(scenario, unfixed)).toContain('DisclosureStarted')
    const begun = scenario.log.find(({ event }) => event.type === 'DisclosureStarted')?.event
    expect(begun).toMatchObject({ unfixed: 'the protocol itself is wrong' })
  })
})
