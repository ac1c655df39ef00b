import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/index.ts'
import type { ApprovedMail } from '../../src/index.ts'
import { ana, ben, HASH, person } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario, PREVIEW } from '../fixtures/multi-case-scenario.ts'

const MINUTE = HOUR / 60
const disclose = { verb: 'disclose', case: ONE } as const

/** An exploit is public, Ben wrote the fix, and nobody else is awake. */
function night(): MultiCaseScenario {
  const scenario = new MultiCaseScenario().assign(ONE, 'main').submitPatch(ONE)
  scenario.does(
    { verb: 'advisory', case: ONE, component: 'the loader', impact: 'By … an attacker may read files.' },
    person(ben),
  )
  scenario.does({ verb: 'signal.exploit', case: ONE, link: 'https://forum.example/1', shown: PREVIEW }, person(ben))
  const signal = scenario.caseState(ONE).approvals.at(-1)
  if (signal === undefined) throw new Error('nobody is asked')
  scenario.wait(30 * MINUTE)
  const { id, yesFrom = scenario.now } = signal
  scenario.does({ verb: 'fire-clock', stream: ONE, clock: `signal/${id}`, round: yesFrom, fraction: 1 })
  expect(scenario.caseState(ONE).cs.exploit).toBe(scenario.now)
  return scenario
}

const mails = (scenario: MultiCaseScenario): ApprovedMail[] =>
  scenario.preview(disclose).mails.map(({ letter, to }) => ({ letter, to, words: HASH }))

const yes = (scenario: MultiCaseScenario) =>
  ({ verb: 'approve', case: ONE, shown: { ...PREVIEW, mails: mails(scenario) } }) as const

describe('the night of an emergency, with one author awake', () => {
  it('lets the author publish the finished fix alone after half an hour without an answer', () => {
    const scenario = night()
    scenario.does({ ...disclose, shown: { ...PREVIEW, mails: mails(scenario) } }, person(ben))
    scenario.wait(29 * MINUTE)
    expect(scenario.ask(yes(scenario), person(ben))).toMatchObject({
      ok: false,
      refusal: { gate: 'second-person' },
    })
    scenario.wait(MINUTE)
    const before = scenario.log.length
    scenario.does({ verb: 'approve', case: ONE, shown: { ...PREVIEW, mails: mails(scenario) } }, person(ben))
    expect(scenario.log.slice(before).map(({ event }) => event.type)).toEqual([
      'ApprovalGiven',
      'ReleaseJoined',
      'BranchWaived',
      'FixReady',
      'VulnerabilityPublic',
      'ReleasePlanned',
      'CaseAdded',
      'ReleaseScheduled',
      'DisclosureStarted',
    ])
    expect(scenario.log.slice(before).map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'ApprovalGiven', alone: true }),
    )
    expect(scenario.caseState(ONE).branches[0]).toMatchObject({
      fix: { is: 'submitted' },
      waived: { kind: 'unverified' },
    })
  })

  it('tells both readers of the text that nobody else checked the fix', () => {
    expect(night().preview(disclose).sentences).toEqual([
      `Nobody but its author has checked the fix of ${ONE} for main. It is published as fixed, and the texts say that nobody else checked it. Before the publication, anyone who did not write the fix can still check it.`,
    ])
  })

  it('refuses to describe the case as unfixed', () => {
    expect(
      night().refused({ verb: 'disclose', case: ONE, unfixed: 'nobody is here', shown: PREVIEW }, person(ben)),
    ).toMatchObject({ gate: 'fix' })
  })

  it('requires two people while the secret still holds', () => {
    const scenario = new MultiCaseScenario().assign(ONE, 'main').submitPatch(ONE)
    expect(scenario.refused({ ...disclose, shown: PREVIEW }, person(ana))).toMatchObject({ gate: 'fix' })
  })
})
