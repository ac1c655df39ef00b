import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { CaseId, maySee, MessageId, PersonId, ReporterId, ReportId } from '../../../src/index.ts'
import type { PersonRequest } from '../../../src/index.ts'
import { ana, ben, BLOB, CASE, HOUR, OTHER_HASH, person, policyOf, RELEASE, Scenario } from '../../fixtures/scenario.ts'

const SECOND = CaseId.parse('SEC-2026-0002')
const THIRD = CaseId.parse('SEC-2026-0003')
const cem = PersonId.parse('cem')
const shown = { digest: OTHER_HASH, blob: BLOB }
const three = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })

const sees = (scenario: Scenario, id: CaseId, who: PersonId): boolean => {
  const { case: state } = scenario.worldAt(id)
  return state !== undefined && maySee(state, who)
}

/**
 * Two reports of the same vulnerability. Ben was removed from the second case, and Cem has a conflict of interest in
 * it.
 */
function two(): Scenario {
  const scenario = new Scenario(three).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  scenario.wait(HOUR)
  scenario.does({
    verb: 'open-case',
    case: SECOND,
    project: 'quillmark',
    message: MessageId.parse('mail-s'),
    receivedAt: scenario.now,
    reporter: ReporterId.parse('rep-2'),
    identity: { name: 'Sol', address: 'sol@other.example' },
    trust: 'nothing-proven',
    automatic: false,
  })
  scenario.does({ verb: 'people.remove', case: SECOND, person: ben }, person(ana))
  scenario.does({ verb: 'people.conflict', case: SECOND, reason: 'knows the reporter' }, person(cem))
  return scenario
}

/** The second report came from Ben, who is on the first case. */
function ownReport(): Scenario {
  const scenario = new Scenario(three).opens()
  scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C1', name: 'sec-2026-0001' })
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  scenario.wait(HOUR)
  scenario.does({
    verb: 'open-case',
    case: SECOND,
    project: 'quillmark',
    message: MessageId.parse('mail-s'),
    receivedAt: scenario.now,
    reporter: ReporterId.parse('rep-2'),
    identity: { name: 'Ben', address: 'ben@quillmark.example' },
    person: ben,
    trust: 'nothing-proven',
    automatic: false,
  })
  return scenario
}

describe('a person who is barred from a case', () => {
  it('learns nothing about it through a merge, and is removed before anything of it arrives', () => {
    const scenario = two()
    const { em } = scenario.worldAt(CASE).case ?? {}
    const end = em?.is === 'active' ? em.end : 'none'
    const before = scenario.log.length
    scenario.does({ verb: 'triage.duplicate', case: SECOND, of: CASE, end }, person(ana))
    expect([sees(scenario, CASE, ben), sees(scenario, CASE, cem)]).toEqual([false, false])
    expect(Object.keys(scenario.worldAt(CASE).case?.conflicts ?? {})).toEqual([cem])
    const told = scenario.log.slice(before).flatMap(({ stream, event }) => (stream === CASE ? [event.type] : []))
    expect(told.indexOf('PersonRemoved')).toBeLessThan(told.indexOf('ReportJoined'))
    expect(told.indexOf('ConflictDeclared')).toBeLessThan(told.indexOf('ReportJoined'))
  })

  it('is removed from the channel of a case before a report of theirs moves there', () => {
    const scenario = ownReport()
    const { em } = scenario.worldAt(CASE).case ?? {}
    const end = em?.is === 'active' ? em.end : 'none'
    const before = scenario.effects.length
    scenario.does({ verb: 'triage.duplicate', case: SECOND, of: CASE, end }, person(ana))
    expect(Object.keys(scenario.worldAt(CASE).case?.people ?? {})).toEqual([ana, cem])
    const out = scenario.effects.slice(before).filter(({ kind }) => kind === 'remove')
    expect(out).toMatchObject([{ case: CASE, people: [ben] }])
    expect(scenario.log.map(({ event }) => event)).toContainEqual({
      type: 'PersonRemoved',
      person: ben,
      reason: 'a report in SEC-2026-0002 was sent in their name',
    })
  })

  it('is removed from the case to which their report returns, even if they were only invited to it', () => {
    const scenario = ownReport()
    const { em } = scenario.worldAt(CASE).case ?? {}
    const end = em?.is === 'active' ? em.end : 'none'
    scenario.does({ verb: 'triage.duplicate', case: SECOND, of: CASE, end }, person(ana))
    const home = scenario.worldAt(SECOND).case
    if (home === undefined) throw new Error('no case')
    scenario.states.set(SECOND, { ...home, invited: { [ben]: 'team' } })
    const report = ReportId.parse(`${CASE}/r2`)
    scenario.does({ verb: 'open.report', case: CASE, report, project: 'quillmark', reason: 'another bug' }, person(ana))
    expect(scenario.worldAt(SECOND).case?.invited).toBeUndefined()
    expect(scenario.worldAt(SECOND).case?.reports[0]?.person).toBe(ben)
  })

  it('is not added to a part that is split off from it', () => {
    const scenario = two()
    const split: PersonRequest = {
      verb: 'open.report',
      case: SECOND,
      report: ReportId.parse(`${SECOND}/r1`),
      project: 'quillmark',
      reason: 'two things',
      into: THIRD,
    }
    scenario.does(split, person(ana))
    expect([ana, ben, cem].map((who) => sees(scenario, THIRD, who))).toEqual([true, false, false])
    expect(scenario.refused({ verb: 'take', case: THIRD }, person(cem)).gate).toBe('no-conflict')
  })

  it('is not added to its follow-up case', () => {
    const scenario = new Scenario(three).untilPrenotified(RELEASE)
    scenario.now = RELEASE
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    scenario.wait(HOUR)
    scenario.does({ verb: 'people.remove', case: CASE, person: cem }, person(ana))
    scenario.does({ verb: 'open', case: SECOND, project: 'quillmark', follows: CASE }, person(ana))
    expect([ana, ben, cem].map((who) => sees(scenario, SECOND, who))).toEqual([true, true, false])
    scenario.does({ verb: 'people.invite', case: SECOND, person: cem }, person(ana))
    expect(sees(scenario, SECOND, cem)).toBe(true)
  })
})
