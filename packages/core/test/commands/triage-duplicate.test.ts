import { describe, expect, it } from 'vitest'
import {
  brokenInvariants,
  CaseEvent,
  clocks,
  flagsOf,
  later,
  mergeTerms,
  MessageId,
  policyFor,
  ReporterId,
  stageOf,
} from '../../src/index.ts'
import type { CaseId, PersonRequest } from '../../src/index.ts'
import { leadOf } from '../../src/state/lead.ts'
import { ana, ben, BLOB, CASE, DAY, HOUR, OTHER_HASH, person, RELEASE, Scenario } from '../fixtures/scenario.ts'
import {
  SECOND,
  THIRD,
  reportId,
  caseAt,
  endOf,
  letters,
  twoReports,
  duplicate,
  mergedReports,
} from '../fixtures/two-reports.ts'

/** A third report of the same vulnerability. */
const NEXT_REPORT = {
  verb: 'open-case',
  case: THIRD,
  project: 'quillmark',
  message: MessageId.parse('mail-t'),
  reporter: ReporterId.parse('rep-3'),
  identity: { name: 'Kim', address: 'kim@third.example' },
  trust: 'nothing-proven',
  automatic: false,
} as const

/** A case that the team found, so it has no reporter. It was merged by mistake into a case about something else. */
const mergedWithoutReport = () => {
  const scenario = new Scenario().opens().wait(DAY)
  scenario.does({ verb: 'open', case: SECOND, project: 'quillmark' }, person(ana))
  const end = endOf(scenario, CASE)
  scenario.does(
    { verb: 'triage.duplicate', case: SECOND, of: CASE, end: typeof end === 'string' ? 'none' : end },
    person(ana),
  )
  return scenario
}

describe('a case without a report that was merged wrongly', () => {
  it('offers no report to split off: it can be reopened, and its refusals say so', () => {
    const scenario = mergedWithoutReport()
    const refusal = scenario.refused({ verb: 'ack', case: SECOND }, person(ana))
    expect(refusal).toMatchObject({ gate: 'case-open', liftedBy: [{ who: 'any team member', verb: 'reopen' }] })
    expect(scenario.does({ verb: 'reopen', case: SECOND, reason: 'it is another bug' }, person(ana))).toEqual([
      'CaseReopened',
    ])
    const { mergedInto, rm } = caseAt(scenario, SECOND)
    expect([rm, mergedInto]).toEqual(['valid', undefined])
    expect(brokenInvariants(scenario.worldAt(SECOND))).toEqual([])
  })

  it('gets a new embargo from two team members, and does not change the other case', () => {
    const scenario = mergedWithoutReport()
    const other = caseAt(scenario, CASE)
    scenario.does({ verb: 'reopen', case: SECOND, reason: 'it is another bug' }, person(ana))
    const end = later(scenario.now, 30 * DAY)
    scenario.does({ verb: 'embargo.until', case: SECOND, end }, person(ana))
    scenario.does({ verb: 'embargo.accept', case: SECOND }, person(ben))
    expect(endOf(scenario, SECOND)).toBe(end)
    expect(caseAt(scenario, CASE)).toEqual(other)
  })

  it('can be merged again if it was a duplicate after all', () => {
    const scenario = mergedWithoutReport()
    scenario.does({ verb: 'reopen', case: SECOND, reason: 'it is another bug' }, person(ana))
    expect(scenario.does(duplicate(scenario), person(ana))).toContain('CasesMerged')
    expect(caseAt(scenario, SECOND)).toMatchObject({ rm: 'closed', mergedInto: CASE })
  })
})

