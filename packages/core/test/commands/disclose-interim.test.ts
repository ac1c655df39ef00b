import { describe, expect, it } from 'vitest'
import { brokenInvariants, CveId, fastPath, previewCommand, isoInstant, MINUTE } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ANA, BEN, CEM, cem } from '@embargo/testkit/policy'
import { withList } from './states.ts'
import { ana, ben, CASE, HOUR, person, policyOf, Scenario } from '../fixtures/scenario.ts'
import {
  after,
  approve,
  attackSignal,
  requestAndApprove,
  interim,
  publicSignal,
  letters,
  openedCase,
  prenotifiedCase,
  prenotify,
  readyCase,
  refuse,
  PREVIEW,
  state,
  deliverPrenotification,
  openApproval,
} from '../fixtures/secrecy.ts'

describe('the interim advisory', () => {
  it('goes out at once to everybody, with the reason why the embargo ended', () => {
    const scenario = after(readyCase(), attackSignal)
    expect(requestAndApprove(scenario, interim)).toEqual([
      'ApprovalGiven',
      'ReleaseJoined',
      'EmbargoExited',
      'VulnerabilityPublic',
      'ReleasePlanned',
      'CaseAdded',
      'InterimDisclosed',
    ])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'attacks' })
    expect(letters(scenario).filter((one) => one.startsWith('interim') || one.startsWith('secrecy'))).toEqual([
      'interim public',
      'interim public',
      'interim-notice recipient',
      'interim-notice recipient',
      'interim-notice report',
    ])
    expect(brokenInvariants(scenario.world)).toEqual([])
    expect(requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })).toContain('DisclosureStarted')
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('reaches recipients who hold the patches, by a waiver for their key', () => {
    const scenario = new Scenario(withList({ consented: '2026-01-01' })).untilReady()
    requestAndApprove(scenario, {
      verb: 'waive',
      case: CASE,
      rule: 'plain-text',
      reason: 'they asked for it so',
      shown: PREVIEW,
    })
    const before = deliverPrenotification(after(scenario, { ...prenotify, shown: PREVIEW } as PersonRequest))
    after(before, attackSignal)
    const notices = () => letters(before).filter((one) => one === 'interim-notice recipient')
    requestAndApprove(before, interim)
    expect(notices()).toHaveLength(1)
  })

  it('gives no patches to recipients who hold none and cannot get encrypted mail', () => {
    const scenario = after(new Scenario(withList({ consented: '2026-01-01' })).untilReady(), attackSignal)
    requestAndApprove(scenario, interim)
    expect(letters(scenario).filter((one) => one === 'interim-notice recipient')).toEqual([])
  })

  it('is not sent again for a case that left its release and returned to it', () => {
    const scenario = after(after(readyCase(), attackSignal), interim)
    scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'the upstream is gone' }, person(ana))
    scenario.does({ verb: 'reopen', case: CASE, reason: 'it is back' }, person(ana))
    expect(state(scenario).release).toBeUndefined()
    const refusal = scenario.refused(interim, person(ana))
    expect(refusal).toMatchObject({ gate: 'publication-not-begun', liftedBy: [{ verb: 'disclose' }] })
    // The refusal names another command, and that command is possible.
    expect(requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })).toContain('DisclosureStarted')
  })

  it('names no id of a test instance', () => {
    const scenario = after(readyCase(), attackSignal)
    const cve = CveId.parse('CVE-1900-0042')
    scenario.does({ verb: 'cve.set', case: CASE, cve, reserved: { test: true } }, person(ana))
    expect(scenario.refused(interim, person(ana))).toMatchObject({
      gate: 'texts-complete',
      because: expect.stringContaining('CVE-1900-0042 is from a test instance'),
      liftedBy: [{ verb: 'cve.reject' }],
    })
  })

  it('may be approved by the requester alone, after half an hour without an answer', () => {
    const scenario = after(readyCase(), publicSignal)
    scenario.does(interim, person(ana))
    expect(scenario.refused(approve, person(ana)).gate).toBe('second-person')
    scenario.wait(30 * MINUTE)
    expect(scenario.does(approve, person(ana))).toContain('InterimDisclosed')
    const given = scenario.log.findLast(({ event }) => event.type === 'ApprovalGiven')?.event
    expect(given).toMatchObject({ by: ana, alone: true })
  })

  it('can be sent by a releaser alone, but their approval of another person’s request does not count', () => {
    const withReleaser = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['releaser'] }] })
    const scenario = new Scenario(withReleaser).untilReady()
    scenario.does({ verb: 'people.invite', case: CASE, person: cem }, person(ana))
    scenario.does({ verb: 'people.consent', case: CASE, agreed: true }, person(cem))
    after(scenario, publicSignal)
    scenario.does(interim, person(ana))
    expect(scenario.refused(approve, person(cem))).toMatchObject({ gate: 'role' })
    scenario.does(refuse, person(ben))
    scenario.does(interim, person(cem))
    expect(scenario.refused(approve, person(cem))).toMatchObject({ gate: 'second-person' })
    scenario.wait(30 * MINUTE)

    expect(scenario.does(approve, person(cem))).toContain('InterimDisclosed')
  })

  it('is our first publication even if somebody else published before, and the full publication is not', () => {
    const scenario = after(readyCase(), publicSignal).wait(HOUR)
    const known = state(scenario).cs.public
    expect(requestAndApprove(scenario, interim)).toContain('VulnerabilityPublic')
    const published = scenario.now
    expect(state(scenario)).toMatchObject({ publishedAt: published, cs: { public: known } })
    scenario.wait(HOUR)
    expect(requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })).not.toContain(
      'VulnerabilityPublic',
    )
    expect(state(scenario).publishedAt).toBe(published)
  })

  it('is sent only once', () => {
    const scenario = after(after(readyCase(), publicSignal), interim)
    expect(scenario.refused(interim, person(ana)).because).toContain('went out')
  })
})

