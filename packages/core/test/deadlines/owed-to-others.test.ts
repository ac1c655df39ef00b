import { describe, expect, it } from 'vitest'
import { announcesExploit, clocks, later, MINUTE } from '../../src/index.ts'
import { clockOf, dueDays, momentsOf } from '../fixtures/running-clocks.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  HASH,
  HOUR,
  person,
  policyOf,
  RELEASE,
  Scenario,
  START,
} from '../fixtures/scenario.ts'
import { approve, attackSignal, requestAndApprove, publicSignal, PREVIEW } from '../fixtures/secrecy.ts'

describe('a duty towards others', () => {
  const attacked = (profile: 'team' | 'organisation') => {
    const scenario = new Scenario(policyOf(profile)).untilReady()
    const state = scenario.world.case
    if (state === undefined) throw new Error('no case')
    scenario.states.set(CASE, { ...state, cs: { ...state.cs, attacks: later(START, 2 * HOUR) } })
    return scenario
  }

  it('does not exist towards authorities if the Cyber Resilience Act does not apply', () => {
    expect(clockOf(attacked('team'), 'cra-early-warning')).toBeUndefined()
  })

  it('is a warning within a day and a notification within three, at any hour', () => {
    const scenario = attacked('organisation')
    expect(momentsOf(scenario, 'cra-early-warning')).toEqual(['14 owner', '21.2 owner', '26 team', '38 admins'])
    expect(dueDays(scenario, 'cra-notification')).toBe(3 + 2 / 24)
    expect(clockOf(scenario, 'cra-final')).toBeUndefined()
  })

  it('is counted from when somebody reported the attacks, even if they are confirmed later', () => {
    const scenario = new Scenario(policyOf('organisation')).untilReady()
    scenario.does(attackSignal, person(ana))
    const said = scenario.now
    expect(clockOf(scenario, 'cra-early-warning')).toBeUndefined()
    scenario.wait(20 * MINUTE).does(approve, person(ben))
    expect(clockOf(scenario, 'cra-early-warning')?.due).toBe(said + DAY)
    expect(clockOf(scenario, 'cra-notification')?.due).toBe(said + 3 * DAY)
  })

  it('ends with the record of a person, and remains when the case is closed', () => {
    const scenario = attacked('organisation')
    const duty = {
      verb: 'done.duty',
      case: CASE,
      duty: 'cra-early-warning',
      evidence: 'https://srp.example/1',
    } as const
    expect(scenario.does(duty, person(ana))).toEqual(['DutyDone'])
    expect(scenario.does(duty, person(ben))).toEqual([])
    expect(clockOf(scenario, 'cra-early-warning')).toBeUndefined()
    expect(scenario.refused({ ...duty, duty: 'cra-final' }, person(ana))).toMatchObject({ gate: 'makes-sense' })
    const state = scenario.world.case
    if (state === undefined) throw new Error('no case')
    scenario.states.set(CASE, { ...state, rm: 'closed', publishedAt: later(START, 10 * DAY) })
    expect(clocks(scenario.policy, scenario.world).map(({ clock }) => clock)).toEqual(['cra-notification', 'cra-final'])
    expect(dueDays(scenario, 'cra-final')).toBe(24)
  })

  it('is a final report, counted from the publication with the fix, even if somebody else published first', () => {
    const scenario = new Scenario(policyOf('organisation')).untilReady()
    for (const signal of [attackSignal, publicSignal]) requestAndApprove(scenario, signal)
    scenario.wait(2 * DAY)
    expect(clockOf(scenario, 'cra-final')).toBeUndefined()
    requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })
    expect(clockOf(scenario, 'cra-final')?.due).toBe(scenario.now + 14 * DAY)
  })

  const distros = (): Scenario => {
    const policy = policyOf()
    const lists = policy.prenotification.lists.map((list) => ({ ...list, kind: 'linux-distros' as const }))
    return new Scenario({ ...policy, prenotification: { ...policy.prenotification, lists } })
  }

  it('is to publish an exploit within seven days after the publication, if it was shared with the list', () => {
    const scenario = distros().untilReady()
    requestAndApprove(scenario, { verb: 'prenotify', case: CASE, at: RELEASE, exploit: 'shared', shown: PREVIEW })
    const { release } = scenario.world
    if (release === undefined) throw new Error('nothing was pre-notified')
    scenario.states.set(release.id, {
      ...release,
      prenotified: release.prenotified.map((one) => ({ ...one, sentAt: START })),
    })
    expect(clockOf(scenario, 'exploit-duty')).toBeUndefined()
    requestAndApprove(scenario, publicSignal)
    expect(clockOf(scenario, 'exploit-duty')?.due).toBe(scenario.now + 7 * DAY)
    const duty = { verb: 'done.duty', case: CASE, duty: 'exploit-duty', evidence: 'https://lists.example/1' } as const
    expect(scenario.does(duty, person(ana))).toEqual(['DutyDone'])
    expect(clockOf(scenario, 'exploit-duty')).toBeUndefined()
    expect(clockOf(scenario, 'oss-security-duty')).toBeDefined()
  })

  it('is to publish an exploit that a later mail shared with the list', () => {
    const scenario = distros().untilPrenotified(RELEASE)
    const { release } = scenario.world
    if (release === undefined) throw new Error('nothing was pre-notified')
    scenario.states.set(release.id, {
      ...release,
      prenotified: release.prenotified.map((one) => ({ ...one, sentAt: START })),
    })
    const mail = { verb: 'reply', case: CASE, to: 'recipients', text: BLOB, sha256: HASH, exploit: 'shared' } as const
    expect(scenario.does(mail, person(ana))).toEqual(['RecipientsWritten'])
    const { case: state, ...world } = scenario.world
    if (state === undefined) throw new Error('no case')
    expect(announcesExploit({ policy: scenario.policy, release: world.release, state })).toBe(true)
    requestAndApprove(scenario, publicSignal)
    expect(clockOf(scenario, 'exploit-duty')?.due).toBe(scenario.now + 7 * DAY)
  })

  it('is to publish an exploit that was sent by hand, or that a mail shared without the note', () => {
    const scenario = distros().untilPrenotified(RELEASE)
    const { release } = scenario.world
    if (release === undefined) throw new Error('nothing was pre-notified')
    scenario.states.set(release.id, {
      ...release,
      prenotified: release.prenotified.map((one) => ({ ...one, sentAt: START })),
    })
    const mail = { verb: 'reply', case: CASE, to: 'recipients', text: BLOB, sha256: HASH } as const
    scenario.does(mail, person(ana))
    expect(scenario.does({ ...mail, exploit: 'shared' }, person(ana))).toEqual([])
    const mails = scenario.effects.filter(({ kind }) => kind === 'send-mail').length
    const sent = { verb: 'reply.exploit', case: CASE, to: 'recipients' } as const
    expect(scenario.does(sent, person(ana))).toEqual(['ExploitShared'])
    expect(scenario.effects.filter(({ kind }) => kind === 'send-mail')).toHaveLength(mails)
    const { case: state, ...world } = scenario.world
    if (state === undefined) throw new Error('no case')
    expect(announcesExploit({ policy: scenario.policy, release: world.release, state })).toBe(true)
    requestAndApprove(scenario, publicSignal)
    expect(clockOf(scenario, 'exploit-duty')?.due).toBe(scenario.now + 7 * DAY)
  })

  it('is only a post on oss-security, if a list that was told asks for it', () => {
    const scenario = distros().untilPrenotified(RELEASE)
    const { case: state, release } = scenario.world
    if (state === undefined || release === undefined) throw new Error('nothing was pre-notified')
    scenario.states.set(CASE, { ...state, cs: { ...state.cs, public: START } })
    expect(clockOf(scenario, 'oss-security-duty')).toBeUndefined()
    scenario.states.set(release.id, {
      ...release,
      prenotified: release.prenotified.map((one) => ({ ...one, sentAt: START })),
    })
    expect(dueDays(scenario, 'oss-security-duty')).toBe(1)
    expect(clockOf(scenario, 'exploit-duty')).toBeUndefined()
  })
})
