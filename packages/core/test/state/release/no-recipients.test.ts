import { describe, expect, it } from 'vitest'
import { PROFILES, stageOf } from '../../../src/index.ts'
import type { PolicySource, Severity } from '../../../src/index.ts'
import { attachLaterReport } from '../../commands/states.ts'
import { ana, person, policyOf } from '../../fixtures/scenario.ts'
import { DATE, deliverMails, ONE, MultiCaseScenario, TWO, withBranches } from '../../fixtures/multi-case-scenario.ts'

const policy: Partial<PolicySource> = {
  ...withBranches,
  prenotification: {
    ...PROFILES.team.prenotification,
    lists: [
      {
        id: 'severe',
        name: 'severe',
        severities: ['high'],
        recipients: [
          { id: 'north', name: 'North', address: 'n@north.example', consented: '2026-01-10', plaintext: 'accepted' },
        ],
      },
    ],
  },
}

/**
 * The first case has the severity high and was pre-notified. The second has the severity low, so no list is told about
 * it.
 */
function told(): MultiCaseScenario {
  const scenario = new MultiCaseScenario(policyOf('team', policy)).ready(ONE, 'main').ready(TWO, '4.2', 'low').plan(TWO)
  scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
  return deliverMails(scenario)
}

describe('a low case in a release of which no list was told', () => {
  it('does not count as pre-notified', () => {
    const scenario = told()
    expect(stageOf(scenario.caseState(ONE), scenario.releaseState())).toBe('prenotified')
    expect(stageOf(scenario.caseState(TWO), scenario.releaseState())).toBe('ready')
  })

  it('is dropped by one person, and nobody outside is told', () => {
    const scenario = told()
    const before = scenario.effects.length
    expect(scenario.does({ verb: 'release.drop', case: TWO }, person(ana))).toEqual(['ReleaseLeft', 'CaseDropped'])
    expect(scenario.mails(before).filter((mail) => !mail.startsWith('slipped'))).toEqual([])
  })

  it('may be handled differently, because nobody outside waits for it', () => {
    const scenario = told()
    expect(scenario.does({ verb: 'triage.not-now', case: TWO, reason: 'not this year' }, person(ana))).toContain(
      'CaseDropped',
    )
  })
})

describe('a pre-notification of a project without lists', () => {
  const unlisted = (headsUp: Severity[]) => {
    const prenotification = { ...PROFILES.team.prenotification, lists: [], headsUp }
    const scenario = new MultiCaseScenario(policyOf('team', { ...withBranches, prenotification })).ready(ONE, 'main')
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
    return scenario
  }

  it('told nobody: the case is ready, and can be closed', () => {
    const scenario = unlisted([])
    const { release } = scenario.worldAt(ONE)
    expect(stageOf(scenario.caseState(ONE), release)).toBe('ready')
    expect(scenario.does({ verb: 'close', case: ONE, reason: 'it is by design' }, person(ana))).toContain('CaseClosed')
  })

  it('counts as told to the readers of the heads-up', () => {
    const scenario = unlisted(['high'])
    const { release } = scenario.worldAt(ONE)
    expect(stageOf(scenario.caseState(ONE), release)).toBe('prenotified')
  })
})

describe('the patch that every reporter was promised', () => {
  it('is mailed to each of them, and one reporter’s yes is awaited', () => {
    const scenario = new MultiCaseScenario().assign(ONE, 'main')
    attachLaterReport(scenario)
    const before = scenario.effects.length
    scenario.submitPatch(ONE)
    expect(scenario.mails(before)).toEqual([`verification-request ${ONE}/r1`, `verification-request ${ONE}/r9`])
    const [branch] = scenario.caseState(ONE).branches
    expect(branch?.fix?.is === 'submitted' && branch.fix.verification?.report).toBe(`${ONE}/r1`)
  })
})
