import { describe, expect, it } from 'vitest'
import { clocks, CveId, EffectId, later, outlook, rowOf, stageOf } from '../../src/index.ts'
import type { PersonRequest, Policy } from '../../src/index.ts'
import { ana, ben, CASE, DAY, HOUR, person, policyOf, RELEASE, Scenario } from '../fixtures/scenario.ts'
import {
  approve,
  attackSignal,
  requestAndApprove,
  correct,
  exploitSignal,
  publicSignal,
  leakSignal,
  PREVIEW,
  silence,
} from '../fixtures/secrecy.ts'

const organisation = (): Policy => {
  const policy = policyOf('organisation')
  return { ...policy, projects: policy.projects.map((one) => ({ ...one, cve: 'own' as const })) }
}
const CVE = CveId.parse('CVE-1900-0001')
const request: PersonRequest = { verb: 'cve.request', case: CASE, link: 'https://cna.example/requests/7' }

/**
 * A case of an organisation that assigns its own CVE ids. The case was published on the release date, and every step of
 * the publication is done.
 */
function disclosed(): Scenario {
  const scenario = new Scenario(organisation()).untilReady()
  scenario.does(request, person(ana))
  requestAndApprove(scenario, { verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW })
  scenario.now = RELEASE
  requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })
  const { release } = scenario.world
  if (release !== undefined) scenario.happens(release.id, { type: 'Disclosed' })
  return scenario
}

const closed = (): Scenario => {
  const scenario = disclosed()
  scenario.does({ verb: 'close', case: CASE }, person(ana))
  return scenario.wait(3 * DAY)
}

const running = ({ policy, world }: Scenario) => clocks(policy, world).map(({ clock, due }) => [clock, due])
const next = ({ policy, world, now }: Scenario) => outlook(policy, world, now)?.next
const row = ({ policy, world }: Scenario) => rowOf(policy, world)

describe('attacks observed after a case was published and closed', () => {
  it('are recorded, and start the clocks of the Cyber Resilience Act at the time when somebody knew of them', () => {
    const scenario = closed()
    const known = scenario.now
    expect(scenario.does(attackSignal, person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    expect(next(scenario)).toMatchObject({ verb: 'approve', owner: 'Ben' })
    expect(row(scenario)).toMatchObject({ stage: 'closed', open: true })
    scenario.wait(HOUR / 4)
    expect(scenario.does(approve, person(ben))).toEqual(['ApprovalGiven', 'AttacksObserved'])
    expect(running(scenario)).toEqual(
      expect.arrayContaining([
        ['cra-early-warning', later(known, DAY)],
        ['cra-notification', later(known, 3 * DAY)],
        // The deadline counts from the attacks and not from the publication. Nobody knew of attacks at the publication,
        // which was weeks before.
        ['cra-final', later(known, 14 * DAY)],
      ]),
    )
    expect(scenario.world.case && stageOf(scenario.world.case, scenario.world.release)).toBe('closed')
    expect(row(scenario)).toMatchObject({ open: true })
  })

  it('count after silence as well, and can be corrected', () => {
    const scenario = closed()
    scenario.does(attackSignal, person(ana))
    const clock = silence(scenario)
    scenario.wait(HOUR / 2)
    expect(scenario.does(clock)).toEqual(['ApprovalGiven', 'AttacksObserved'])
    requestAndApprove(scenario, correct('attack'))
    expect(scenario.world.case?.cs.attacks).toBeUndefined()
    expect(running(scenario).map(([name]) => name)).not.toContain('cra-early-warning')
  })

  it('is an exploit as well, and nothing that we made public ourselves', () => {
    expect(requestAndApprove(closed(), exploitSignal)).toEqual(['ApprovalGiven', 'ExploitPublic'])
    for (const said of [publicSignal, leakSignal()])
      expect(closed().refused(said, person(ana))).toMatchObject({ gate: 'case-open' })
  })

  it('are refused for a closed case of which we published nothing', () => {
    const scenario = new Scenario(organisation()).opens()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'by design' }, person(ana))
    expect(scenario.refused(attackSignal, person(ana))).toMatchObject({ gate: 'case-open' })
  })
})

