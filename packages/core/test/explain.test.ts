import { describe, expect, it } from 'vitest'
import { explainGates, leastRequest, PERSON_VERBS } from '../src/index.ts'
import { gatesOf } from '../src/case/commands/index.ts'
import { ruleOf } from '../src/policy/gates/gate.ts'
import type { PersonVerb } from '../src/index.ts'
import { ana, CASE, DAY, person, policyOf, Scenario } from './scenario.ts'

function explained(scenario: Scenario, verb: PersonVerb) {
  const command = { actor: person(ana), request: leastRequest(verb, CASE) }
  return explainGates(scenario.policy, scenario.world, command, scenario.now) ?? []
}

const short = (scenario: Scenario, verb: PersonVerb): readonly string[] =>
  explained(scenario, verb).map(({ gate, state }) => `${gate} ${state}`)

describe('what stands between a case and a command', () => {
  it('is said of every gate, in the order in which they are asked, not only of the first that refuses', () => {
    const scenario = new Scenario().untilPatch()
    expect(short(scenario, 'disclose')).toEqual([
      'role passes',
      'not-the-reporter passes',
      'no-conflict passes',
      'on-the-case passes',
      'fits-the-stage passes',
      'publication-not-begun passes',
      'fits-the-stage passes',
      'fix-ready refuses',
      'texts-complete refuses',
      'severity-rated passes',
      'credit-decided passes',
      'reaches-the-public passes',
      'release-date refuses',
      'second-person comes-next',
    ])
  })

  it('has the very words of the refusal that the command gets', () => {
    const scenario = new Scenario().untilPatch()
    const refusal = scenario.refused({ verb: 'disclose', case: CASE }, person(ana))
    expect(explained(scenario, 'disclose').find(({ state }) => state === 'refuses')).toMatchObject({ refusal })
  })

  it('fills in the date that a preview would propose', () => {
    const scenario = new Scenario().untilReady()
    expect(short(scenario, 'prenotify')).toContain('release-window passes')
    expect(short(scenario, 'prenotify')).not.toContain('lead-time refuses')
  })

  it('speaks of the policy of the case’s own project and severity', () => {
    const policy = policyOf('team', { severities: { high: { prenotification: { lead: { high: '80 days' } } } } })
    const scenario = new Scenario(policy).untilReady().wait(9 * DAY)
    expect(short(scenario, 'prenotify')).toContain('inside-embargo refuses')
  })

  it.each(PERSON_VERBS)('names the rule of each gate of %s', (verb) => {
    const gates = explained(new Scenario().untilReady(), verb)
    expect(gates.length).toBeGreaterThanOrEqual(3)
    expect(gates.map(({ rule }) => rule)).not.toContain(undefined)
  })

  it.each(PERSON_VERBS)('knows the rule of each gate of %s though it passes', (verb) => {
    expect(gatesOf(verb).map((gate) => ruleOf(gate))).not.toContain('makes-sense')
  })

  it('is nothing for a case that does not exist', () => {
    expect(explained(new Scenario(), 'ack')).toEqual([])
  })
})
