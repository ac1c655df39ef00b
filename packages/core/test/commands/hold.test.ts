import { describe, expect, it } from 'vitest'
import { later, nextAction } from '../../src/index.ts'
import { openEffectNames, publishingRelease, acceptEffects } from '../fixtures/publication.ts'
import { ana, ben, HOUR, person } from '../fixtures/scenario.ts'
import { DATE, deliverMails, ONE, RELEASE, PREVIEW, prenotifiedRelease, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

const hold = { verb: 'hold', case: TWO, reason: 'the patch breaks login' } as const
const off = { verb: 'hold.off', case: ONE } as const
const disclose = { verb: 'disclose', case: ONE } as const

/** The publication of both cases is approved and begins automatically in twelve hours. */
function ahead(): MultiCaseScenario {
  const scenario = prenotifiedRelease()
  scenario.now = later(DATE, -12 * HOUR)
  scenario.request(disclose).approve()
  return scenario
}

const next = (scenario: MultiCaseScenario) => {
  const { case: state, release, others } = scenario.worldAt(ONE)
  if (state === undefined) throw new Error('no case')
  return nextAction(scenario.policy, { whole: scenario.policy, state, release, others }, scenario.now)
}

describe('a release on hold', () => {
  it('is stopped by one person, in any of its cases, and loses a publication approved in advance', () => {
    const scenario = ahead()
    expect(scenario.does(hold, person(ben))).toEqual(['ReleaseHeld', 'DisclosureHeld'])
    expect(scenario.releaseState().ahead).toBeUndefined()
    scenario.now = DATE
    expect(scenario.refused(disclose, person(ana))).toMatchObject({
      gate: 'frozen',
      because:
        'The release is on hold, and nothing of it leaves until two people say go. The reason: the patch breaks login',
    })
    expect(scenario.caseState(ONE).cs.public).toBeUndefined()
  })

  it('resumes when a second person agrees, and then takes two people for its publication as before', () => {
    const scenario = ahead()
    scenario.does(hold, person(ana))
    expect(next(scenario)).toMatchObject({ verb: 'hold.off' })
    scenario.request(off)
    expect(scenario.refused({ verb: 'approve', case: ONE }, person(ana)).gate).toBe('second-person')
    expect(scenario.approve()).toContain('ReleaseResumed')
    scenario.now = DATE
    scenario.request(disclose).approve()
    expect(deliverMails(scenario).caseState(ONE).cs.public).toBe(DATE)
  })

  it('rejects every approval that was requested before the hold', () => {
    const scenario = prenotifiedRelease()
    scenario.now = later(DATE, -12 * HOUR)
    scenario.request(disclose)
    scenario.does(hold, person(ana))
    expect(scenario.does({ verb: 'approve', case: ONE, shown: PREVIEW }, person(ben))).toEqual(['ApprovalVoided'])
    expect(scenario.releaseState().ahead).toBeUndefined()
  })

  it('can be moved, lose a case or be cancelled, and people outside are told', () => {
    const held = () => {
      const scenario = deliverMails(prenotifiedRelease())
      scenario.does(hold, person(ana))
      return scenario
    }
    const moved = held().request({ verb: 'release.move', case: ONE, at: later(DATE, 7 * 24 * HOUR), reason: 'a bug' })
    expect(moved.approve()).toContain('ReleaseRescheduled')
    expect(moved.releaseState().held).toBeDefined()
    const dropped = held().request({ verb: 'release.drop', case: TWO, reason: 'a bug' })
    dropped.approve(TWO)
    expect(dropped.releaseState().cases).toEqual([ONE])
    const cancelled = held().request({ verb: 'release.cancel', case: ONE, reason: 'a bug' })
    expect(cancelled.approve()).toContain('ReleaseCancelled')
  })

  it('lets recipients be told as soon as it resumes, if an earlier mail failed meanwhile', () => {
    const scenario = publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    scenario.does(hold, person(ana))
    expect(acceptEffects(scenario, 'announcement', 'refused')).not.toContain('StepAhead')
    expect(openEffectNames(scenario)).toEqual([])
    expect(scenario.preview(off).sentences).toContain(
      'An earlier step waits for a person, so the recipients are told by mail at once that the embargo is over.',
    )
    scenario.request(off)
    expect(scenario.approve()).toEqual(['ApprovalGiven', 'ReleaseResumed', 'StepAhead'])
    expect(openEffectNames(scenario)).toEqual([
      'embargo-lifted>recipient:distros/north',
      'embargo-lifted>recipient:distros/south',
    ])
  })

  it('starts no step early when it resumes, if nothing waits for a person', () => {
    const scenario = publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    scenario.does(hold, person(ana))
    expect(scenario.preview(off).sentences.join(' ')).not.toContain('mailed at once')
    scenario.request(off)
    expect(scenario.approve()).toEqual(['ApprovalGiven', 'ReleaseResumed'])
    expect(openEffectNames(scenario)).toEqual(['announcement>public:announce'])
  })

  it('tells recipients nothing when it resumes while the fixed versions wait for a person', () => {
    const scenario = publishingRelease()
    acceptEffects(scenario, 'fixed-versions', 'refused')
    scenario.does(hold, person(ana))
    scenario.request(off)
    expect(scenario.approve()).toEqual(['ApprovalGiven', 'ReleaseResumed'])
    expect(openEffectNames(scenario).filter((name) => name.startsWith('embargo-lifted'))).toEqual([])
  })

  it('does not stop facts that users need now', () => {
    const scenario = prenotifiedRelease()
    scenario.does({ verb: 'hold', case: ONE }, person(ana))
    scenario.request({ verb: 'signal.public', case: ONE, link: 'https://forum.example/1' }).approve()
    scenario.request({ verb: 'disclose.interim', case: ONE })
    expect(scenario.approve()).toContain('InterimDisclosed')
    expect(scenario.states.get(RELEASE)).toMatchObject({ held: {} })
  })
})
