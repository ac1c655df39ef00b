import { ANA, BEN } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { audienceOf } from '../../src/index.ts'
import { ana, ben, CASE, DAY, person, policyOf, Scenario } from '../fixtures/scenario.ts'

describe('a person who was removed from a case', () => {
  const admins = policyOf('team', { people: [ANA, { ...BEN, roles: ['admin', 'team'] }] })
  const hear = (scenario: Scenario) => {
    const state = scenario.world.case
    if (state === undefined) throw new Error('no case')
    const told = (['owner', 'team', 'admins'] as const).flatMap((hears) =>
      audienceOf(admins, state, { hears, named: ben }),
    )
    return [...new Set(told.map(({ id }) => id))].toSorted()
  }

  it('is told nothing more about it, even as an admin or as the person responsible, until invited again', () => {
    const scenario = new Scenario(admins).opens()
    expect(hear(scenario)).toEqual([ana, ben])
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(hear(scenario)).toEqual([ana])
    scenario.does({ verb: 'people.invite', case: CASE, person: ben, role: 'team' }, person(ana))
    expect(hear(scenario)).toEqual([ana, ben])
  })

  it('gets no escalation by mail', () => {
    const scenario = new Scenario(admins).opens()
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    scenario.wait(3 * DAY)
    scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 3 })
    const mailed = scenario.effects.flatMap((effect) =>
      effect.kind === 'send-mail' && effect.to.kind === 'person' ? [effect.to.person] : [],
    )
    expect(mailed).toEqual([ana])
  })

  it('is told nothing even if nobody else is left', () => {
    const scenario = new Scenario(admins).opens()
    const state = scenario.world.case
    if (state === undefined) throw new Error('no case')
    const gone = { ...state, people: {}, removed: { [ana]: scenario.now, [ben]: scenario.now } }
    expect(audienceOf(admins, gone, { hears: 'admins' })).toEqual([])
  })
})
