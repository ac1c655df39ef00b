import { describe, expect, it } from 'vitest'
import { isoInstant, later, MINUTE } from '../../../src/index.ts'
import { openEffectNames, publishingRelease, PUBLISHES, steps, acceptEffects } from '../../fixtures/publication.ts'
import { ana, person } from '../../fixtures/scenario.ts'
import { DATE, ONE, TWO } from '../../fixtures/multi-case-scenario.ts'
import { LINK, clockNamed, passMinutes, acceptAll } from '../../fixtures/document-steps.ts'

describe('fixed versions that do not appear', () => {
  it('delay everything else, and after 30 minutes people are asked', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions>SEC-2026-0001')
    expect(passMinutes(scenario, 29)).toEqual([])
    expect(openEffectNames(scenario)).toEqual(['fixed-versions>SEC-2026-0002'])
    const clock = clockNamed(scenario, 'fixed-versions')
    expect(clock?.moments.map(({ at, hears }) => `${isoInstant(at)} ${hears}`)).toEqual([
      '2026-05-19T14:30:00.000Z team',
      '2026-05-19T15:00:00.000Z admins',
    ])
    expect(clockNamed(scenario, 'publication-step')).toBeUndefined()
  })

  it('continue when a person says where they are published', () => {
    const scenario = publishingRelease({ ...PUBLISHES, versions: 'prepare' })
    expect(openEffectNames(scenario)).toEqual([])
    const done = (id: typeof ONE) =>
      scenario.does({ verb: 'done.step', case: id, step: 'fixed-versions', link: LINK }, person(ana))
    expect(done(ONE)).toEqual(['DocumentDelivered'])
    expect(done(TWO)).toEqual(['DocumentDelivered', 'StepDone'])
    expect(openEffectNames(scenario)).toEqual(['github-advisory>SEC-2026-0001', 'github-advisory>SEC-2026-0002'])
  })

  it('keep even recipients waiting when they need a person', () => {
    const scenario = publishingRelease()
    expect(acceptEffects(scenario, 'fixed-versions>SEC-2026-0001', 'refused')).toEqual(['StepFailed', 'EffectParked'])
    expect(openEffectNames(scenario)).toEqual(['fixed-versions>SEC-2026-0002'])
  })
})

describe('a target that fails after the fix is public', () => {
  const fixPublic = (targets?: typeof PUBLISHES) => {
    const scenario = publishingRelease(targets)
    scenario.wait(3 * MINUTE)
    acceptEffects(scenario, 'fixed-versions')
    return scenario
  }

  it('delays the announcement for at most 15 minutes, for all targets together', () => {
    const scenario = fixPublic()
    expect(passMinutes(scenario, 10)).toEqual([])
    acceptEffects(scenario, 'github-advisory')
    expect(passMinutes(scenario, 4)).toEqual([])
    expect(openEffectNames(scenario)).toEqual(['file-tree>SEC-2026-0001', 'file-tree>SEC-2026-0002'])
    expect(passMinutes(scenario, 1)).toEqual(['StepPassed', 'StepPassed', 'StepPassed'])
    expect(openEffectNames(scenario)).toContain('announcement>public:announce')
    expect(steps(scenario)).toEqual([
      'fixed-versions done',
      'github-advisory done',
      'file-tree passed',
      'cve-record passed',
      'records passed',
      'announce-mail begun',
      'oss-security-mail waits',
      'embargo-lifted waits',
      'thanks waits',
    ])
  })

  it('is completed later without a second announcement, and the publication ends with it', () => {
    const scenario = fixPublic()
    passMinutes(scenario, 15)
    for (const name of ['announcement', 'oss-security', 'embargo-lifted', 'thanks']) acceptEffects(scenario, name)
    expect(scenario.releaseState().disclosedAt).toBeUndefined()
    const rest = acceptAll(scenario)
    expect(rest.filter((name) => !name.includes('SEC-'))).toEqual([])
    expect(scenario.releaseState().disclosedAt).toBe(scenario.now)
    const announced = scenario.effects.filter(
      (effect) => effect.kind === 'send-mail' && effect.letter === 'announcement',
    )
    expect(announced).toHaveLength(1)
  })

  it('lets recipients be told at once when it needs a person, and nobody is told twice', () => {
    const scenario = fixPublic()
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0001', 'refused')).toEqual([
      'StepFailed',
      'EffectParked',
      'StepAhead',
    ])
    expect(acceptEffects(scenario, 'github-advisory>SEC-2026-0002', 'in doubt')).toEqual(['EffectParked'])
    expect(openEffectNames(scenario)).toEqual([
      'embargo-lifted>recipient:distros/north',
      'embargo-lifted>recipient:distros/south',
    ])
    passMinutes(scenario, 15)
    acceptAll(scenario)
    scenario.does(
      { verb: 'settle.step', case: ONE, step: 'github-advisory', outcome: 'withdrawn', reason: 'down' },
      person(ana),
    )
    expect(scenario.releaseState().disclosedAt).toBe(scenario.now)
    expect(scenario.mails().filter((mail) => mail.startsWith('embargo-lifted'))).toEqual([
      'embargo-lifted north',
      'embargo-lifted south',
    ])
  })

  it('counts its 15 minutes from the moment when a person left the fixed versions out', () => {
    const scenario = publishingRelease()
    scenario.wait(MINUTE)
    scenario.does(
      { verb: 'settle.step', case: ONE, step: 'fixed-versions', outcome: 'withdrawn', reason: 'nothing to install' },
      person(ana),
    )
    expect(clockNamed(scenario, 'publication-step')?.due).toBe(later(DATE, 16 * MINUTE))
  })

  it('waits at most 15 minutes for a person as well', () => {
    const scenario = fixPublic({ ...PUBLISHES, github: 'prepare', files: 'off', cve: 'off' })
    expect(openEffectNames(scenario)).toEqual([])
    expect(passMinutes(scenario, 15)).toEqual(['StepPassed'])
    expect(openEffectNames(scenario)).toEqual(['announcement>public:announce'])
  })
})

describe('a mail that fails', () => {
  it('delays the next mail for at most 15 minutes', () => {
    const scenario = publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    acceptEffects(scenario, 'announcement', 'in doubt')
    expect(openEffectNames(scenario)).toEqual([
      'embargo-lifted>recipient:distros/north',
      'embargo-lifted>recipient:distros/south',
    ])
    expect(passMinutes(scenario, 14)).toEqual([])
    expect(passMinutes(scenario, 1)).toEqual(['StepPassed'])
    expect(openEffectNames(scenario)).toContain('oss-security>public:oss-security')
  })
})
