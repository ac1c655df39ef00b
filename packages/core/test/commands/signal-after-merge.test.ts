import { describe, expect, it } from 'vitest'
import { boundReporters, brokenInvariants, CaseEvent, clocks, later, mergeTerms, splitTerms } from '../../src/index.ts'
import type { CaseId, PersonRequest } from '../../src/index.ts'
import type { Suspect } from '../../src/events/case/world.ts'
import { suspectedRecipients } from '../../src/state/world/signals.ts'
import { ana, ben, BLOB, CASE, DAY, HOUR, OTHER_HASH, person, policyOf, START } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'
import { caseAt, duplicate, endOf, reportId, SECOND, THIRD, twoReports } from '../fixtures/two-reports.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }

type RaisedSignal =
  | { readonly verb: 'signal.public' | 'signal.exploit'; readonly link: string }
  | { readonly verb: 'signal.attack' }
  | { readonly verb: 'signal.leak'; readonly text: string; readonly suspect?: Suspect }

/** Ana raises the signal, and Ben approves it. */
function signalled(scenario: Scenario, id: CaseId, said: RaisedSignal): void {
  scenario.does({ ...said, case: id, shown }, person(ana))
  scenario.does({ verb: 'approve', case: id, shown }, person(ben))
}

const endOfOne = (scenario: Scenario) => {
  const end = endOf(scenario, CASE)
  return typeof end === 'string' ? 'none' : end
}