describe('the fast path', () => {
  const plan = (scenario: Scenario) => fastPath(scenario.policy, scenario.world, scenario.now)

  it('is not offered while secrecy holds', () => {
    expect(plan(prenotifiedCase())).toBeUndefined()
  })

  it('is announced before the signal counts', () => {
    const scenario = prenotifiedCase()
    scenario.does(publicSignal, person(ana))
    const { yesFrom } = openApproval(scenario)
    expect(plan(scenario)).toEqual({
      because: [{ what: 'public', waits: true }],
      ends: ['The embargo ends at once, automatically.'],
      skips: [
        { gate: 'notice', because: 'nobody can prepare in confidence any longer, so there is no pre-notification' },
        { gate: 'hours', because: 'people need to act now' },
        { gate: 'release-date', because: 'a promised date is binding only while the vulnerability is secret' },
        { gate: 'reporter-check', because: 'any team member who did not write the patch may confirm it at once' },
      ],
      told: ['the reporter', '2 recipients who hold the patches', 'everybody on this case, here'],
      soon: [
        'The full publication: the fix is ready.',
        'The interim advisory: 2 public lists, and 3 mails with the available patches.',
      ],
      approvals: [
        `The signal: a second person’s approval, or no answer until ${isoInstant(yesFrom)}.`,
        'The interim advisory: two people, or the requester alone after 30 minutes without an answer.',
      ],
    })
  })

  it('names the recipients who hold patches from a cancelled release, because they are told as well', () => {
    const scenario = prenotifiedCase()
    requestAndApprove(scenario, { verb: 'release.cancel', case: CASE, reason: 'the fix is not right', shown: PREVIEW })
    scenario.does(publicSignal, person(ana))
    expect(plan(scenario)?.told).toContain('2 recipients who hold the patches')

    const before = letters(scenario).length
    scenario.does(approve, person(ben))
    expect(letters(scenario).slice(before)).toEqual([
      'secrecy-failed report',
      'secrecy-failed recipient',
      'secrecy-failed recipient',
    ])
  })

  it('says, if attacks are observed, that two people can end the embargo, and what is missing', () => {
    const scenario = after(openedCase(), attackSignal)
    expect(plan(scenario)).toMatchObject({
      because: [{ what: 'attack', waits: false }],
      ends: [expect.stringContaining('when two people end it, with the reason "attacks"')],
      soon: ['Nothing yet: decide first whether it is valid.'],
      approvals: ['To end the embargo: two people.', expect.stringContaining('The interim advisory')],
    })
  })

  it('does not mention patches that do not exist, and names a single recipient in the singular', () => {
    const scenario = openedCase()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    scenario.does({ verb: 'advisory', case: CASE, component: 'the loader', impact: 'Code runs.' }, person(ana))
    requestAndApprove(scenario, attackSignal)
    expect(plan(scenario)?.soon).toEqual(['The interim advisory: 2 public lists, and 3 mails.'])
    const titles = previewCommand(
      scenario.policy,
      scenario.world,
      { verb: 'disclose.interim', case: CASE },
      scenario.now,
    )
    expect(titles).toMatchObject({
      mails: expect.arrayContaining([expect.objectContaining({ title: 'Interim advisory, to North Linux' })]),
    })
    const told = new Scenario(withList({ consented: '2026-01-01', plaintext: 'accepted' })).untilReady()
    requestAndApprove(
      deliverPrenotification(after(told, { ...prenotify, shown: PREVIEW } as PersonRequest)),
      attackSignal,
    )
    expect(plan(told)?.told).toContain('1 recipient who holds the patches')
  })

  it('ends with our own publication', () => {
    const scenario = after(readyCase(), publicSignal)
    requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })
    expect(plan(scenario)).toBeUndefined()
  })
})
