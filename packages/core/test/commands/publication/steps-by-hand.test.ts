import { describe, expect, it } from 'vitest'
import { outlook } from '../../../src/index.ts'
import { openEffectNames, publishingRelease, steps, acceptEffects } from '../../fixtures/publication.ts'
import { ana, person } from '../../fixtures/scenario.ts'
import { ONE, TWO } from '../../fixtures/multi-case-scenario.ts'
import { LINK } from '../../fixtures/document-steps.ts'

describe('a step that a person names', () => {
  const parked = () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')
    return scenario
  }
  const step = 'github-advisory'

  it('can be marked as done by hand, with its link as evidence, which settles a doubt about it', () => {
    const scenario = parked()
    const action = 'settle the step “advisory at GitHub”'
    expect(outlook(scenario.policy, scenario.worldAt(ONE), scenario.now)?.next).toMatchObject({ action })
    acceptEffects(scenario, 'github-advisory>SEC-2026-0002')
    expect(scenario.does({ verb: 'done.step', case: ONE, step, link: LINK }, person(ana))).toEqual([
      'DoubtSettled',
      'DocumentDelivered',
      'StepDone',
      'AdvisoryPublished',
    ])
    expect(scenario.releaseState()).toMatchObject({ parked: [], deliveries: [{}, {}, {}, { link: LINK }] })
    expect(scenario.releaseState().steps.find((one) => one.step === step)?.evidence).toBe(`${LINK} (Ana)`)
  })

  it('can be tried again', () => {
    const scenario = parked()
    expect(scenario.does({ verb: 'settle.step', case: TWO, step, outcome: 'again' }, person(ana))).toEqual([
      'DoubtSettled',
    ])
    expect(scenario.releaseState().parked).toEqual([])
  })

  it('can be left out with a reason, and the next step begins', () => {
    const scenario = parked()
    const leave = { verb: 'settle.step', case: ONE, step, outcome: 'withdrawn', reason: 'not there' } as const
    expect(scenario.does(leave, person(ana))).toEqual(['DoubtSettled', 'StepLeftOut'])
    expect(openEffectNames(scenario)).toContain('file-tree>SEC-2026-0001')
    expect(scenario.releaseState().steps.find((one) => one.step === step)?.leftOut).toMatchObject({
      because: 'not there',
    })
  })

  it('keeps what a target did even if the step was left out meanwhile', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    scenario.does({ verb: 'settle.step', case: ONE, step, outcome: 'withdrawn', reason: 'down' }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001')).toEqual(['DocumentDelivered', 'AdvisoryPublished'])
  })

  it('stays done by hand even if Embargo cannot publish a document there afterwards', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    for (const id of [ONE, TWO]) scenario.does({ verb: 'done.step', case: id, step, link: LINK }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual(['EffectParked', 'StepAhead'])
    expect(steps(scenario)).toContain('github-advisory done')
  })

  it('does not fail by a document that a person put there, while others are on their way', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    scenario.does({ verb: 'done.step', case: ONE, step, link: LINK }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual(['EffectParked', 'StepAhead'])
    acceptEffects(scenario, 'github-advisory>SEC-2026-0002')
    expect(steps(scenario)).toContain('github-advisory done')
  })

  it('stays left out even if one of its documents cannot be published there afterwards', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions')
    scenario.does({ verb: 'settle.step', case: ONE, step, outcome: 'withdrawn', reason: 'down' }, person(ana))
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual(['EffectParked', 'StepAhead'])
    expect(steps(scenario)).toContain('github-advisory left out')
  })

  it('with mails: a person says that those in doubt went', () => {
    const scenario = publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    acceptEffects(scenario, 'announcement', 'in doubt')
    expect(scenario.does({ verb: 'done.step', case: ONE, step: 'announce-mail', link: LINK }, person(ana))).toEqual([
      'DoubtSettled',
      'StepDone',
    ])
    expect(openEffectNames(scenario)).toContain('oss-security>public:oss-security')
  })
})