describe('what counts of a duplicate', () => {
  it('does not end the embargo of the earlier case: two people first have to give the signal there', () => {
    const scenario = twoReports()
    scenario.does({ verb: 'open', case: THIRD, project: 'quillmark', public: 'https://blog.example/' }, person(ana))
    const merge: PersonRequest = { verb: 'triage.duplicate', case: THIRD, of: CASE, end: 'none' }
    expect(scenario.refused(merge, person(ana))).toMatchObject({
      gate: 'signal-counts',
      liftedBy: [{ verb: 'signal.public', of: CASE }],
    })
    expect(caseAt(scenario, CASE)).toMatchObject({ em: { is: 'active' }, cs: { vendorAware: START } })

    signalled(scenario, CASE, { verb: 'signal.public', link: 'https://blog.example/' })
    expect(caseAt(scenario, CASE).em).toMatchObject({ is: 'exited', reason: 'public' })
    expect(scenario.does(merge, person(ana))).not.toContain('VulnerabilityPublic')
  })

  it('does not raise the severity of the earlier case: attacks have to be reported there as well', () => {
    const scenario = twoReports()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' }, person(ana))
    signalled(scenario, SECOND, { verb: 'signal.attack' })
    expect(scenario.refused(duplicate(scenario), person(ana)).because).toBe(
      'It is confirmed in this case that attacks are observed, but nobody has said so in SEC-2026-0001.',
    )
    expect(caseAt(scenario, CASE).severity).toBe('low')
    signalled(scenario, CASE, { verb: 'signal.attack' })
    expect(caseAt(scenario, CASE).severity).toBe('high')
    expect(scenario.does(duplicate(scenario), person(ana))).toContain('CasesMerged')
    expect(brokenInvariants(scenario.worldAt(CASE))).toEqual([])
  })

  /** Attacks are observed in `CASE`, the earlier case. The embargo of its duplicate, `SECOND`, ends sooner. */
  const attacked = () => {
    const scenario = twoReports()
    const em = { is: 'active', end: later(scenario.now, 20 * DAY) } as const
    scenario.states.set(SECOND, { ...caseAt(scenario, SECOND), em })
    signalled(scenario, CASE, { verb: 'signal.attack' })
    return scenario
  }

  it('changes no embargo of an attacked case: who agreed to an earlier end is not bound by it', () => {
    const scenario = attacked()
    const { end } = mergeTerms(caseAt(scenario, SECOND), caseAt(scenario, CASE), undefined)
    expect(end).toBe(endOf(scenario, CASE))
    const events = scenario.does(duplicate(scenario), person(ana))
    expect(events.filter((type) => type.startsWith('Embargo'))).toEqual(['EmbargoExited'])
    expect(endOf(scenario, CASE)).toBe(end)
    expect(boundReporters(caseAt(scenario, CASE)).map(({ id }) => id)).toEqual([reportId(CASE, 1)])
  })

  it('binds who agreed to a later end to that of an attacked case', () => {
    const scenario = twoReports()
    signalled(scenario, CASE, { verb: 'signal.attack' })
    scenario.does(duplicate(scenario), person(ana))
    expect(boundReporters(caseAt(scenario, CASE)).map(({ id }) => id)).toEqual([reportId(CASE, 1), reportId(CASE, 2)])
  })

  it('begins no embargo in an attacked case that has none, nor in one that is attacked and gets its report back', () => {
    const scenario = attacked()
    scenario.states.set(CASE, { ...caseAt(scenario, CASE), em: { is: 'none' } })
    expect(mergeTerms(caseAt(scenario, SECOND), caseAt(scenario, CASE), undefined)).toEqual({ binds: [] })
    scenario.does(duplicate(scenario), person(ana))
    expect(caseAt(scenario, CASE).em).toEqual({ is: 'none' })

    const home = twoReports()
    for (const id of [SECOND, CASE]) signalled(home, id, { verb: 'signal.attack' })
    home.does(duplicate(home), person(ana))
    const split = {
      verb: 'open.report',
      case: CASE,
      report: reportId(CASE, 2),
      project: 'quillmark',
      reason: 'another',
    } as const
    expect(splitTerms(caseAt(home, CASE), split, home.worldAt(CASE).others)).not.toHaveProperty('end')
    home.does(split, person(ana))
    expect(caseAt(home, SECOND)).toMatchObject({ rm: 'valid', em: { is: 'none' } })
  })

  it('reports a public exploit as one fact, which marks both as known', () => {
    const scenario = twoReports()
    signalled(scenario, SECOND, { verb: 'signal.exploit', link: 'https://blog.example/' })
    const merge: PersonRequest = { verb: 'triage.duplicate', case: SECOND, of: CASE, end: endOfOne(scenario) }
    const refusal = scenario.refused(merge, person(ana))
    expect(refusal.because).toBe(
      'It is confirmed in this case that an exploit is public, but nobody has said so in SEC-2026-0001.',
    )
    expect(refusal.liftedBy.map(({ verb }) => verb)).toEqual(['signal.exploit'])
    signalled(scenario, CASE, { verb: 'signal.exploit', link: 'https://blog.example/' })
    expect(scenario.does({ ...merge, end: 'none' }, person(ana))).toContain('CasesMerged')
  })

  it('loses no leak: each is reported in the earlier case, where the team decides about it', () => {
    const scenario = twoReports()
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'north' } as const
    signalled(scenario, SECOND, { verb: 'signal.leak', text: 'a mirror had it' })
    signalled(scenario, SECOND, { verb: 'signal.leak', text: 'so had they', suspect })
    signalled(scenario, SECOND, { verb: 'signal.leak', text: 'and they once more', suspect })
    signalled(scenario, SECOND, { verb: 'signal.leak', text: 'and ours', suspect: { kind: 'person', person: ben } })
    const refusal = scenario.refused(duplicate(scenario), person(ana))
    expect(refusal.because).toBe(
      'It is confirmed in this case that details got out, details got out through north and details got out through Ben, but nobody has said so in SEC-2026-0001.',
    )
    expect(refusal.liftedBy).toHaveLength(3)
    signalled(scenario, CASE, { verb: 'signal.leak', text: 'a mirror had it' })
    signalled(scenario, CASE, { verb: 'signal.leak', text: 'and ours', suspect: { kind: 'person', person: ben } })
    expect(scenario.refused(duplicate(scenario), person(ana)).because).toBe(
      'It is confirmed in this case that details got out through north, but nobody has said so in SEC-2026-0001.',
    )
    signalled(scenario, CASE, { verb: 'signal.leak', text: 'in other words', suspect })
    expect(scenario.does(duplicate(scenario), person(ana))).toContain('CasesMerged')
    expect(suspectedRecipients(caseAt(scenario, CASE))).toMatchObject([{ recipient: 'north' }])
    expect(caseAt(scenario, CASE).leakUndecidedSince).toBe(scenario.now)
  })

  it('asks for nothing that was wrong, or that is known there', () => {
    const scenario = twoReports()
    signalled(scenario, SECOND, { verb: 'signal.leak', text: 'a mirror had it' })
    scenario.does({ verb: 'signal.wrong', case: SECOND, what: 'leak', reason: 'it had not', shown }, person(ana))
    scenario.does({ verb: 'approve', case: SECOND, shown }, person(ben))
    expect(scenario.does(duplicate(scenario), person(ana))).toContain('CasesMerged')
  })

  it('keeps what authorities ask for as of when the team knew first, and what they were told', () => {
    const scenario = twoReports(policyOf('organisation'))
    const known = scenario.now
    signalled(scenario, SECOND, { verb: 'signal.attack' })
    const duty = {
      verb: 'done.duty',
      case: SECOND,
      duty: 'cra-early-warning',
      evidence: 'https://srp.example/1',
    } as const
    scenario.does(duty, person(ana))
    scenario.wait(30 * HOUR)
    signalled(scenario, CASE, { verb: 'signal.attack' })
    expect(scenario.does(duplicate(scenario), person(ana)).slice(-2)).toEqual(['DutyDone', 'CasesMerged'])

    const reports = (id: CaseId) =>
      clocks(scenario.policy, scenario.worldAt(id)).flatMap(({ clock, due }) =>
        clock.startsWith('cra-') ? [[clock, due]] : [],
      )
    expect(reports(CASE)).toEqual([['cra-notification', later(known, 3 * DAY)]])
    // SECOND was merged into CASE. It has no `cra-` deadline of its own, because the deadline of CASE is enough.
    expect(reports(SECOND)).toEqual([])
    const merge = scenario.log.map(({ event }) => event).findLast(({ type }) => type === 'CasesMerged')
    expect(CaseEvent.parse(merge)).toEqual(merge)
  })

  it('keeps what the earlier case knew before', () => {
    const scenario = twoReports(policyOf('organisation'))
    const known = scenario.now
    signalled(scenario, CASE, { verb: 'signal.attack' })
    scenario.wait(HOUR)
    signalled(scenario, SECOND, { verb: 'signal.attack' })
    const duty = { verb: 'done.duty', duty: 'cra-early-warning', evidence: 'https://srp.example/1' } as const
    scenario.does({ ...duty, case: CASE }, person(ana))
    scenario.does({ ...duty, case: SECOND }, person(ana))
    expect(scenario.does(duplicate(scenario), person(ana))).not.toContain('DutyDone')
    expect(caseAt(scenario, CASE).signals).toMatchObject([{ what: 'attack', raisedAt: known }])
  })

  it('waits until the signal is answered', () => {
    const scenario = twoReports()
    scenario.does({ verb: 'signal.public', case: SECOND, link: 'https://blog.example/', shown }, person(ana))
    const refusal = scenario.refused(duplicate(scenario), person(ana))
    expect(refusal).toMatchObject({ gate: 'frozen', facts: { signal: 'public' } })
    expect(refusal.liftedBy.map(({ verb }) => verb)).toEqual(['approve', 'approve.no', undefined])
    scenario.does({ verb: 'approve', case: SECOND, shown }, person(ben))
    expect(scenario.refused(duplicate(scenario), person(ana)).gate).toBe('signal-counts')
  })

  it('continues after the signal is refused', () => {
    const scenario = twoReports()
    scenario.does({ verb: 'signal.public', case: SECOND, link: 'https://blog.example/', shown }, person(ana))
    scenario.does({ verb: 'approve.no', case: SECOND, reason: 'that is another bug' }, person(ben))
    expect(scenario.does(duplicate(scenario), person(ana))).toContain('CasesMerged')
    expect(caseAt(scenario, CASE).cs.public).toBeUndefined()
  })
})
