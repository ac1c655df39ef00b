import { describe, expect, it } from 'vitest'
import { CommandId, decide, PROFILES, ReportId } from '../../src/index.ts'
import type { PersonRequest, WrongFact } from '../../src/index.ts'
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

  it('does not show the line in chat if content is kept out of chat', () => {
    const scenario = readyWith(IMPACT, policyOf('team', { chat: { ...PROFILES.team.chat, content: 'metadata' } }))
    const inChat = { kind: 'person', person: ana, platform: 'slack', account: 'U1' } as const
    expect(scenario.refused(prenotify, inChat).because).toBe('A line of the impact names a person.')
    expect(because(scenario)).toContain(IMPACT)
    scenario.does({ verb: 'waive', case: CASE, rule: 'wording', reason: 'it is fine', shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(scenario.world.case?.waivers.at(-1)?.about).toBe('a line of the impact that names a person')
  })

  it('passes the whole line that two people saw, and no other end of it', () => {
    const long = `Ana says: ${'files may be read, and '.repeat(8)}`
    const scenario = readyWith(`${long}written.`)
    expect(because(scenario)).toContain(`"${`${long}written.`.slice(0, 160)}"`)
    scenario.does({ verb: 'waive', case: CASE, rule: 'wording', reason: 'it is fine', shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
    scenario.happens(CASE, { type: 'AdvisoryDrafted', component: 'the loader', impact: `${long}Ben says so too.` })
    expect(because(scenario)).toContain('which names a person')
  })

  it('also reads the credit, which may name a person', () => {
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

describe('the check of the written texts and documents', () => {
  const finding = (because: string) => ({ case: CASE, where: 'announcement', because })
  const world = (scenario: Scenario, ...findings: readonly string[]) => ({
    ...scenario.world,
    findings: findings.map(finding),
  })
  const asked = (scenario: Scenario, ...findings: readonly string[]) =>
    decide(
      { policy: scenario.policy, hash: OTHER_HASH },
      world(scenario, ...findings),
      { commandId: CommandId.parse('test:1'), actor: person(ana), at: scenario.now, request: prenotify },
      scenario.now,
    )

  it('says which fact of the case is wrong, and the command that corrects it', () => {
    const scenario = readyWith('By a crafted name an attacker may read files.')
    const refused = (fact: WrongFact) =>
      decide(
        { policy: scenario.policy, hash: OTHER_HASH },
        { ...scenario.world, findings: [{ ...finding('It is wrong.'), where: 'fact', fact }] },
        { commandId: CommandId.parse('test:1'), actor: person(ana), at: scenario.now, request: prenotify },
        scenario.now,
      )
    expect(refused({ is: 'severity' })).toMatchObject({
      refusal: { liftedBy: [{ verb: 'triage' }, { verb: 'waive' }] },
    })
    expect(refused({ is: 'versions', branch: 'main' })).toMatchObject({
      refusal: { facts: { branch: 'main' }, liftedBy: [{ verb: 'triage.affects' }, { verb: 'waive' }] },
    })
  })

  it('stops only what two people have not passed', () => {
    const scenario = readyWith('By a crafted name an attacker may read files.')
    expect(asked(scenario)).toMatchObject({ ok: true })
    expect(asked(scenario, 'It lacks 4.2.8.', 'It lacks inkblot.')).toMatchObject({
      ok: false,
      refusal: {
        gate: 'wording',
        because: 'In the announcement: It lacks 4.2.8. There is 1 more finding.',
        liftedBy: [
          { who: 'the operator', how: 'corrects the text that the policy has for the announcement' },
          { verb: 'waive' },
        ],
      },
    })
    scenario.happens(CASE, {
      type: 'GateWaived',
      gate: 'wording',
      key: 'announcement: It lacks 4.2.8.\nannouncement: It lacks inkblot.',
      about: 'both',
      reason: 'It is short on purpose.',
      askedBy: ana,
    })
    expect(asked(scenario, 'It lacks 4.2.8.', 'It lacks inkblot.')).toMatchObject({ ok: true })
    expect(asked(scenario, 'It lacks inkblot.')).toMatchObject({ ok: true })
    expect(asked(scenario, 'It lacks inkblot.', 'It lacks 1.4.')).toMatchObject({ ok: false })
  })
})
