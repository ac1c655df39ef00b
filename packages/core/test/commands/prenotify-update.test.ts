import { describe, expect, it } from 'vitest'
import { outlook, PROFILES } from '../../src/index.ts'
import type { CaseId, PolicySource } from '../../src/index.ts'
import { ana, OTHER_HASH, person, policyOf } from '../fixtures/scenario.ts'
import {
  DATE,
  deliverMails,
  ONE,
  MultiCaseScenario,
  PREVIEW,
  TWO,
  withBranches,
} from '../fixtures/multi-case-scenario.ts'

const list = (id: string, severities: readonly ('high' | 'low')[]) => ({
  id,
  name: id,
  severities: [...severities],
  recipients: [
    {
      id: `${id}-one`,
      name: id,
      address: `one@${id}.example`,
      consented: '2026-01-10',
      plaintext: 'accepted' as const,
    },
  ],
})

/** The first case is rated high and the second low. Then one of them gets a new patch, which is verified. */
const changed = (id: CaseId, lists: readonly ReturnType<typeof list>[]) => {
  const policy: Partial<PolicySource> = {
    ...withBranches,
    prenotification: { ...PROFILES.team.prenotification, lists: [...lists] },
  }
  const scenario = new MultiCaseScenario(policyOf('team', policy)).ready(ONE, 'main').ready(TWO, '4.2', 'low').plan(TWO)
  scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
  return deliverMails(scenario).submitPatch(id, OTHER_HASH).verify(id)
}

const SEVERE = list('severe', ['high'])
const ALL = list('all', ['high', 'low'])

const next = (scenario: MultiCaseScenario, id: CaseId) =>
  outlook(scenario.policy, scenario.worldAt(id), scenario.now)?.next.verb

describe('a changed patch in a release whose recipients were told about only some of its cases', () => {
  const update = (id: CaseId) => ({ verb: 'prenotify.update', case: id, reason: 'it froze on empty names' }) as const

  it('is sent only to the recipients told about that case', () => {
    const scenario = changed(TWO, [SEVERE, ALL])
    expect(next(scenario, TWO)).toBe('prenotify.update')
    expect(scenario.preview(update(ONE)).sentences).toEqual([`Replaces the patch of ${TWO} for 4.2.`])
    const before = scenario.effects.length
    scenario.request(update(ONE)).approve()
    expect(scenario.mails(before)).toEqual(['prenotification-update all-one'])
  })

  it('is sent to all recipients if all were told about it', () => {
    const scenario = changed(ONE, [SEVERE, ALL])
    const before = scenario.effects.length
    scenario.request(update(ONE)).approve()
    expect(scenario.mails(before)).toEqual(['prenotification-update severe-one', 'prenotification-update all-one'])
  })

  it('is followed by a changed text, only for the recipients told about that case', () => {
    const scenario = changed(TWO, [SEVERE, ALL])
    scenario.request(update(ONE)).approve()
    expect(next(scenario, ONE)).toBe('disclose')
    scenario.does({ verb: 'advisory', case: ONE, impact: 'Reads any file of the server.' }, person(ana))
    expect(next(scenario, ONE)).toBe('prenotify.update')
    expect(scenario.preview(update(ONE)).sentences).toEqual([`Sends what changed in the text about ${ONE}: impact.`])
    const before = scenario.effects.length
    scenario.request(update(ONE)).approve()
    expect(scenario.mails(before)).toEqual(['prenotification-update severe-one', 'prenotification-update all-one'])
    expect(next(scenario, ONE)).toBe('disclose')
    expect(scenario.refused({ ...update(ONE), shown: PREVIEW }, person(ana))).toMatchObject({ gate: 'fits-the-stage' })
  })

  it('is followed by another vector, another weakness or another affected branch, which the notice shows', () => {
    const scenario = changed(TWO, [SEVERE, ALL])
    scenario.request(update(ONE)).approve()
    const sentences = () => scenario.preview(update(ONE)).sentences
    const cvss3 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N'
    scenario.does(
      { verb: 'triage', case: ONE, disposition: 'valid', severity: 'high', cvss3, cwe: 'CWE-59' },
      person(ana),
    )
    expect(next(scenario, ONE)).toBe('prenotify.update')
    expect(sentences()).toEqual([`Sends what changed in the text about ${ONE}: vector and weakness.`])
    scenario.does({ verb: 'triage.affects', case: TWO, branch: '4.2', affected: true, range: '>= 4.2' }, person(ana))
    scenario.does({ verb: 'triage.affects', case: TWO, branch: 'main', affected: true }, person(ana))
    expect(sentences().at(-1)).toBe(
      `Sends what changed in the text about ${TWO}: versions of 4.2 and affected branches.`,
    )
  })

  it('is sent to nobody if nobody was told about the case, and nobody is asked to send it', () => {
    const scenario = changed(TWO, [SEVERE])
    expect(next(scenario, TWO)).toBe('disclose')
    expect(scenario.refused({ ...update(ONE), shown: PREVIEW }, person(ana))).toMatchObject({ gate: 'fits-the-stage' })
  })
})
