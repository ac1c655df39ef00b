import { describe, expect, it } from 'vitest'
import { HOUR, later, outlook, PROFILES } from '../../../src/index.ts'
import type { CaseId } from '../../../src/index.ts'
import { ana, OTHER_HASH, person, policyOf } from '../../fixtures/scenario.ts'
import {
  DATE,
  deliverMails,
  NEXT_WEEK,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  prenotifiedRelease,
  TWO,
  withBranches,
} from '../../fixtures/multi-case-scenario.ts'

const rate = (severity: 'critical' | 'high' | 'low', id = ONE) =>
  ({ verb: 'triage', case: id, disposition: 'valid', severity }) as const
const correct = (id = ONE) => ({ verb: 'prenotify.update', case: id }) as const
const next = (scenario: MultiCaseScenario, id: CaseId) =>
  outlook(scenario.policy, scenario.worldAt(id), scenario.now)?.next.verb

/** There is no pre-notification list, so only the heads-up is sent before the release. */
function announced(): MultiCaseScenario {
  const { prenotification } = PROFILES.team
  const policy = policyOf('team', { ...withBranches, prenotification: { ...prenotification, lists: [] } })
  const scenario = new MultiCaseScenario(policy).ready(ONE, 'main').request({ verb: 'prenotify', case: ONE, at: DATE })
  return deliverMails(scenario.approve() && scenario, scenario.caseState(ONE).release ?? RELEASE)
}

describe('a heads-up that is no longer true', () => {
  it('is corrected in public by the approval of a second person, once', () => {
    const scenario = prenotifiedRelease()
    scenario.does(rate('critical'), person(ana))
    expect([ONE, TWO].map((id) => next(scenario, id))).toEqual(['prenotify.update', 'prenotify.update'])
    expect(scenario.preview(correct(TWO)).sentences).toEqual(['Corrects the public heads-up.'])
    const before = scenario.effects.length
    scenario.request(correct(TWO))
    expect(scenario.mails(before)).toEqual([])
    scenario.approve(TWO)
    expect(scenario.mails(before)).toEqual(['heads-up-corrected public'])
    expect([ONE, TWO].map((id) => next(scenario, id))).toEqual(['disclose', 'disclose'])
    expect(scenario.refused({ ...correct(), shown: PREVIEW }, person(ana)).gate).toBe('fits-the-stage')
    scenario.does(rate('high'), person(ana))
    expect(next(scenario, TWO)).toBe('prenotify.update')
  })

  it('is reported in each case of the release', () => {
    const scenario = prenotifiedRelease()
    const before = scenario.effects.length
    scenario.does(rate('critical'), person(ana))
    const posts = scenario.effects.slice(before).filter(({ kind }) => kind === 'post')
    expect([...new Set(posts.map((effect) => effect.case))]).toEqual([ONE, TWO])
  })

  it('stays as it is if the highest severity does not change', () => {
    const scenario = prenotifiedRelease()
    const before = scenario.effects.length
    scenario.does(rate('low'), person(ana))
    expect(next(scenario, ONE)).toBe('disclose')
    const posts = scenario.effects.slice(before).filter(({ kind }) => kind === 'post')
    expect(posts.map((effect) => effect.case)).toEqual([ONE])
  })

  it('is corrected by the approval that takes a case out of the release', () => {
    const scenario = prenotifiedRelease().request({ verb: 'release.drop', case: TWO, reason: 'the fix breaks 4.2' })
    const before = scenario.effects.length
    scenario.approve(TWO)
    expect(scenario.mails(before).filter((mail) => mail.startsWith('heads-up'))).toEqual(['heads-up-corrected public'])
    expect(next(scenario, ONE)).toBe('disclose')
    expect(next(scenario, TWO)).toBe('prenotify')
  })

  it('is corrected together with changed patches, or before them while those patches are not verified', () => {
    const scenario = prenotifiedRelease()
    scenario.does(rate('critical'), person(ana))
    scenario.submitPatch(TWO, OTHER_HASH)
    const alone = scenario.effects.length
    scenario.request(correct()).approve()
    expect(scenario.mails(alone)).toEqual(['heads-up-corrected public'])
    scenario.does(rate('high'), person(ana))
    scenario.verify(TWO)
    const before = scenario.effects.length
    scenario.request({ ...correct(), reason: 'it froze' }).approve()
    const holders = scenario.releaseState().prenotified.map(({ recipient }) => `prenotification-update ${recipient}`)
    expect(scenario.mails(before)).toEqual([...holders, 'heads-up-corrected public'])
  })

  it('is corrected together with the date if the release moves to another day, but not to another hour', () => {
    const scenario = prenotifiedRelease()
    scenario.does({ verb: 'release.move', case: TWO, at: later(DATE, HOUR) }, person(ana))
    expect(next(scenario, ONE)).toBe('disclose')
    scenario.does(rate('critical'), person(ana))
    scenario.request({ verb: 'release.move', case: ONE, at: NEXT_WEEK, reason: 'the fix for 4.2 is late' }).approve()
    expect(next(scenario, ONE)).toBe('disclose')
    expect(scenario.releaseState().headsUp).toEqual({ at: NEXT_WEEK, severity: 'critical', count: 2 })
  })

  it('causes a mail to the reporter if no recipient was told', () => {
    const scenario = announced()
    const before = scenario.effects.length
    scenario.does(rate('critical'), person(ana))
    expect(scenario.mails(before)).toEqual([`update ${ONE}/r1`])
    scenario.request(correct()).approve()
    expect(scenario.mails(before)).toEqual([`update ${ONE}/r1`, 'heads-up-corrected public'])
  })

  it('is not corrected once the release day has come', () => {
    const scenario = prenotifiedRelease()
    scenario.does(rate('critical'), person(ana))
    scenario.now = DATE
    expect(next(scenario, ONE)).toBe('disclose')
  })
})
