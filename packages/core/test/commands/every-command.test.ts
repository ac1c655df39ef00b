import { describe, expect, it } from 'vitest'
import { CaseId, previewCommand, takesTwoPeople } from '../../src/index.ts'
import type { PersonRequest, Rendering } from '../../src/index.ts'
import { gatesOf } from '../../src/commands/index.ts'
import { ana, ben, HASH, person } from '../fixtures/scenario.ts'
import { NEVER_FIRST } from './shadowed-gates.ts'
import { ENTRIES, TWICE } from './rows.ts'
import { PREVIEW } from './states.ts'
import { VARIANTS } from './variants.ts'
import { barApplies, BARS, EXCEPTIONS } from './bars.ts'
import {
  brokenInvariantsOf,
  resultOf,
  expectedRefusal,
  expectedResult,
  mailsSince,
  playRow,
  playLine,
  refuserOf,
  refusalDetails,
  withTitles,
  repeatedLetters,
} from './play.ts'

describe.each(ENTRIES)('/%s', (verb, row) => {
  const { by = ana, second = ben, refused, again, atOnce = again } = row

  it('does what its row says', () => {
    const { scenario, request, first } = playRow(row)
    expect(request.verb).toBe(verb)
    expect(first).toEqual({ is: 'done', events: row.then })
    expect(brokenInvariantsOf(scenario)).toEqual([])
  })

  it.each([
    ['the same person says it again', by, again],
    ['two people run it at once', second, atOnce],
  ] as const)('is harmless when %s', (_when, who, outcome) => {
    const { scenario, request, mails } = playRow(row)
    const repeated = who === by ? request : (row.asksAtOnce?.(scenario) ?? request)
    const before = scenario.effects.length
    expect(resultOf(scenario.ask(repeated, person(who)))).toEqual(expectedResult(outcome))
    expect(repeatedLetters(mails, mailsSince(scenario, before))).toEqual(
      ('letters' in outcome && outcome.letters) || [],
    )
    expect(brokenInvariantsOf(scenario)).toEqual([])
  })

  it.each(withTitles(refused))('refuses: %s', (_title, line) => {
    const { scenario, request, actor } = playLine(row, line)
    const before = scenario.log.length
    const refusal = scenario.refused(request, actor)
    expect(refusalDetails(refusal)).toEqual(expectedRefusal(line))
    expect(refusal.liftedBy).not.toEqual([])
    expect(refusal.liftedBy.filter(({ who, how }) => who === '' || how === '' || !isAsked(who, how))).toEqual([])
    expect(scenario.log).toHaveLength(before)
  })

  it.each(row.noted ?? [])('does nothing when $when', (line) => {
    const { scenario, request, actor } = playLine(row, line)
    expect(resultOf(scenario.ask(request, actor))).toEqual(expectedResult(line))
  })

  it.each(BARS.filter((bar) => barApplies(verb, bar)))('refuses $when, by $gate', (bar) => {
    const scenario = row.given()
    const request = row.asks(scenario)
    const actor = bar.bars(scenario, request, by)
    const refusal = scenario.refused(request, actor)
    expect(refusal.gate).toBe(bar.gate)
    expect(refusal.liftedBy).not.toEqual([])
  })

  it('has a line for each of its rules, or the reason why that rule never refuses first', () => {
    const met = new Set(
      refused
        .map((line) => playLine(row, line))
        .map(({ scenario, request, actor }) => refuserOf(scenario, request, actor)),
    )
    const never = NEVER_FIRST[verb] ?? []
    const named = ({ id, otherCases }: (typeof gates)[number]) => (otherCases ? `${id} of the others` : id)
    const gates = gatesOf(verb)
    const missing = gates.filter((gate) => !met.has(gate)).map(named)
    expect(missing).toEqual(never.map(([rule]) => rule))
  })
})

describe.each(VARIANTS)('in another way: $what', (variant) => {
  const { by = ana, second = ben, again, atOnce = again } = variant

  it('does what it says', () => {
    const { scenario, first } = playRow(variant)
    expect(first).toEqual({ is: 'done', events: variant.then })
    expect(brokenInvariantsOf(scenario)).toEqual([])
  })

  it.each([
    ['the same person says it again', by, again],
    ['two people run it at once', second, atOnce],
  ] as const)('is harmless when %s', (_when, who, outcome) => {
    const { scenario, request } = playRow(variant)
    const before = scenario.effects.length
    expect(resultOf(scenario.ask(request, person(who)))).toEqual(expectedResult(outcome))
    expect(mailsSince(scenario, before)).toEqual([])
    expect(brokenInvariantsOf(scenario)).toEqual([])
  })
})

