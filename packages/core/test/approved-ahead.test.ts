import { describe, expect, it } from 'vitest'
import { HOUR, later } from '../src/index.ts'
import type { CaseId } from '../src/index.ts'
import { ana, ben, BLOB, OTHER_HASH, person } from './scenario.ts'
import { both, DATE, ONE, RELEASE, Several, TWO } from './several.ts'

const fires = (scenario: Several, id: CaseId) =>
  scenario.does({ verb: 'fire-clock', stream: id, clock: 'release', round: DATE, fraction: 1 })

describe('a publication approved ahead, of which two people saw every text', () => {
  /** Nobody was told ahead, so one person may still take a case out. */
  const untold = () => {
    const scenario = both()
    scenario.now = later(DATE, -20 * HOUR)
    scenario.asked({ verb: 'disclose', case: ONE }).approved()
    return scenario
  }
  const heldBecause = (scenario: Several) =>
    scenario.log.flatMap(({ event }) => (event.type === 'DisclosureHeld' ? [event.because] : []))
  const beginsNot = (scenario: Several, because: string) => {
    expect(scenario.releaseState().ahead).toBeUndefined()
    expect(heldBecause(scenario)).toEqual([because])
    scenario.now = DATE
    expect(fires(scenario, ONE)).not.toContain('DisclosureStarted')
    expect(scenario.caseState(ONE).cs.public).toBeUndefined()
  }
  const GONE = `${TWO} is not in the release any more, and the texts that were approved tell of it.`
  const FIX = `Whether ${TWO} is fixed has changed since its texts were approved.`

  it('does not begin without a case that somebody took out', () => {
    const scenario = untold()
    scenario.does({ verb: 'release-drop', case: TWO, reason: 'it waits for 4.3' }, person(ana))
    beginsNot(scenario, GONE)
  })

  it('does not begin without a case that somebody closed', () => {
    const scenario = untold()
    scenario.does({ verb: 'close', case: TWO, reason: 'it was none' }, person(ana))
    beginsNot(scenario, GONE)
  })

  it('does not begin with a case whose fix somebody found wanting, whatever is waived then', () => {
    const scenario = new Several().ready(ONE, 'main').ready(TWO, '4.2')
    scenario.does(
      { verb: 'affects', case: TWO, branch: '3.9', affected: true, range: '< 5', fixedVersion: '3.9.1' },
      person(ana),
    )
    scenario.does({ verb: 'assign-patch', case: TWO, to: ben, branches: ['3.9'] }, person(ana))
    scenario.does(
      { verb: 'patch-submit', case: TWO, branch: '3.9', sha256: OTHER_HASH, blob: BLOB, fileName: 'fix.patch' },
      person(ben),
    )
    scenario.does({ verb: 'confirm', case: TWO, branch: '3.9', fixed: true }, person(ana))
    scenario.planned(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.asked({ verb: 'disclose', case: ONE }).approved()
    scenario.does({ verb: 'confirm', case: TWO, branch: '3.9', fixed: false, note: 'it breaks' }, person(ana))
    scenario.asked({ verb: 'waive', case: TWO, rule: 'fix-ready', branch: '3.9', reason: 'nobody uses it' })
    scenario.approved(TWO)
    expect(scenario.caseState(TWO).cs.fixReady).toBeDefined()
    beginsNot(scenario, FIX)
  })

  it('does not begin where nothing was to be fixed and then is', () => {
    const scenario = new Several().ready(ONE, 'main').assigned(TWO, '4.2').patched(TWO)
    scenario.does({ verb: 'advisory', case: TWO, component: 'the loader', impact: 'By …' }, person(ana))
    scenario.planned(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.asked({ verb: 'disclose', case: TWO, unfixed: 'nobody maintains 4.2' }).approved(TWO)
    scenario.does({ verb: 'confirm', case: TWO, fixed: true, note: 'the reporter is silent' }, person(ana))
    beginsNot(scenario, FIX)
  })

  it('begins all the same where a case leaves of which they saw none', () => {
    const scenario = new Several().ready(ONE, 'main').assigned(TWO, '4.2').planned(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.asked({ verb: 'disclose', case: ONE }).approved()
    scenario.does({ verb: 'release-drop', case: TWO }, person(ana))
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')
    expect(heldBecause(scenario)).toEqual([])
  })

  it('does not begin without a case that had left before this was looked at', () => {
    const scenario = untold()
    const { ahead, ...release } = scenario.releaseState()
    if (ahead === undefined) throw new Error('nothing is approved')
    scenario.states.set(RELEASE, { ...release, ahead, cases: [ONE] })
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureHeld')
    beginsNot(scenario, GONE)
  })
})