describe('deadlines that remain after a case is published', () => {
  const recorded = (scenario: Scenario) => {
    scenario.does({ verb: 'cve.set', case: CASE, cve: CVE }, person(ana))
    scenario.does({ verb: 'cve.published', case: CASE, link: 'https://www.cve.org/CVERecord' }, person(ana))
    return scenario
  }
  const lookedBack = (scenario: Scenario) => {
    scenario.does({ verb: 'retro', case: CASE, rootCause: 'a path was not checked' }, person(ana))
    return scenario
  }

  it('become the next action in order of due date, before closing the case', () => {
    const scenario = disclosed()
    expect(next(scenario)).toEqual({ action: 'publish the CVE record', owner: 'Ana', due: later(RELEASE, DAY) })
    expect(next(recorded(scenario))).toMatchObject({ action: 'hold the retrospective', verb: 'retro' })
    expect(next(lookedBack(scenario))).toMatchObject({ verb: 'close' })
  })

  it('stays the next action of the closed case, which is found among what is open and what is overdue', () => {
    const scenario = closed()
    expect(next(scenario)).toMatchObject({ action: 'publish the CVE record', due: later(RELEASE, DAY) })
    expect(row(scenario)).toMatchObject({ stage: 'closed', open: true, due: later(RELEASE, DAY) })
    // The retrospective is overdue. But nobody outside the team waits for it, so the case does not count as open.
    expect(next(recorded(scenario))).toMatchObject({ verb: 'retro' })
    expect(row(scenario)).toMatchObject({ open: false, due: later(RELEASE, 3 * DAY) })
    expect(next(lookedBack(scenario))).toEqual({ action: 'nothing more to do', owner: 'Ana' })
    expect(row(scenario)).toMatchObject({ open: false })
    expect(row(scenario)).not.toHaveProperty('due')
  })

  it('can be snoozed and reminded of like any deadline, unless the step happens automatically', () => {
    const scenario = closed()
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C1', name: 'sec-2026-0001' })
    const rest = {
      verb: 'remind.later',
      case: CASE,
      clock: 'retrospective',
      until: later(scenario.now, DAY),
      reason: 'a feast',
    } as const
    expect(scenario.does(rest, person(ana))).toEqual(['ClockSnoozed'])
    expect(scenario.does({ verb: 'remind', case: CASE, clock: 'publish-cve' }, person(ana))).toEqual(['ReminderDue'])
    expect(running(scenario).map(([clock]) => clock)).toContain('archive-channel')
    const { liftedBy } = scenario.refused({ ...rest, clock: 'archive-channel' }, person(ana))
    expect(liftedBy[0]?.how).toBe('name one of those that run: publish-cve, retrospective')
  })

  it('is more urgent than an open case where an authority waits', () => {
    const scenario = closed()
    const before = row(scenario)?.urgency
    requestAndApprove(scenario, attackSignal)
    const open = row(new Scenario().opens())?.urgency ?? 0
    expect(before).toBeGreaterThan(open)
    expect(row(scenario)?.urgency).toBeLessThan(open)
  })

  it('include a mail that nobody has handled, which comes first', () => {
    const scenario = closed()
    const report = scenario.reportId
    const outcome = {
      is: 'parked',
      doubt: true,
      because: 'in doubt',
      letter: 'reply',
      to: { kind: 'report', report },
    } as const
    const effect = EffectId.parse('reply-1')
    scenario.does({ verb: 'record-outcome', stream: CASE, effect, outcome })
    expect(next(scenario)).toMatchObject({ action: 'settle whether a mail went out', verb: 'settle' })
    expect(row(recorded(scenario))).toMatchObject({ open: true })
  })
})
