import { describe, expect, it } from 'vitest'
import { flagsOf, later, MessageId, ReporterId, ReportId } from '../../../src/index.ts'
import type { PersonId } from '../../../src/index.ts'
import { ana, ben, DAY, HOUR, person } from '../../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, RELEASE, MultiCaseScenario, TWO } from '../../fixtures/multi-case-scenario.ts'
import { deliverPrenotification } from '../../fixtures/secrecy.ts'
import { confirmPublic, receivedCase, PREVIEW, signalPublic, teamOfThree } from '../states.ts'

/** Removes the person from the policy. */
const leaves = (scenario: MultiCaseScenario, who: PersonId): MultiCaseScenario => {
  scenario.policy = { ...scenario.policy, people: scenario.policy.people.filter(({ id }) => id !== who) }
  return scenario
}

/** Leaves the person only the role of observer, which allows reading but not acting. */
const readsOnly = (scenario: MultiCaseScenario, who: PersonId): MultiCaseScenario => {
  const { people } = scenario.policy
  scenario.policy = {
    ...scenario.policy,
    people: people.map((one) => (one.id === who ? { ...one, roles: ['observer'] } : one)),
  }
  return scenario
}

/** It turns out that the person also reported the same vulnerability. */
const reported = (scenario: MultiCaseScenario, who: PersonId, id = ONE): MultiCaseScenario =>
  scenario.happens(id, {
    type: 'ReportAttached',
    report: ReportId.parse(`${id}/r9`),
    reporter: ReporterId.parse('rep-9'),
    identity: { $personal: ReporterId.parse('rep-9'), value: { address: 'somebody@quillmark.example' } },
    message: MessageId.parse('mail-of-ours'),
    receivedAt: scenario.now,
    person: who,
    answerable: false,
  })

const isRemoved = (scenario: MultiCaseScenario, who: PersonId): MultiCaseScenario => {
  expect(scenario.does({ verb: 'people.remove', case: ONE, person: who }, person(who))).toEqual(['PersonRemoved'])
  return scenario
}
const declaresConflict = (scenario: MultiCaseScenario, who: PersonId): MultiCaseScenario => {
  expect(scenario.does({ verb: 'people.conflict', case: ONE, reason: 'a friend wrote it' }, person(who))).toEqual([
    'ConflictDeclared',
  ])
  return scenario
}

const asked = () => plannedRelease().request({ verb: 'prenotify', case: ONE, at: DATE })
const approvedAhead = () => {
  const scenario = plannedRelease()
  scenario.now = later(DATE, -HOUR)
  scenario.request({ verb: 'disclose', case: ONE }).approve()
  scenario.now = DATE
  return scenario
}
const atItsInstant = (scenario: MultiCaseScenario) =>
  scenario.does({ verb: 'fire-clock', stream: ONE, clock: 'release', round: DATE, fraction: 1 })

