import { describe, expect, it } from 'vitest'
import { contactOf, previewCommand, MessageId, outlook } from '../../src/index.ts'
import type { PersonRequest, Policy, PolicySource } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, person, policyOf, Scenario } from '../fixtures/scenario.ts'
import { approve, PREVIEW } from '../fixtures/secrecy.ts'
import { mergedReports, reportId } from '../fixtures/two-reports.ts'

type Forward = Extract<PersonRequest, { verb: 'party.forward' }>

const CONTACT = 'security@inkwell.example'
const to = (address: string, held = { reportIn: true, nameIn: false }): Forward => ({
  verb: 'party.forward',
  case: CASE,
  to: address,
  text: BLOB,
  sha256: HASH,
  ...held,
})

const FOUND = 'The text contains part of the reporter’s name or address.'
const NOT_FOUND =
  'The reporter’s name and address were not found in the text. Check for nicknames yourself: Embargo does not know them.'

/** The reporter agreed to the forwarding, and the contact of the other vendor was recorded. */
function agreed(contact = `Inkwell security <${CONTACT}>`): Scenario {
  const scenario = new Scenario().opens()
  const theirs = { disposition: 'other-vendor', reason: 'it is in their parser', vendor: 'Inkwell', contact } as const
  scenario.does({ verb: 'triage', case: CASE, ...theirs }, person(ana))
  const [mail] = scenario.world.case?.messages ?? []
  const answer = { about: 'forwarding', agreed: true, named: false } as const
  if (mail === undefined) throw new Error('no mail')
  scenario.does({ verb: 'log-answer', case: CASE, message: mail.message, answer }, person(ana))
  return scenario
}

function said(scenario: Scenario, address: string, held?: Parameters<typeof to>[1]): readonly string[] {
  const preview = previewCommand(scenario.policy, scenario.world, to(address, held), scenario.now)
  if (preview === undefined || 'gate' in preview) throw new Error('nothing is preview')
  return preview.sentences
}

describe('attack: a report that came encrypted, forwarded to a vendor in plain text', () => {
  it('is refused, but what people write about it in their own words is not', () => {
    const scenario = agreed()
    const [report] = scenario.world.case?.reports ?? []
    if (report === undefined) throw new Error('no report')
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('encrypted'),
      from: 'reporter',
      report: report.id,
      trust: 'nothing-proven',
      checks: { signature: { is: 'none' }, encryption: 'openpgp' },
      automatic: false,
    })
    expect(scenario.refused({ ...to(CONTACT), shown: PREVIEW }, person(ana)).because).toBe(
      'The report came encrypted, so neither its text nor its files leave unencrypted.',
    )
    const own = to(CONTACT, { reportIn: false, nameIn: false })
    expect(scenario.does({ ...own, shown: PREVIEW }, person(ana))).toEqual(['ApprovalRequested'])
  })
})

describe('a vulnerability that another vendor has too', () => {
  const KEY = {
    fingerprint: 'AB'.repeat(20),
    keyIds: ['AB'.repeat(8)],
    file: 'AAAA',
  } as const
  const theirs = (key = false): Partial<PolicySource> & Pick<Policy, 'publicKeys'> => ({
    parties: [{ name: 'Inkwell', address: CONTACT }],
    ...(key && { publicKeys: { [CONTACT]: KEY } }),
  })

  /** Our software has the vulnerability too, and the reporter agreed that we tell the vendor who caused it. */
  function valid(key: boolean, checks?: { readonly encryption: 'openpgp' }): Scenario {
    const { publicKeys, ...change } = theirs(key)
    const policy = { ...policyOf('team', change), ...(publicKeys && { publicKeys }) }
    const scenario = new Scenario(policy).untilReady()
    const message = MessageId.parse('mail-3')
    const mail = { from: 'reporter', report: scenario.reportId, trust: 'nothing-proven', automatic: false } as const
    const read = checks === undefined ? {} : { checks: { signature: { is: 'none' } as const, ...checks } }
    scenario.does({ verb: 'take-in-message', case: CASE, message, ...mail, ...read })
    const answer = { about: 'forwarding', agreed: true, named: false } as const
    scenario.does({ verb: 'log-answer', case: CASE, message, answer }, person(ana))
    return scenario
  }

  it('is forwarded to them by two people, while the case stays ours', () => {
    const scenario = valid(false)
    expect(said(scenario, CONTACT)).toEqual([
      expect.stringContaining(`goes to ${CONTACT} in plain text.`),
      'The address is the contact of Inkwell in the policy.',
    ])
    expect(scenario.does({ ...to(CONTACT), shown: PREVIEW }, person(ana))).toEqual(['ApprovalRequested'])
    expect(scenario.does(approve, person(ben))).toEqual(['ApprovalGiven', 'ReportForwarded'])
    expect(scenario.world.case).toMatchObject({ rm: 'accepted', disposition: 'valid' })
  })

  it('is forwarded encrypted if the policy has their key, even if the report came encrypted', () => {
    expect(said(valid(true), CONTACT)[0]).toContain(`goes to ${CONTACT} encrypted to their key …ABAB.`)
    const scenario = valid(true, { encryption: 'openpgp' })
    expect(scenario.does({ ...to(CONTACT), shown: PREVIEW }, person(ana))).toEqual(['ApprovalRequested'])
    expect(
      valid(false, { encryption: 'openpgp' }).refused({ ...to(CONTACT), shown: PREVIEW }, person(ana)).because,
    ).toContain('neither its text nor its files leave unencrypted')
  })
})

