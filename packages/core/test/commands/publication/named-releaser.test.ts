import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { clocks, later, outlook } from '../../../src/index.ts'
import type { PersonId, PersonRequest } from '../../../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, OTHER_HASH, person, policyOf, RELEASE, Scenario } from '../../fixtures/scenario.ts'
import { cem } from '../../fixtures/team-of-three.ts'

const withReleaser = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['releaser'] }] })

const shown = { digest: OTHER_HASH, blob: BLOB }

const plan = (releaser: PersonId): PersonRequest => ({ verb: 'release.plan', case: CASE, at: RELEASE, releaser })

/** Ana coordinates the case. Cem, who is not on the team, was named to publish it. */
function named(): Scenario {
  const scenario = new Scenario(withReleaser).untilReady()
  scenario.does({ verb: 'people.invite', case: CASE, person: cem }, person(ana))
  scenario.does({ verb: 'people.consent', case: CASE, agreed: true }, person(cem))
  scenario.does(plan(cem), person(ana))
  return scenario
}

/** Waits for the next moment of the release's clock and fires it. Returns the people who get a mail about it. */
function told(scenario: Scenario) {
  const clock = clocks(scenario.policy, scenario.world).find((one) => one.clock === 'release')
  const [moment] = clock?.moments ?? []
  if (clock === undefined || moment === undefined) throw new Error('nothing is told')
  scenario.wait(moment.at - scenario.now)
  scenario.effects.length = 0
  scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'release', round: clock.round, fraction: moment.fraction })
  const mailed = scenario.effects.flatMap((effect) =>
    effect.kind === 'send-mail' && effect.to.kind === 'person' ? [effect.to.person] : [],
  )
  return { event: scenario.log.at(-1)?.event, mailed, owner: clock.owner }
}

describe('who was named to publish a release', () => {
  it('is reminded of its date first, then with the team on the date, and then with the admins after it', () => {
    const scenario = named()
    expect(told(scenario)).toMatchObject({ event: { hears: 'owner', named: cem }, mailed: [], owner: 'Cem' })
    expect(told(scenario)).toMatchObject({ event: { hears: 'team', named: cem }, mailed: [cem, ana, ben] })
    expect(told(scenario)).toMatchObject({ event: { type: 'ClockBreached', named: cem }, mailed: [ana] })
  })

  it('is the person whom the clock of the release reminds, as the next action says', () => {
    const seen = outlook(withReleaser, named().world, RELEASE)
    expect(seen?.clocks.find(({ clock }) => clock === 'release')).toMatchObject({ owner: 'Cem' })
  })

  it('gets the reminder that somebody else requests', () => {
    const scenario = named()
    scenario.does({ verb: 'remind', case: CASE, clock: 'release' }, person(ana))
    expect(scenario.log.at(-1)?.event).toMatchObject({ type: 'ReminderDue', named: cem })
  })

  it('gives the go on the date without being on the team, and nobody else has to', () => {
    const scenario = named()
    scenario.does({ verb: 'cve.request', case: CASE }, person(ana))
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    scenario.now = RELEASE
    expect(scenario.does({ verb: 'disclose', case: CASE, shown }, person(cem))).toEqual(['ApprovalRequested'])
    expect(scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))).toContain('DisclosureStarted')
  })

  it('leaves the task to the coordinator while away', () => {
    const scenario = named()
    scenario.does({ verb: 'away', case: CASE, from: scenario.now, until: later(RELEASE, DAY) }, person(cem))
    const { event, mailed } = told(scenario)
    expect([event, mailed]).toEqual([expect.not.objectContaining({ named: cem }), []])
    expect(told(scenario).mailed).toEqual([ana, ben])
  })

  it('leaves the task to the coordinator when taken off the case', () => {
    const scenario = named()
    scenario.does({ verb: 'people.remove', case: CASE, person: cem, reason: 'left the firm' }, person(ana))
    const { event, owner } = told(scenario)
    expect([event, owner]).toEqual([expect.not.objectContaining({ named: cem }), 'Ana'])
  })

  it('may be anybody whom the policy allows to publish', () => {
    const scenario = new Scenario({
      ...withReleaser,
      roles: { ...withReleaser.roles, publish: ['admin', 'team'] },
    }).untilReady()
    expect(scenario.refused(plan(cem), person(ana)).because).toBe(
      'Publishing requires the role admin or team; Cem has releaser.',
    )
  })
})
