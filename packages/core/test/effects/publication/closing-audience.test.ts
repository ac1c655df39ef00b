import { describe, expect, it } from 'vitest'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, Scenario } from '../../fixtures/scenario.ts'
import { plannedRelease, ONE } from '../../fixtures/multi-case-scenario.ts'

const letters = (scenario: Scenario) =>
  scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' && effect.letter === 'closed' ? [effect.to] : []))

const close = { verb: 'close', case: CASE, reason: 'nobody will write a fix' } as const

describe('a reporter whose case is closed', () => {
  it('is told so if the case was accepted and nothing of it is published', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does(close, person(ana))
    expect(letters(scenario)).toEqual([{ kind: 'report', report: scenario.reportId }])
  })

  it('is told of no further date if the case was planned for a release', () => {
    // The reporter learns the date from the request to check this patch.
    const scenario = plannedRelease().submitPatch(ONE, OTHER_HASH)
    const before = scenario.effects.length
    scenario.does({ ...close, case: ONE }, person(ana))
    expect(scenario.mails(before)).toEqual([`closed ${ONE}/r1`])
  })

  it('is told so once: a closed case does not close again', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does(close, person(ana))
    scenario.refused(close, person(ben))
    expect(letters(scenario)).toHaveLength(1)
  })

  it('gets the outcome instead if the report turned out not to be a vulnerability', () => {
    const scenario = new Scenario().opens()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'it is meant so' }, person(ana))
    expect(scenario.world.case?.rm).toBe('closed')
    expect(letters(scenario)).toEqual([])
  })

  it('gets the thanks instead if the case is published', () => {
    const scenario = new Scenario().untilReady()
    const shown = { digest: OTHER_HASH, blob: BLOB }
    scenario.does({ verb: 'signal.public', case: CASE, link: 'https://news.example/1', shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    const { release } = scenario.world
    if (release === undefined) throw new Error('nothing was published')
    scenario.states.set(release.id, { ...release, disclosedAt: scenario.now })
    scenario.does({ verb: 'close', case: CASE }, person(ana))
    expect(letters(scenario)).toEqual([])
  })
})