describe('the address that a report is forwarded to', () => {
  it('is taken from the recorded contact, if that contains one', () => {
    expect(contactOf({ vendor: { contact: `Inkwell security <${CONTACT}>` } })).toBe(CONTACT)
    expect(contactOf({ vendor: { contact: 'see their website' } })).toBeUndefined()
    expect(contactOf({})).toBeUndefined()
  })

  it('is shown as the one on record, or as unknown', () => {
    const scenario = agreed()
    expect(said(scenario, 'Security@inkwell.example').at(-1)).toContain('The address is the contact that was recorded')
    expect(said(scenario, 'eve@elsewhere.example').at(-1)).toBe(
      `UNKNOWN ADDRESS: nobody has recorded it. The contact on record is ${CONTACT}. Before you say yes, check this address in the vendor’s security.txt or on the vendor’s website.`,
    )
    expect(said(agreed('see their website'), CONTACT).at(-1)).toBe(
      'UNKNOWN ADDRESS: nobody has recorded it. Before you say yes, check this address in the vendor’s security.txt or on the vendor’s website.',
    )
  })

  it.each([
    [true, false, `The text contains the whole original report. ${NOT_FOUND}`],
    [true, true, `The text contains the whole original report. ${FOUND}`],
    [false, true, `The text does not contain the whole original report. ${FOUND}`],
    [false, false, `The text does not contain the whole original report. ${NOT_FOUND}`],
  ])('gets a text of which is said what it holds: report %s, name %s', (reportIn, nameIn, held) => {
    const sentences = said(agreed(), CONTACT, { reportIn, nameIn })
    expect(sentences[0]).toBe(`The text below goes to ${CONTACT} in plain text. ${held}`)
    expect(sentences.some((one) => one.includes('DID NOT AGREE TO BE NAMED'))).toBe(nameIn)
  })

  it('needs a second person, and is known after one report was forwarded to it', () => {
    const scenario = agreed('see their website')
    expect(scenario.does({ ...to(CONTACT), shown: PREVIEW }, person(ana))).toEqual(['ApprovalRequested'])
    expect(scenario.effects.filter((one) => one.kind === 'send-mail' && one.letter === 'forwarded-report')).toEqual([])
    expect(scenario.refused(approve, person(ana)).gate).toBe('second-person')
    expect(scenario.does(approve, person(ben))).toEqual(['ApprovalGiven', 'ReportForwarded'])
    expect(said(scenario, CONTACT).at(-1)).toBe('The report was forwarded to that address before.')
  })
})

it('is asked about for each report separately', () => {
  const scenario = mergedReports()
  const contact = { vendor: 'Inkwell', contact: CONTACT }
  scenario.does({ verb: 'triage', case: CASE, disposition: 'other-vendor', reason: 'theirs', ...contact }, person(ana))
  for (const report of [reportId(CASE, 1), reportId(CASE, 2)]) {
    const message = MessageId.parse(report.replaceAll('/', '-'))
    const mail = { from: 'reporter', report, trust: 'nothing-proven', automatic: false } as const
    scenario.does({ verb: 'take-in-message', case: CASE, message, ...mail })
    const answer = { about: 'forwarding', agreed: true, named: false } as const
    scenario.does({ verb: 'log-answer', case: CASE, message, answer }, person(ana))
    scenario.does({ ...to(CONTACT), report, shown: PREVIEW }, person(ana))
  }
  expect(scenario.world.case?.approvals.map(({ status }) => status)).toEqual(['open', 'open'])
})

describe('the next action of a closed case whose reporter agreed', () => {
  it('is to forward the report, then to answer the question, and then there is no next action', () => {
    const scenario = new Scenario().opens()
    const theirs = { disposition: 'other-vendor', reason: 'it is in their parser', vendor: 'Inkwell' } as const
    scenario.does({ verb: 'triage', case: CASE, ...theirs, contact: CONTACT }, person(ana))
    const message = MessageId.parse('mail-9')
    const mail = { from: 'reporter', report: scenario.reportId, trust: 'nothing-proven', automatic: false } as const
    scenario.does({ verb: 'take-in-message', case: CASE, message, ...mail })
    const seen = () => outlook(scenario.policy, scenario.world, scenario.now)
    expect(seen()?.next.verb).toBe('reply')
    const answer = { about: 'forwarding', agreed: true, named: false } as const
    scenario.does({ verb: 'log-answer', case: CASE, message, answer }, person(ana))
    expect(seen()?.next).toMatchObject({ action: 'forward the report to Inkwell', owner: 'Ana', verb: 'party.forward' })
    scenario.does({ ...to(CONTACT), shown: PREVIEW }, person(ana))
    expect(seen()?.next).toMatchObject({ action: 'approve or refuse', owner: 'Ben', verb: 'approve' })
    scenario.does(approve, person(ben))
    expect(seen()).toMatchObject({ next: { action: 'nothing more to do' }, unanswered: 0 })
  })
})
