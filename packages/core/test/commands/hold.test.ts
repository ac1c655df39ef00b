import { describe, expect, it } from 'vitest'
import { later, nextAction } from '../../src/index.ts'
import { open, publishing, take } from '../fixtures/publication.ts'
import { ana, ben, HOUR, person } from '../fixtures/scenario.ts'
import { DATE, delivered, ONE, RELEASE, shown, told, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

const hold = { verb: 'hold', case: TWO, reason: 'the patch breaks login' } as const
const off = { verb: 'hold.off', case: ONE } as const
const disclose = { verb: 'disclose', case: ONE } as const

/** The publication of both cases is approved and begins automatically in twelve hours. */
function ahead(): MultiCaseScenario {
  const scenario = told()
  scenario.now = later(DATE, -12 * HOUR)
  scenario.asked(disclose).approved()
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
    scenario.asked(off)
    expect(scenario.refused({ verb: 'approve', case: ONE }, person(ana)).gate).toBe('second-person')
    expect(scenario.approved()).toContain('ReleaseResumed')
    scenario.now = DATE
    scenario.asked(disclose).approved()
    expect(delivered(scenario).caseState(ONE).cs.public).toBe(DATE)
  })

  it('rejects every approval that was requested before the hold', () => {
    const scenario = told()
    scenario.now = later(DATE, -12 * HOUR)
    scenario.asked(disclose)
    scenario.does(hold, person(ana))
    expect(scenario.does({ verb: 'approve', case: ONE, shown }, person(ben))).toEqual(['ApprovalVoided'])
    expect(scenario.releaseState().ahead).toBeUndefined()
  })

  it('can be moved, lose a case or be cancelled, and people outside are told', () => {
    const held = () => {
      const scenario = delivered(told())
      scenario.does(hold, person(ana))
      return scenario
    }
    const moved = held().asked({ verb: 'release.move', case: ONE, at: later(DATE, 7 * 24 * HOUR), reason: 'a bug' })
    expect(moved.approved()).toContain('ReleaseRescheduled')
    expect(moved.releaseState().held).toBeDefined()
    const dropped = held().asked({ verb: 'release.drop', case: TWO, reason: 'a bug' })
    dropped.approved(TWO)
    expect(dropped.releaseState().cases).toEqual([ONE])
    const cancelled = held().asked({ verb: 'release.cancel', case: ONE, reason: 'a bug' })
    expect(cancelled.approved()).toContain('ReleaseCancelled')
  })

  it('lets recipients be told as soon as it resumes, if an earlier mail failed meanwhile', () => {
    const scenario = publishing({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    scenario.does(hold, person(ana))
    expect(take(scenario, 'announcement', 'refused')).not.toContain('StepAhead')
    expect(open(scenario)).toEqual([])
    expect(scenario.preview(off).sentences).toContain(
      'The recipients are told by mail at once that the embargo is over, because an earlier step waits for a person.',
    )
    scenario.asked(off)
    expect(scenario.approved()).toEqual(['ApprovalGiven', 'ReleaseResumed', 'StepAhead'])
    expect(open(scenario)).toEqual(['embargo-lifted>recipient:distros/north', 'embargo-lifted>recipient:distros/south'])
  })

  it('starts no step early when it resumes, if nothing waits for a person', () => {
    const scenario = publishing({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
    scenario.does(hold, person(ana))
    expect(scenario.preview(off).sentences.join(' ')).not.toContain('mailed at once')
    scenario.asked(off)
    expect(scenario.approved()).toEqual(['ApprovalGiven', 'ReleaseResumed'])
    expect(open(scenario)).toEqual(['announcement>public:announce'])
  })

  it('tells recipients nothing when it resumes while the fixed versions wait for a person', () => {
    const scenario = publishing()
    take(scenario, 'fixed-versions', 'refused')
    scenario.does(hold, person(ana))
    scenario.asked(off)
    expect(scenario.approved()).toEqual(['ApprovalGiven', 'ReleaseResumed'])
    expect(open(scenario).filter((name) => name.startsWith('embargo-lifted'))).toEqual([])
  })

  it('does not stop facts that users need now', () => {
    const scenario = told()
    scenario.does({ verb: 'hold', case: ONE }, person(ana))
    scenario.asked({ verb: 'signal.public', case: ONE, link: 'https://forum.example/1' }).approved()
    scenario.asked({ verb: 'disclose.interim', case: ONE })
    expect(scenario.approved()).toContain('InterimDisclosed')
    expect(scenario.states.get(RELEASE)).toMatchObject({ held: {} })
  })
})