describe('somebody who asked a second person', () => {
  it.each([
    ['left the policy', (scenario: MultiCaseScenario) => leaves(scenario, ana), ONE, 'ana'],
    ['may only read now', (scenario: MultiCaseScenario) => readsOnly(scenario, ana), ONE, 'Ana'],
    ['turned out to be the reporter', (scenario: MultiCaseScenario) => reported(scenario, ana), ONE, 'Ana'],
    [
      'turned out to be the reporter of another case of the release',
      (scenario: MultiCaseScenario) => reported(scenario, ana, TWO),
      TWO,
      'Ana',
    ],
  ])(
    'no longer counts as one of two people when they %s: the approval is void and no mail is sent',
    (_when, then, where, name) => {
      const scenario = then(asked())
      const before = scenario.effects.length

      expect(scenario.approve()).toEqual(['ApprovalVoided'])
      expect(scenario.mails(before)).toEqual([])
      expect(scenario.log.at(-1)?.event).toMatchObject({
        because: `${name}, who requested or approved this, may no longer do so in ${where}`,
      })
    },
  )

  it('does not hold a publication that two others approved later', () => {
    const scenario = new MultiCaseScenario(teamOfThree).ready(ONE, 'main')
    const [, , cem] = teamOfThree.people
    if (cem === undefined) throw new Error('no third')
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
    deliverPrenotification(scenario)
    scenario.now = later(DATE, -3 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    expect(
      scenario.does({ verb: 'people.conflict', case: ONE, person: ana, reason: 'a friend reported it' }, person(ana)),
    ).toContain('DisclosureHeld')

    scenario.does({ verb: 'disclose', case: ONE, shown: PREVIEW }, person(cem.id))
    expect(scenario.does({ verb: 'approve', case: ONE, shown: PREVIEW }, person(ben))).toContain('DisclosureApproved')
    scenario.now = DATE
    expect(atItsInstant(scenario)).toContain('DisclosureStarted')
  })

  it('can be replaced by another requester, whose request a third person approves', () => {
    const scenario = leaves(
      new MultiCaseScenario(teamOfThree).ready(ONE, 'main').request({ verb: 'prenotify', case: ONE, at: DATE }),
      ana,
    )
    scenario.approve()
    const again = { verb: 'prenotify', case: ONE, at: DATE, shown: PREVIEW } as const
    const [, , cem] = teamOfThree.people
    if (cem === undefined) throw new Error('no third')
    scenario.does(again, person(ben))

    expect(scenario.does({ verb: 'approve', case: ONE, shown: PREVIEW }, person(cem.id))).toContain(
      'PrenotificationQueued',
    )
  })

  it.each([
    ['left the policy', (scenario: MultiCaseScenario) => leaves(scenario, ana)],
    ['turned out to be the reporter', (scenario: MultiCaseScenario) => reported(scenario, ana)],
    ['were removed', (scenario: MultiCaseScenario) => isRemoved(scenario, ana)],
    ['declared a conflict of interest', (scenario: MultiCaseScenario) => declaresConflict(scenario, ana)],
  ])('still counts as a witness when they %s: the signal counts after silence', (_when, then) => {
    const scenario = then(signalPublic(receivedCase(teamOfThree)))
    const [approval] = scenario.caseState(ONE).approvals
    if (approval?.yesFrom === undefined) throw new Error('silence is no yes')
    scenario.now = approval.yesFrom

    expect(
      scenario.does({
        verb: 'fire-clock',
        stream: ONE,
        clock: `signal/${approval.id}`,
        round: approval.yesFrom,
        fraction: 1,
      }),
    ).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'])
    expect(scenario.caseState(ONE)).toMatchObject({ cs: { public: scenario.now }, signals: [{ is: 'counted' }] })
  })

  it.each([
    ['left the policy', leaves],
    ['were removed', isRemoved],
    ['declared a conflict of interest', declaresConflict],
  ])('still counts as a witness when they %s: the signal counts after the second approval', (_when, then) => {
    const scenario = then(signalPublic(receivedCase(teamOfThree)), ana)
    expect(flagsOf(scenario.caseState(ONE))).toContain('frozen')

    expect(scenario.approve()).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'])
  })

  it('loses their request for a longer embargo when they are removed, while their signal still waits', () => {
    const scenario = signalPublic(receivedCase(teamOfThree))
    scenario.does(
      { verb: 'embargo.extend', case: ONE, end: later(scenario.now, 150 * DAY), reason: 'slow', shown: PREVIEW },
      person(ana),
    )
    scenario.does({ verb: 'people.remove', case: ONE, person: ana }, person(ana))

    expect(scenario.caseState(ONE).approvals.map(({ status }) => status)).toEqual(['open', 'void'])
  })

  it('still counts if they are still on the case', () => {
    expect(asked().approve()).toContain('PrenotificationQueued')
    expect(confirmPublic(receivedCase()).caseState(ONE).cs.public).toBeDefined()
  })
})

describe('a publication that two people approved ahead', () => {
  it.each([
    ['the requester left the policy', (scenario: MultiCaseScenario) => leaves(scenario, ana), 'ana', ONE],
    ['the approver left the policy', (scenario: MultiCaseScenario) => leaves(scenario, ben), 'ben', ONE],
    ['the approver became an observer', (scenario: MultiCaseScenario) => readsOnly(scenario, ben), 'Ben', ONE],
    [
      'the approver reported another case of it',
      (scenario: MultiCaseScenario) => reported(scenario, ben, TWO),
      'Ben',
      TWO,
    ],
  ])('does not begin when %s', (_when, then, name, where) => {
    const scenario = then(approvedAhead())

    expect(atItsInstant(scenario)).toEqual(['ReminderDue', 'DisclosureHeld'])
    expect(scenario.log.at(-1)?.event).toMatchObject({
      because: `${name}, who requested or approved this, may no longer do so in ${where}`,
    })
    expect(scenario.releaseState(RELEASE)).toMatchObject({ is: 'scheduled' })
  })

  it('begins when both are there', () => {
    expect(atItsInstant(approvedAhead())).toContain('DisclosureStarted')
  })
})
