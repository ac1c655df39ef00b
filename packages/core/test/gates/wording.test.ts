import { describe, expect, it } from 'vitest'
import { PROFILES, ReportId } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, policyOf, RELEASE, Scenario } from '../fixtures/scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const prenotify: PersonRequest = { verb: 'prenotify', case: CASE, at: RELEASE, shown }
const IMPACT = 'Ask Ana in #sec-2026-0001.'

function readyWith(impact: string, policy = policyOf()): Scenario {
  const scenario = new Scenario(policy).untilReady()
  scenario.happens(CASE, { type: 'AdvisoryDrafted', component: 'the loader', impact })
  return scenario
}

const because = (scenario: Scenario): string => scenario.refused(prenotify, person(ana)).because

describe('the check of the wording', () => {
  it('shows the line', () => {
    expect(because(readyWith(IMPACT))).toBe(`The impact says "${IMPACT}", which names a person.`)
  })

  it('does not show the line in chat where content is kept out of chat', () => {
    const scenario = readyWith(IMPACT, policyOf('team', { chat: { ...PROFILES.team.chat, content: 'metadata' } }))
    const inChat = { kind: 'person', person: ana, platform: 'slack', account: 'U1' } as const
    expect(scenario.refused(prenotify, inChat).because).toBe('A line of the impact names a person.')
    expect(because(scenario)).toContain(IMPACT)
    scenario.does({ verb: 'waive', case: CASE, rule: 'wording', reason: 'it is fine', shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(scenario.world.case?.waivers.at(-1)?.about).toBe('a line of the impact that names a person')
  })

  it('reads the credit too, where a person may be named', () => {
    const scenario = new Scenario().untilReady()
    const report = ReportId.parse(`${CASE}/r1`)
    const credit = { verb: 'log-answer.credit', case: CASE, report, credit: 'named' } as const
    scenario.does({ ...credit, name: 'Ana, see https://quillmark.slack.com/archives/C01' }, person(ana))
    expect(scenario.refused(prenotify, person(ana))).toMatchObject({
      gate: 'wording',
      liftedBy: [{ verb: 'log-answer.credit' }, { verb: 'waive' }],
    })
    scenario.does({ ...credit, name: 'Ana of North Hosting' }, person(ana))
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
  })
})
