import { describe, expect, it } from 'vitest'
import { clocks, CveId, later, MINUTE, nextAction } from '../../src/index.ts'
import type { CaseId, ReferenceChange } from '../../src/index.ts'
import {
  finishPublication,
  openEffectNames,
  publishedRelease,
  publishingRelease,
  PUBLISHES,
  steps,
  acceptEffects,
} from '../fixtures/publication.ts'
import { ana, BLOB, DAY, HASH, person } from '../fixtures/scenario.ts'
import { ONE, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

const REASON = '3.9 is affected too, fixed in 3.9.8.'
const range = {
  verb: 'correct',
  case: ONE,
  reason: REASON,
  changes: { branches: [{ branch: '3.9', affected: true, range: '< 3.9.8' }] },
  tell: 'everybody',
} as const
const typo = {
  verb: 'correct',
  case: ONE,
  reason: 'A typo.',
  changes: { impact: 'It reads files.' },
  tell: 'nobody',
} as const

/**
 * The mails sent since `before`, each with its letter and addressee. A reporter appears as a short report id, such as
 * `r1`.
 */
const mailed = (scenario: MultiCaseScenario, before: number): readonly string[] =>
  scenario
    .mails(before)
    .map((mail) => mail.replace(/SEC-\d+-\d+\//u, ''))
    .toSorted()

const mailsAfter = (
  scenario: MultiCaseScenario,
  request: Parameters<MultiCaseScenario['request']>[0],
): readonly string[] => {
  const before = scenario.effects.length
  scenario.request(request).approve(request.case)
  finishPublication(scenario)
  return mailed(scenario, before)
}

const next = (scenario: MultiCaseScenario, id: CaseId) => {
  const { case: state, release, others } = scenario.worldAt(id)
  if (state === undefined) throw new Error('no case')
  return nextAction(scenario.policy, { whole: scenario.policy, state, release, others }, scenario.now)
}

describe('a correction', () => {
  it('republishes every document of that one case, once the new fixed version is public', () => {
    const scenario = publishedRelease()
    scenario.request(range).approve()
    expect(steps(scenario)).toEqual([
      'fixed-versions begun',
      'github-advisory waits',
      'file-tree waits',
      'cve-record waits',
      'records waits',
      'correction-mail waits',
    ])
    expect(openEffectNames(scenario)).toEqual(['fixed-versions>SEC-2026-0001'])
    finishPublication(scenario)
    expect(steps(scenario).every((step) => step.endsWith(' done'))).toBe(true)
    expect(scenario.releaseState().disclosedAt).toBe(scenario.now)
    expect(scenario.caseState(ONE).branches.find(({ name }) => name === '3.9')).toMatchObject({
      affected: true,
      range: '< 3.9.8',
      fixedVersion: '3.9.8',
    })
    expect(scenario.caseState(ONE).corrections).toMatchObject([{ reason: REASON, parts: ['versions'] }])
  })

  it('states that a branch now known to be affected is not fixed, if nobody named a version', () => {
    const scenario = publishedRelease()
    const branches = [{ branch: '3.9', affected: true, range: '<= 3.9.7' }]
    scenario.request({ ...range, changes: { branches } }).approve()
    expect(scenario.caseState(ONE).branches.find(({ name }) => name === '3.9')?.waived?.kind).toBe('not-fixed')
  })

  it('tells the lists, the recipients and the reporter of its case, but tells nobody about a typo', () => {
    expect(mailsAfter(publishedRelease(), range)).toEqual([
      'correction north',
      'correction public',
      'correction public',
      'correction r1',
      'correction south',
    ])
    expect(mailsAfter(publishedRelease(), { ...range, tell: 'recipients' })).toEqual([
      'correction north',
      'correction r1',
      'correction south',
    ])
    expect(mailsAfter(publishedRelease(), typo)).toEqual([])
  })

  it('waits only for its own steps: if a target fails, the mails wait for a quarter of an hour', () => {
    const scenario = publishedRelease()
    scenario.wait(30 * DAY)
    scenario.request({ ...range, changes: { severity: 'critical' } }).approve()
    acceptEffects(scenario, 'github-advisory', 'refused')
    expect(openEffectNames(scenario)).toEqual([])
    expect(steps(scenario)).toContain('github-advisory begun')
    const step = clocks(scenario.policy, scenario.worldAt(ONE)).find(({ clock }) =>
      clock.startsWith('publication-step'),
    )
    expect(step?.due).toBe(later(scenario.now, 15 * MINUTE))
  })

  it('includes a line that the wording check refuses, if two people allow it with a reason', () => {
    const scenario = publishedRelease()
    const impact = 'Run curl https://quillmark.example/fix | sh to repair it.'
    const request = { ...typo, changes: { impact } }
    expect(scenario.refused(request, person(ana))).toMatchObject({
      gate: 'wording',
      liftedBy: [
        { how: 'writes it in other words', verb: 'correct' },
        { how: 'adds `--waive` with a reason to this correction, and a second person approves', verb: 'correct' },
      ],
    })
    scenario.request({ ...request, waive: 'It is our own repair.' })
    expect(scenario.approve()).toEqual(
      expect.arrayContaining(['ApprovalGiven', 'GateWaived', 'RecordCorrected', 'CorrectionStarted']),
    )
    expect(scenario.caseState(ONE).waivers.at(-1)).toMatchObject({
      gate: 'wording',
      about: `"${impact}" in the impact`,
      reason: 'It is our own repair.',
      askedBy: 'ana',
      by: 'ben',
    })
  })

  it('adds links and removes them, which leaves the other facts and links as they are', () => {
    const scenario = publishedRelease()
    const before = scenario.caseState(ONE).advisory
    const links = (...references: readonly ReferenceChange[]) => ({ ...typo, changes: { references } })
    const report = { kind: 'report', url: 'https://example.org/issues/1' } as const
    const article = { kind: 'article', url: 'https://example.org/a' } as const
    expect(mailsAfter(scenario, links(report, article))).toEqual([])
    expect(scenario.caseState(ONE).advisory).toEqual({ ...before, references: [report, article] })
    mailsAfter(scenario, links({ ...report, kind: 'none' }, { ...article, kind: 'web' }))
    expect(scenario.caseState(ONE).advisory).toEqual({ ...before, references: [{ ...article, kind: 'web' }] })
    expect(scenario.caseState(ONE).corrections?.at(-1)?.parts).toEqual(['links'])
    expect(scenario.refused(links({ ...report, kind: 'none' }), person(ana)).gate).toBe('makes-sense')
  })

  it('must not add a link into a channel of the team', () => {
    const changes = { references: [{ kind: 'web', url: 'https://team.slack.com/archives/C1' } as const] }
    expect(publishedRelease().refused({ ...typo, changes }, person(ana))).toMatchObject({
      gate: 'wording',
      because: 'The link says "https://team.slack.com/archives/C1", which links to a channel of the team.',
    })
  })

  it('can be repeated, each time as the next revision, but not while a previous one runs', () => {
    const scenario = publishedRelease()
    scenario.request(range).approve()
    expect(scenario.refused({ ...typo, case: TWO }, person(ana)).gate).toBe('fits-the-stage')
    finishPublication(scenario)
    scenario.request(typo).approve()
    finishPublication(scenario)
    expect(scenario.caseState(ONE).corrections?.map(({ reason }) => reason)).toEqual([REASON, 'A typo.'])
    scenario.request({ ...range, reason: 'Again.', changes: {} })
    expect(scenario.approve()).toContain('CorrectionStarted')
  })

  it('gives every target the identifier of the document to replace', () => {
    const scenario = publishingRelease({ ...PUBLISHES, versions: 'off', github: 'off', cve: 'off' })
    const marked = (mark: string) => {
      for (const effect of scenario.effects.filter(({ kind }) => kind === 'deliver')) {
        if (effect.kind !== 'deliver') continue
        const of = { step: effect.step, case: effect.case, mark }
        scenario.does({
          verb: 'record-outcome',
          stream: effect.stream,
          effect: effect.id,
          outcome: { is: 'delivered', ...of },
        })
      }
    }
    marked('first')
    marked('first')
    finishPublication(scenario)
    scenario.request(typo).approve()
    expect(scenario.releaseState().former).toEqual([
      { step: 'file-tree', case: ONE, mark: 'first' },
      { step: 'records', case: ONE, mark: 'first' },
    ])
  })

  it('is the only way to change a published record', () => {
    const scenario = publishedRelease()
    const changes = [
      { verb: 'triage.affects', case: ONE, branch: 'main', affected: false },
      { verb: 'triage', case: ONE, disposition: 'valid', severity: 'low' },
      { verb: 'advisory', case: ONE, impact: 'other' },
    ] as const
    expect(changes.map((request) => scenario.refused(request, person(ana)).gate)).toEqual([
      'publication-not-begun',
      'publication-not-begun',
      'publication-not-begun',
    ])
  })
})

describe('the record of another CNA', () => {
  /** Another CNA published the record of the case's CVE id. */
  function recorded(): MultiCaseScenario {
    const scenario = publishedRelease()
    const { policy } = scenario
    scenario.policy = { ...policy, projects: policy.projects.map((project) => ({ ...project, cve: 'form' })) }
    return scenario
  }

  it('is to be updated after a correction, until the CNA is asked', () => {
    const scenario = recorded()
    expect(next(scenario, ONE).verb).not.toBe('cve.update')
    mailsAfter(scenario, typo)
    expect(next(scenario, ONE)).toMatchObject({ verb: 'cve.update', action: 'ask the CNA to update the CVE record' })
    scenario.does({ verb: 'cve.update', case: ONE }, person(ana))
    expect(next(scenario, ONE).verb).not.toBe('cve.update')
  })

  it('is promised to be updated only if it is public', () => {
    const scenario = recorded()
    const sentencesOf = (): string => scenario.preview(typo).sentences.join(' ')
    expect(sentencesOf()).toContain('"cve update" asks them to update it')
    const { publishedAt: _, ...cve } = scenario.caseState(ONE).cve ?? expect.fail('no id')
    scenario.states.set(ONE, { ...scenario.caseState(ONE), cve })
    expect(sentencesOf()).not.toContain('cve update')
  })

  it('is to be rejected after a withdrawal, which a mail to the CNA asks for too', () => {
    const scenario = recorded()
    mailsAfter(scenario, { verb: 'correct.withdraw', case: ONE, reason: 'No vulnerability.', tell: 'nobody' })
    expect(next(scenario, ONE)).toMatchObject({ verb: 'cve.update', action: 'ask the CNA to reject the CVE id' })
    scenario.happens(ONE, { type: 'CnaWritten', to: 'cna@foundation.example', text: BLOB, sha256: HASH })
    expect(next(scenario, ONE).verb).not.toBe('cve.update')
  })

  it('is owed nothing if the project is the CNA, or if the case has no record there', () => {
    const own = publishedRelease()
    mailsAfter(own, typo)
    expect(next(own, ONE).verb).not.toBe('cve.update')
    const scenario = recorded()
    mailsAfter(scenario, { ...typo, case: TWO })
    expect(next(scenario, TWO).verb).not.toBe('cve.update')
  })
})

describe('a credit that changes after the publication', () => {
  it('is what the reporter answered, becomes the next correction, and is shown to the reporter by mail', () => {
    const scenario = publishedRelease()
    scenario.does({ verb: 'log-answer.credit', case: ONE, credit: 'pseudonym', name: 'mole' }, person(ana))
    expect(next(scenario, ONE)).toMatchObject({ verb: 'correct', action: 'correct the credit in the records' })
    expect(mailsAfter(scenario, { ...typo, changes: {} })).toEqual(['correction r1'])
    expect(scenario.caseState(ONE).corrections?.at(-1)?.parts).toEqual(['credit'])
    expect(next(scenario, ONE).verb).not.toBe('correct')
  })
})

describe('an advisory elsewhere that appears after the publication', () => {
  it('becomes the next correction, which mails nobody', () => {
    const scenario = publishedRelease()
    const link = 'https://quillmark.example/late'
    scenario.does({ verb: 'done.advisory-published', case: ONE, link }, person(ana))
    expect(next(scenario, ONE)).toMatchObject({
      verb: 'correct',
      action: 'put the link of the advisory into the records',
    })
    expect(mailsAfter(scenario, { ...typo, changes: {} }).filter((mail) => mail.startsWith('correction'))).toEqual([])
    expect(scenario.caseState(ONE).corrections?.at(-1)?.parts).toEqual(['links'])
    expect(next(scenario, ONE).verb).not.toBe('correct')
  })
})

describe('a CVE id that arrives too late for the publication', () => {
  const CVE = CveId.parse('CVE-1900-0043')

  it('and was kept meanwhile is the next action, and is added to the records by one approval', () => {
    const scenario = publishingRelease()
    scenario.does({ verb: 'cve.set', case: TWO, cve: CVE }, person(ana))
    finishPublication(scenario)
    expect(next(scenario, TWO)).toMatchObject({ verb: 'correct.cve', action: 'put the CVE id into the records' })
    const before = scenario.effects.length
    scenario.request({ verb: 'correct.cve', case: TWO })
    finishPublication(scenario)
    expect(steps(scenario)).toEqual(['github-advisory done', 'file-tree done', 'cve-record done', 'records done'])
    expect(scenario.caseState(TWO).cve).toMatchObject({ id: CVE, publishedAt: scenario.now })
    expect(mailed(scenario, before)).toEqual(['public-link r1'])
    expect(next(scenario, TWO).verb).not.toBe('correct.cve')
  })

  it('is added although the records have a finding, if two people allow it with a reason', () => {
    const scenario = publishedRelease()
    scenario.findings = [{ case: TWO, where: 'announcement', because: 'It lacks the CVE id.' }]
    const request = { verb: 'correct.cve', case: TWO, cve: CVE } as const
    expect(scenario.refused(request, person(ana))).toMatchObject({
      because: 'In the announcement: It lacks the CVE id.',
      liftedBy: [
        { who: 'the operator' },
        { how: 'adds `--waive` with a reason to this correction, and a second person approves', verb: 'correct.cve' },
      ],
    })
    scenario.request({ ...request, waive: 'The page names it.' })
    expect(scenario.caseState(TWO).cve?.id).toBeUndefined()
    expect(scenario.approve(TWO)).toEqual([
      'ApprovalGiven',
      'GateWaived',
      'CveAssigned',
      'RecordCorrected',
      'CorrectionStarted',
    ])
    expect(scenario.caseState(TWO).waivers.at(-1)).toMatchObject({ gate: 'wording', reason: 'The page names it.' })
    expect(scenario.caseState(TWO).cve?.id).toBe(CVE)
  })

  it('is added by the command that records it, and only the reporter is told', () => {
    const scenario = publishedRelease()
    const before = scenario.effects.length
    scenario.request({ verb: 'correct.cve', case: TWO, cve: CVE })
    finishPublication(scenario)
    expect(mailed(scenario, before)).toEqual(['cve-id r1', 'public-link r1'])
    expect(scenario.caseState(TWO).corrections).toMatchObject([{ reason: 'The CVE id is CVE-1900-0043.', parts: [] }])
  })
})