describe.each(TWICE)('/%s, which takes two people', (_verb, row) => {
  const { by = ana, approver = ben } = row
  const asked = (shown?: Rendering) => {
    const scenario = row.given()
    const { shown: _left, ...bare } = row.asks(scenario)
    return scenario.refused(shown === undefined ? bare : { ...bare, shown }, person(by))
  }

  it('does it when the second person approves, and not twice', () => {
    const { scenario, request, mails } = playRow(row)
    const approval = scenario.caseState(request.case).approvals.findLast(({ status }) => status === 'open')
    if (approval === undefined) throw new Error('nothing waits')
    const before = scenario.effects.length
    const yes: PersonRequest = { verb: 'approve', case: request.case, approval: approval.id, shown: PREVIEW }
    expect(scenario.does(yes, person(approver))).toEqual(row.approved)
    const left = mailsSince(scenario, before)
    expect(repeatedLetters(mails, left)).toEqual([])
    expect(left).toEqual([...new Set(left)])
    expect(brokenInvariantsOf(scenario)).toEqual([])
    const after = scenario.effects.length
    expect(resultOf(scenario.ask(request, person(by)))).toEqual(expectedResult(row.afterwards))
    expect(repeatedLetters(left, mailsSince(scenario, after))).toEqual([])
    expect(brokenInvariantsOf(scenario)).toEqual([])
  })

  it.each([
    ['the preview that was shown', { ...PREVIEW, digest: HASH }],
    ['what would happen now', { ...PREVIEW, now: HASH }],
  ])('does nothing on an approval if %s is another', (_what, seen) => {
    const { scenario, request } = playRow(row)
    const approval = scenario.caseState(request.case).approvals.findLast(({ status }) => status === 'open')
    if (approval === undefined) throw new Error('nothing waits')
    const before = scenario.effects.length
    const yes: PersonRequest = { verb: 'approve', case: request.case, approval: approval.id, shown: seen }
    expect(scenario.does(yes, person(approver))).toEqual(['ApprovalVoided'])
    expect(mailsSince(scenario, before)).toEqual([])
  })

  it('says in sentences what it will do', () => {
    const scenario = row.given()
    const request = row.asks(scenario)
    const preview = previewCommand(scenario.policy, scenario.worldAt(request.case), request, scenario.now)
    expect(preview).toMatchObject({ sentences: row.preview })
  })

  it('refuses, by makes-sense, an approval of something that was not shown or was shown differently', () => {
    const changed = { ...PREVIEW, now: HASH }
    expect([asked(), asked(changed)]).toMatchObject([
      { gate: 'makes-sense', because: 'Nothing was shown yet.' },
      { gate: 'makes-sense', because: 'The preview has changed since it was shown.' },
    ])
  })
})

describe('every command', () => {
  it.each(ENTRIES.filter(([verb]) => verb !== 'open'))('/%s says that there is no such case', (_verb, row) => {
    const scenario = row.given()
    const nowhere = CaseId.parse('SEC-2026-9999')
    const refusal = scenario.refused({ ...row.asks(scenario), case: nowhere }, person(row.by ?? ana))
    expect([refusal.gate, refusal.because]).toEqual(['makes-sense', `There is no case ${nowhere}.`])
  })

  it('is refused to everybody who is barred, apart from the listed exceptions', () => {
    const known = BARS.map(({ when }) => when)
    expect(EXCEPTIONS.flatMap(({ when }) => when).filter((when) => !known.includes(when))).toEqual([])
  })

  it('requires two people exactly if its row says so', () => {
    const two = ENTRIES.filter(([, row]) => takesTwoPeople(row.asks(row.given())))
    expect(two.map(([verb]) => verb)).toEqual(ENTRIES.filter(([, row]) => 'approved' in row).map(([verb]) => verb))
  })
})

/**
 * If a refusal tells the reader what to do, it uses the imperative ("name a date"). If somebody else must act, it uses
 * the third person ("names a date").
 */
const isAsked = (who: string, how: string): boolean => who !== 'you' || !/^\w+[^s\W]s\b/.test(how)
