import { describe, expect, it } from 'vitest'
import { clocks, DAY, fastPath, later, policyFor, PROFILES } from '../../src/index.ts'
import { withoutLists } from '../commands/states.ts'
import { ana, HOUR, person, policyOf } from '../fixtures/scenario.ts'
import { DATE, ONE, MultiCaseScenario, PREVIEW, TWO, withBranches } from '../fixtures/multi-case-scenario.ts'

const LINK = 'https://quillmark.example/news/1'

/** A release of two cases, in a project without an announcement list. */
const unlisted = () => new MultiCaseScenario(withoutLists(withBranches)).ready(ONE, 'main').ready(TWO, '4.2').plan(TWO)
const saidPublic = (scenario: MultiCaseScenario, id: typeof ONE) => {
  scenario.request({ verb: 'signal.public', case: id, link: LINK }).approve(id)
  return scenario
}

describe('a release of a project that announces nowhere', () => {
  const due = () => {
    const scenario = saidPublic(unlisted(), ONE)
    scenario.now = DATE
    return scenario
  }

  it.each([ONE, TWO])('is not published from %s while one of its cases was said nowhere', (id) => {
    const refusal = due().refused({ verb: 'disclose', case: id, shown: PREVIEW }, person(ana))
    expect(refusal).toMatchObject({ gate: 'reaches-the-public', facts: id === TWO ? {} : { case: TWO } })
  })

  it('is published when each of them was said somewhere, for those who are told then', () => {
    const scenario = saidPublic(due(), TWO)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    expect(scenario.mails().filter((mail) => mail.startsWith('thanks'))).not.toEqual([])
  })

  it('does not begin automatically if a list was removed from the policy after two people approved', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2').plan(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    scenario.policy = withoutLists(withBranches)
    scenario.now = DATE
    const fires = { verb: 'fire-clock', stream: ONE, clock: 'release', round: DATE, fraction: 1 } as const
    expect(scenario.does(fires)).toContain('DisclosureHeld')
    for (const id of [ONE, TWO]) expect(scenario.caseState(id).cs.public).toBeUndefined()
  })
})

describe('a release of which only a heads-up goes ahead', () => {
  const planned = (dates: number) => {
    const prenotification = { ...PROFILES.team.prenotification, lists: [] }
    const scenario = new MultiCaseScenario(policyOf('team', { ...withBranches, prenotification })).ready(ONE, 'main')
    scenario.does({ verb: 'release.plan', case: ONE, at: later(DATE, (dates - 15) * DAY) }, person(ana))
    return { scenario, due: dueOf(scenario) }
  }
  const dueOf = (scenario: MultiCaseScenario) =>
    clocks(policyFor(scenario.policy, scenario.caseState(ONE)), scenario.worldAt(ONE)).find(
      ({ clock }) => clock === 'prenotify',
    )?.due

  it('is not late because of a lead promised to nobody, if it is planned for soon', () => {
    const { scenario, due } = planned(2)
    expect(due).toBe(scenario.now)
  })

  it('aims at the usual lead if there is time', () => {
    expect(planned(15).due).toBe(later(DATE, -7 * DAY))
  })
})

describe('the fast path of a project that announces nowhere', () => {
  const attacked = () => {
    const scenario = new MultiCaseScenario(withoutLists(withBranches)).ready(ONE, 'main')
    scenario.request({ verb: 'signal.attack', case: ONE }).approve()
    return scenario
  }
  const soon = (scenario: MultiCaseScenario) => fastPath(scenario.policy, scenario.worldAt(ONE), scenario.now)?.soon

  it('says that nothing goes out before it is said somewhere, and nothing does', () => {
    expect(soon(attacked())).toEqual([
      'Embargo can publish nothing, because the project has no list to announce on. Publish in your own way and say where; the recipients and the reporter are then told at once.',
    ])
    const refusal = attacked().refused({ verb: 'disclose.interim', case: ONE, shown: PREVIEW }, person(ana))
    expect(refusal).toMatchObject({
      gate: 'reaches-the-public',
      liftedBy: [{ who: 'an admin' }, { verb: 'signal.public' }],
    })
  })

  it('tells recipients and the reporter once it was', () => {
    const scenario = saidPublic(attacked(), ONE)
    expect(soon(scenario)?.[0]).toBe('The full publication: the fix is ready.')
    expect(scenario.preview({ verb: 'disclose.interim', case: ONE }).sentences[0]).toBe(
      'The reporter, and the recipients who have the patches, are told at once what is known so far, before a fix is released and without waiting for advance notice or the release window. No public list is told.',
    )
    scenario.request({ verb: 'disclose.interim', case: ONE }).approve()
    expect(scenario.mails()).toContain('interim-notice north')
  })
})