describe('a duplicate', () => {
  it('brings its report, mails and credit to the earlier case, and ends as merged', () => {
    const scenario = twoReports()
    expect(scenario.does(duplicate(scenario), person(ana))).toEqual([
      'CoordinatorSet',
      'DispositionSet',
      'CaseDeferred',
      'ReportMoved',
      'EmbargoExited',
      'CasesMerged',
      'CaseClosed',
      'ReportJoined',
      'MessageMoved',
      'CasesMerged',
    ])
    expect(caseAt(scenario, SECOND)).toMatchObject({
      rm: 'closed',
      disposition: 'duplicate',
      em: { is: 'exited', reason: 'merged' },
      mergedInto: CASE,
      reports: [],
      moved: [{ to: CASE, as: reportId(CASE, 2) }],
    })
    expect(caseAt(scenario, CASE).reports.map(({ id, credit }) => [id, credit?.name?.value])).toEqual([
      [reportId(CASE, 1), undefined],
      [reportId(CASE, 2), 'night owl'],
    ])
    expect(caseAt(scenario, CASE).messages.map(({ message, report }) => [message, report])).toEqual([
      ['mail-1', reportId(CASE, 1)],
      ['mail-s', reportId(CASE, 2)],
    ])
  })

  it('tells every reporter once, from the remaining case', () => {
    const before = letters(twoReports()).length
    expect(letters(mergedReports()).slice(before)).toEqual([
      `duplicate ${reportId(CASE, 1)}`,
      `duplicate ${reportId(CASE, 2)}`,
    ])
  })

  it('is kept to the earliest end that was agreed', () => {
    const scenario = twoReports()
    const later = endOf(scenario, SECOND)
    expect(endOf(scenario, CASE)).toBeLessThan(Number(later))
    scenario.does(duplicate(scenario), person(ana))
    expect(endOf(scenario, CASE)).toBe(Number(later) - DAY)
  })

  it('shortens the embargo of the earlier case if the later one ends sooner', () => {
    const scenario = twoReports()
    const end = scenario.now
    scenario.states.set(SECOND, { ...caseAt(scenario, SECOND), em: { is: 'active', end } })
    expect(scenario.does({ verb: 'triage.duplicate', case: SECOND, of: CASE, end }, person(ana))).toContain(
      'EmbargoAccepted',
    )
    expect(endOf(scenario, CASE)).toBe(end)
  })

  it.each(['expired', 'opened'] as const)('binds nobody whose own embargo is over (%s)', (reason) => {
    const scenario = twoReports()
    const em = { is: 'exited', reason, at: scenario.now } as const
    scenario.states.set(SECOND, { ...caseAt(scenario, SECOND), em })
    const end = endOf(scenario, CASE)
    expect(mergeTerms(caseAt(scenario, SECOND), caseAt(scenario, CASE), undefined)).toEqual({
      end,
      binds: [reportId(CASE, 1)],
      free: true,
    })
    scenario.does(duplicate(scenario), person(ana))
    expect(endOf(scenario, CASE)).toBe(end)
    const said = scenario.log.flatMap(({ event }) => (event.type === 'CasesMerged' ? [event] : []))
    expect(said).toMatchObject([{ free: true }, { free: true }])
    expect(said.map((event) => CaseEvent.parse(event))).toEqual(said)
  })

  it('brings what the reporter said about another vendor', () => {
    const scenario = twoReports()
    const take = { verb: 'take-in-message', case: SECOND, trust: 'nothing-proven' } as const
    scenario.does({
      ...take,
      message: MessageId.parse('mail-u'),
      from: 'reporter',
      report: reportId(SECOND, 1),
      automatic: false,
    })
    const answer = { about: 'forwarding', agreed: true, named: false } as const
    scenario.does({ verb: 'log-answer', case: SECOND, message: MessageId.parse('mail-u'), answer }, person(ana))
    scenario.does(duplicate(scenario), person(ana))
    expect(caseAt(scenario, CASE).reports[1]).toMatchObject({ id: reportId(CASE, 2), forwarding: 'unnamed' })
    const joined = scenario.log.find(({ event }) => event.type === 'ReportJoined')?.event
    expect(CaseEvent.parse(joined)).toEqual(joined)
    expect(caseAt(scenario, CASE).messages.map(({ message }) => message)).toContain('mail-u')
  })

  it('has no further effect when two people report the same duplicate', () => {
    const scenario = twoReports()
    const request = duplicate(scenario)
    scenario.does(request, person(ana))
    const count = scenario.log.length
    expect(scenario.does(request, person(ben))).toEqual([])
    expect(scenario.log).toHaveLength(count)
  })

  it('never reuses the number of a report', () => {
    const scenario = mergedReports()
    scenario.does(
      { verb: 'open.report', case: CASE, report: reportId(CASE, 2), project: 'quillmark', reason: 'x' },
      person(ana),
    )
    scenario.does(duplicate(scenario), person(ana))
    expect(caseAt(scenario, CASE).reports.map(({ id }) => id)).toEqual([reportId(CASE, 1), reportId(CASE, 3)])
  })
})

