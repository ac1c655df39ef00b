import { describe, expect, it } from 'vitest'
import { MessageId } from '../../src/index.ts'
import type { Effect, MailTrust, Policy } from '../../src/index.ts'
import { isReachable } from '../../src/state/report/reachability.ts'
import { requestAndApprove, receivedCase, PREVIEW } from './states.ts'
import { ana, ben, HOUR, person, policyOf } from '../fixtures/scenario.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

const ADDRESS = 'rafi@elsewhere.example'
const MAIL = MessageId.parse('mail-of-theirs')
const request = { verb: 'log-answer.address', case: ONE, message: MAIL, address: ADDRESS } as const

function written(trust: MailTrust = 'nothing-proven', policy?: Policy): MultiCaseScenario {
  const scenario = receivedCase(policy)
  scenario.does({ verb: 'take-in-message', case: ONE, message: MAIL, from: 'unverified', trust, automatic: false })
  return scenario
}
const report = (scenario: MultiCaseScenario) => {
  const [first] = scenario.caseState(ONE).reports
  if (first === undefined) throw new Error('nobody reported it')
  return first
}
const addressed = ({ effects }: MultiCaseScenario, letter: string): readonly Effect[] =>
  effects.filter((one) => one.kind === 'send-mail' && one.letter === letter)

describe('another address of a reporter', () => {
  it('is accepted when a second person agrees, and the reporter’s name is kept', () => {
    const scenario = written()
    scenario.does({ ...request, shown: PREVIEW }, person(ana))
    expect(report(scenario).identity.value?.address).toBe('rafi@reporter.example')
    scenario.does({ verb: 'approve', case: ONE, shown: PREVIEW }, person(ben))
    expect(report(scenario).identity).toMatchObject({
      $personal: 'rep-1',
      value: { name: 'Rafi', address: ADDRESS },
    })
    expect(report(scenario).named).toBeUndefined()
  })

  it('is announced at both addresses, or only at the old one if it could receive mail', () => {
    const to = (scenario: MultiCaseScenario) =>
      addressed(scenario, 'address-changed').map((effect) => (effect.kind === 'send-mail' ? effect.to.kind : ''))
    expect(to(requestAndApprove(written(), request))).toEqual(['report', 'former'])
    const unanswerable = written()
    const state = unanswerable.caseState(ONE)
    unanswerable.states.set(ONE, { ...state, reports: state.reports.map((one) => ({ ...one, answerable: false })) })
    expect(to(requestAndApprove(unanswerable, request))).toEqual(['report'])
    expect(report(unanswerable).answerable).toBe(true)
  })

  it('is in the log only as personal data of that reporter', () => {
    const scenario = requestAndApprove(written(), request)
    const bare = scenario.log.map(({ event }) =>
      JSON.stringify(event, (_key, value: unknown) =>
        typeof value === 'object' && value !== null && '$personal' in value ? 'sealed' : value,
      ),
    )
    expect(bare.filter((text) => text.includes('elsewhere'))).toEqual([])
    expect(scenario.log.filter(({ event }) => JSON.stringify(event).includes('elsewhere'))).toHaveLength(2)
  })

  it('can receive mail again, whatever the server of the old address reported', () => {
    const scenario = written()
    const receipt = addressed(scenario, 'receipt')[0]
    if (receipt?.kind !== 'send-mail') throw new Error('no receipt')
    const { id: effect, letter, to } = receipt
    const status = { kind: 'hard', status: '5.1.1', message: MessageId.parse('bounce') } as const
    scenario.does({ verb: 'record-bounce', case: ONE, of: ONE, effect, letter, to, ...status })
    expect(isReachable(scenario.caseState(ONE), report(scenario))).toBe(false)
    requestAndApprove(scenario, request)
    expect(isReachable(scenario.caseState(ONE), report(scenario))).toBe(true)
    expect(scenario.caseState(ONE).undelivered).toMatchObject([{ effect, hard: false }])
  })

  it.each<[MailTrust, RegExp]>([
    ['signed-by-sender', /signed with the sender’s key/],
    ['domain-vouches', /domain of that address confirms/],
    ['nothing-proven', /^Nothing proves who sent/],
    ['failed', /checks contradict/],
  ])('is shown with what proves who wrote that mail: %s', (trust, words) => {
    expect(written(trust).preview(request).sentences[1]).toMatch(words)
  })

  it('is dropped if its report is moved before anybody answered', () => {
    const scenario = written()
    scenario.does({ ...request, shown: PREVIEW }, person(ana))
    const elsewhere = { verb: 'open.report', case: ONE, report: report(scenario).id, reason: 'two things' } as const
    const into = 'SEC-2026-0007' as typeof ONE
    scenario.does({ ...elsewhere, project: 'quillmark', into }, person(ana))
    expect(scenario.caseState(into).reports.map(({ named }) => named)).toEqual([undefined])
  })

  it('requires a second look in a team of one', () => {
    const scenario = written('nothing-proven', policyOf('solo'))
    scenario.does({ ...request, shown: PREVIEW }, person(ana))
    const yes = { verb: 'approve', case: ONE, shown: PREVIEW, typedCase: ONE } as const
    expect(scenario.refused(yes, person(ana)).gate).toBe('second-person')
    scenario.wait(HOUR)
    expect(scenario.does(yes, person(ana))).toContain('ReporterAddressSet')
  })

  it('is void if it is no longer one of their addresses', () => {
    const scenario = written()
    scenario.does({ ...request, shown: PREVIEW }, person(ana))
    scenario.policy = policyOf('team', {
      people: [...scenario.policy.people.map((one) => ({ ...one, mail: one.id === ben ? ADDRESS : one.mail }))],
    })
    expect(scenario.does({ verb: 'approve', case: ONE, shown: PREVIEW }, person(ben))).toEqual(['ApprovalVoided'])
  })
})
