import { describe, expect, it } from 'vitest'
import { brokenInvariants, MessageId, ReporterId } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ANA, BEN, cem, CEM } from '@embargo/testkit/policy'
import { ana, ben, CASE, DAY, person, policyOf, Scenario } from '../fixtures/scenario.ts'
import { caseAt, endOf, letters, reportId, SECOND, THIRD } from '../fixtures/two-reports.ts'

/** Ana works on one project, Cem on the other, and Ben on both. */
const policy = () => {
  const made = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })
  const [quillmark] = made.projects
  if (quillmark === undefined) throw new Error('no project')
  return {
    ...made,
    projects: [
      { ...quillmark, people: [ana, ben] },
      { ...quillmark, id: 'inkwell', name: 'Inkwell', people: [ben, cem] },
    ],
  }
}

const rated = () => {
  const scenario = new Scenario(policy()).opens()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' }, person(ana))
  return scenario
}

describe('a report that goes to another project', () => {
  const moves: PersonRequest = {
    verb: 'open.report',
    case: CASE,
    report: reportId(CASE, 1),
    project: 'inkwell',
    into: THIRD,
    reason: 'it is theirs',
  }

  it('takes its triage and its embargo along, and its coordinator can still see it', () => {
    const scenario = rated()
    const end = endOf(scenario, CASE)
    scenario.does(moves, person(ben))
    expect(caseAt(scenario, THIRD)).toMatchObject({
      project: 'inkwell',
      rm: 'valid',
      disposition: 'valid',
      severity: 'high',
      cwe: 'CWE-22',
      em: { is: 'active', end },
      people: { [ana]: 'admin', [ben]: 'team', [cem]: 'team' },
    })
    expect(brokenInvariants(scenario.worldAt(THIRD))).toEqual([])
  })

  it('closes its case without recording a merge, and tells its reporter only the new number', () => {
    const scenario = rated()
    const before = letters(scenario).length
    scenario.does(moves, person(ana))
    expect(caseAt(scenario, CASE)).toMatchObject({ rm: 'closed', em: { is: 'exited', reason: 'closed' } })
    expect(letters(scenario).slice(before)).toEqual([`split ${reportId(THIRD, 1)}`])
  })
})

describe('a duplicate of a case of another project', () => {
  it('adds its coordinator to the other case', () => {
    const scenario = new Scenario(policy())
    scenario.does({
      verb: 'open-case',
      case: SECOND,
      project: 'inkwell',
      message: MessageId.parse('mail-s'),
      receivedAt: scenario.now,
      reporter: ReporterId.parse('rep-2'),
      identity: { name: 'Sol', address: 'sol@other.example' },
      trust: 'nothing-proven',
      automatic: false,
    })
    scenario.wait(DAY).opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    const end = endOf(scenario, SECOND)
    scenario.does(
      { verb: 'triage.duplicate', case: CASE, of: SECOND, end: typeof end === 'string' ? 'none' : end },
      person(ben),
    )
    expect(caseAt(scenario, SECOND).people).toMatchObject({ [ana]: 'admin' })
    expect(scenario.effects.findLast(({ kind }) => kind === 'invite')).toMatchObject({ case: SECOND, people: [ana] })
  })
})