describe('a split', () => {
  const home: PersonRequest = {
    verb: 'open.report',
    case: CASE,
    report: reportId(CASE, 2),
    project: 'quillmark',
    reason: 'another cause after all',
  }

  it('undoes a merge: the report is home under its old number, in a new round with the same embargo', () => {
    const scenario = mergedReports()
    const end = endOf(scenario, CASE)
    scenario.does(home, person(ben))
    expect(caseAt(scenario, SECOND)).toMatchObject({
      rm: 'valid',
      round: 2,
      disposition: 'valid',
      em: { is: 'active', end },
    })
    expect(caseAt(scenario, SECOND).reports.map(({ id, credit }) => [id, credit?.name?.value])).toEqual([
      [reportId(SECOND, 1), 'night owl'],
    ])
    expect(caseAt(scenario, SECOND).moved).toEqual([])
    expect(caseAt(scenario, CASE).reports.map(({ id }) => id)).toEqual([reportId(CASE, 1)])
    expect(caseAt(scenario, CASE).moved).toMatchObject([{ to: SECOND, as: reportId(SECOND, 1) }])
    expect(letters(scenario).at(-1)).toBe(`split ${reportId(SECOND, 1)}`)
  })

  it('moves a report back one merge at a time', () => {
    const scenario = twoReports()
    scenario.wait(HOUR)
    scenario.does({ ...NEXT_REPORT, receivedAt: scenario.now })
    const end = (id: CaseId) => {
      const one = endOf(scenario, id)
      return typeof one === 'string' ? 'none' : one
    }
    scenario.does({ verb: 'triage.duplicate', case: THIRD, of: SECOND, end: end(SECOND) }, person(ana))
    scenario.does({ verb: 'triage.duplicate', case: SECOND, of: CASE, end: end(CASE) }, person(ana))
    scenario.does({ ...home, report: reportId(CASE, 3) }, person(ana))
    const refusal = scenario.refused({ verb: 'reopen', case: THIRD, reason: 'x' }, person(ana))
    expect(refusal.liftedBy[0]?.how).toContain(`split the report off from ${SECOND}`)
    scenario.does({ ...home, case: SECOND, report: reportId(SECOND, 2) }, person(ana))
    expect(caseAt(scenario, THIRD)).toMatchObject({ rm: 'valid', reports: [{ id: reportId(THIRD, 1) }] })
    expect(caseAt(scenario, THIRD).reports[0]?.joined).toBeUndefined()
  })

  it('withdraws the question to its reporter, whose silence then closes nobody else’s report', () => {
    const scenario = mergedReports()
    const request = { text: BLOB, sha256: OTHER_HASH } as const
    scenario.does({ verb: 'reply.question', case: CASE, report: reportId(CASE, 2), ...request }, person(ana))
    scenario.does(home, person(ben))
    expect(caseAt(scenario, CASE).needsInfo).toBeUndefined()
    expect(clocks(scenario.policy, scenario.worldAt(CASE)).map(({ clock }) => clock)).not.toContain('needs-info')
    expect(brokenInvariants(scenario.worldAt(CASE))).toEqual([])
  })

  it('does not change the question to another reporter', () => {
    const scenario = mergedReports()
    scenario.does(
      { verb: 'reply.question', case: CASE, report: reportId(CASE, 1), text: BLOB, sha256: OTHER_HASH },
      person(ana),
    )
    scenario.does(home, person(ben))
    expect(caseAt(scenario, CASE).needsInfo).toMatchObject({ report: reportId(CASE, 1) })
  })

  it('divides a report about two vulnerabilities: each part has it, and each keeps the embargo', () => {
    const scenario = twoReports()
    const request = { ...home, report: reportId(CASE, 1), into: THIRD } as PersonRequest
    scenario.does(request, person(ana))
    expect(caseAt(scenario, CASE).reports.map(({ id }) => id)).toEqual([reportId(CASE, 1)])
    expect(caseAt(scenario, THIRD).reports.map(({ id }) => id)).toEqual([reportId(THIRD, 1)])
    expect(endOf(scenario, THIRD)).toBe(endOf(scenario, CASE))
    expect(caseAt(scenario, CASE).links).toEqual([{ case: THIRD, as: 'split-into' }])
    expect(letters(scenario).filter((letter) => letter.endsWith(reportId(THIRD, 1)))).toEqual([
      `split ${reportId(THIRD, 1)}`,
    ])
  })
})

describe('a case that nobody mailed', () => {
  const open = (more: object = {}): PersonRequest => ({ verb: 'open', case: SECOND, project: 'quillmark', ...more })

  it('is acknowledged and coordinated by the person who opens it, under the standing terms', () => {
    const scenario = new Scenario()
    scenario.does(open({ note: 'seen in review' }), person(ana))
    expect(caseAt(scenario, SECOND)).toMatchObject({ coordinator: ana, reports: [], em: { is: 'active' } })
    expect(Object.keys(caseAt(scenario, SECOND).people)).toEqual([ana, ben])
    expect(letters(scenario)).toEqual([])
    expect(stageOf(caseAt(scenario, SECOND))).toBe('acknowledged')
  })

  it('is public at once if the vulnerability was read about in public', () => {
    const scenario = new Scenario()
    scenario.does(open({ public: 'https://blog.example/hole' }), person(ana))
    expect(caseAt(scenario, SECOND)).toMatchObject({ em: { is: 'none' }, cs: { public: scenario.now } })
    expect(flagsOf(caseAt(scenario, SECOND))).toContain('public')
  })

  it('may follow a public case, and then a day is lead enough', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.now = RELEASE
    scenario.does({ verb: 'disclose', case: CASE, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ben))
    scenario.wait(HOUR)
    scenario.does(open({ follows: CASE }), person(ana))
    expect(caseAt(scenario, SECOND).links).toEqual([{ case: CASE, as: 'follows' }])
    expect(caseAt(scenario, CASE).links).toEqual([{ case: SECOND, as: 'followed-by' }])
    const state = { ...caseAt(scenario, SECOND), severity: 'high' as const }
    expect(leadOf(policyFor(scenario.policy, state), state).dates).toBe(1)
  })
})
