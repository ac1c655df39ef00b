import { describe, expect, it } from 'vitest'
import { ANA, BEN, CEM, cem } from '@embargo/testkit/policy'
import { fastPath, isoInstant, later, MessageId, outlook, Sha256 } from '../../src/index.ts'
import type { CaseId, PersonId } from '../../src/index.ts'
import { ana, ben, CASE, DAY, HOUR, person, policyOf, RELEASE, Scenario, START } from '../fixtures/scenario.ts'
import {
  after,
  attackSignal,
  requestAndApprove,
  correct,
  exploitSignal,
  publicSignal,
  leakSignal,
  prenotifiedCase,
  readyCase,
  terminate,
} from '../fixtures/secrecy.ts'
import {
  plannedRelease as withTwo,
  DATE,
  deliverMails,
  ONE,
  PREVIEW,
  prenotifiedRelease,
  TWO,
} from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

const next = (scenario: Scenario) => outlook(scenario.policy, scenario.world, scenario.now)?.next

const soonOf = ({ policy, world, now }: Scenario) => fastPath(policy, world, now)?.soon

const writes = (scenario: Scenario): void => {
  scenario.does({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-9'),
    from: 'reporter',
    report: scenario.reportId,
    trust: 'nothing-proven',
    automatic: false,
  })
}

const stateOf = ({ world }: Scenario) => {
  if (world.case === undefined) throw new Error('no case')
  return world.case
}

function resting(): Scenario {
  const scenario = new Scenario().untilPatch()
  scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))
  return scenario
}

describe('the requirements that are still missing', () => {
  const missing = (scenario: Scenario, viewer?: PersonId) =>
    outlook(scenario.policy, scenario.world, scenario.now, viewer)?.missing.map(
      ({ toward, refusal }) => `${toward}: ${refusal.gate}`,
    )

  it('are all listed at once, so that a person sees more than the first one', () => {
    expect(missing(new Scenario().untilPatch())).toEqual(['prenotify: fix', 'prenotify: texts-complete'])
  })

  it('are listed before the case is accepted as well, even if it has no coordinator', () => {
    const scenario = new Scenario().opens()
    const first = ['assign-patch: acknowledged', 'assign-patch: validity-decided', 'assign-patch: severity-rated']
    expect(missing(scenario)).toEqual(first)
    expect(missing(scenario, ben)).toEqual(first)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ana))
    expect(missing(scenario)).toEqual(['assign-patch: severity-rated'])
  })

  it('are not listed while the case is deferred', () => {
    expect(missing(resting())).toEqual([])
  })
})

describe('the next action', () => {
  it('is to invite somebody, if only the requester is left', () => {
    const scenario = new Scenario(policyOf('team', { people: [ANA, BEN] })).untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW }, person(ana))
    expect(next(scenario)).toMatchObject({ owner: 'Ben', verb: 'approve' })
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(next(scenario)).toEqual({
      action: 'invite somebody who can approve or refuse what Ana asked for',
      owner: 'Ana',
      verb: 'people.invite',
    })
  })

  it('for a patch whose author was removed is the coordinator’s: to assign it to somebody else', () => {
    const scenario = new Scenario(policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })).untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'links' }, person(ana))
    expect(next(scenario)).toMatchObject({ action: 'submit a better patch for main', owner: 'Ben' })
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(next(scenario)).toMatchObject({
      action: 'assign a better patch for main to somebody who is on the case',
      owner: 'Ana',
      verb: 'assign-patch',
    })
    scenario.does({ verb: 'assign-patch', case: CASE, to: cem, branches: ['main'] }, person(ana))
    expect(next(scenario)).toMatchObject({ action: 'submit a better patch for main', owner: 'Cem' })
  })

  it('for a patch in which a fault was found is its author’s', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'links' }, person(ana))
    expect(next(scenario)).toMatchObject({ action: 'submit a better patch for main', owner: 'Ben' })
  })

  it('for a patch whose author is away is the coordinator’s: to wait for them, or to reassign it', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'links' }, person(ana))
    const until = later(scenario.now, 20 * DAY)
    scenario.does({ verb: 'away', case: CASE, from: scenario.now, until }, person(ben))
    expect(next(scenario)).toMatchObject({
      action: 'wait for Ben until 2026-05-24, or assign the patch for main to somebody else',
      owner: 'Ana',
      verb: 'assign-patch',
    })
    scenario.now = until
    expect(next(scenario)).toMatchObject({ action: 'submit a better patch for main', owner: 'Ben' })
  })

  it('after the pre-notification is to check a changed patch, then to send it again, and then to publish', () => {
    const scenario = prenotifiedRelease()
    expect(next(scenario)).toMatchObject({ verb: 'disclose', due: DATE })
    scenario.submitPatch(ONE, Sha256.parse('c'.repeat(64)))
    expect(next(scenario)).toMatchObject({ verb: 'log-answer', owner: 'the reporter' })
    scenario.verify(ONE)
    expect(next(scenario)).toMatchObject({ owner: 'Ana', verb: 'prenotify.update' })
  })

  it('is to approve in another case of the release what was requested there for the whole release', () => {
    const nextOf = (scenario: MultiCaseScenario, id: CaseId) =>
      outlook(scenario.policy, scenario.worldAt(id), scenario.now)?.next
    const scenario = withTwo().request({ verb: 'prenotify', case: ONE, at: DATE })
    expect(nextOf(scenario, ONE)).toMatchObject({ action: 'approve or refuse', owner: 'Ben', verb: 'approve' })
    const there = nextOf(scenario, TWO)
    expect(there).toMatchObject({ action: `approve or refuse in ${ONE}`, owner: 'Ben' })
    expect(there).not.toHaveProperty('verb')
    scenario.approve()
    deliverMails(scenario)
    scenario.does({ verb: 'hold', case: TWO, reason: 'Look again.' }, person(ben))
    expect(nextOf(scenario, ONE)).toMatchObject({ verb: 'hold.off' })
    scenario.request({ verb: 'hold.off', case: TWO })
    expect(nextOf(scenario, ONE)).toMatchObject({ action: `approve or refuse in ${TWO}`, owner: 'Ben' })
  })

  it.each([
    ['is not acknowledged', new Scenario().opens()],
    ['rests', resting()],
  ])('for a case that %s is first to answer the person who reported that secrecy failed', (_where, scenario) => {
    scenario.does({ verb: 'signal.public', case: CASE, link: 'https://forum.example/1', shown: PREVIEW }, person(ana))
    expect(next(scenario)).toMatchObject({ verb: 'approve', owner: 'Ben' })
  })

  it('for an approval or confirmation belongs to the person whose turn it is, and lists the others who may give it', () => {
    const scenario = new Scenario(policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })).untilPatch()
    for (const report of scenario.world.case?.reports ?? [])
      scenario.states.set(CASE, { ...stateOf(scenario), reports: [{ ...report, answerable: false }] })
    expect(next(scenario)).toMatchObject({
      verb: 'confirm',
      owner: 'Cem',
      others: 'any team member who did not write it',
    })
    scenario.does({ verb: 'away', case: CASE, from: scenario.now, until: later(scenario.now, DAY) }, person(cem))
    expect(next(scenario)).toMatchObject({ verb: 'confirm', owner: 'Ana' })
    expect(next(scenario)).not.toHaveProperty('others')
    scenario.does({ verb: 'signal.public', case: CASE, link: 'https://forum.example/1', shown: PREVIEW }, person(ben))
    expect(next(scenario)).toMatchObject({ verb: 'approve', owner: 'Ana' })
  })

  it('for an unacknowledged report belongs to one person: the first in line, then the person who was asked to take it', () => {
    const scenario = new Scenario(policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })).opens()
    expect(next(scenario)).toMatchObject({ verb: 'ack', owner: 'Ben', others: 'any team member' })
    const offers = (fraction: number) =>
      ({ verb: 'fire-clock', stream: CASE, clock: 'offer-owner', round: START, fraction }) as const
    scenario.wait(3 * DAY).does(offers(1))
    expect(next(scenario)).toMatchObject({ verb: 'ack', owner: 'Ben' })
    scenario.wait(5 * DAY).does(offers(2))
    expect(next(scenario)).toMatchObject({ verb: 'ack', owner: 'Cem' })
    scenario.does({ verb: 'take', case: CASE }, person(ana))
    expect(next(scenario)?.owner).toBe('Ana')
  })

  it('for a report that only one person may acknowledge names nobody else', () => {
    expect(next(new Scenario(policyOf('solo', { people: [ANA] })).opens())).toEqual({
      action: 'acknowledge the report',
      owner: 'Ana',
      verb: 'ack',
      due: expect.any(Number),
    })
  })

  it('for a patch by a sole maintainer is the reporter’s, who was asked, until their time is over', () => {
    const scenario = new Scenario(policyOf('solo', { people: [ANA] })).untilPatch()
    expect(next(scenario)).toEqual({
      action: 'verify the patch for main, by mail',
      owner: 'the reporter',
      verb: 'log-answer',
      due: later(scenario.now, 3 * DAY),
    })
    scenario.wait(3 * DAY)
    const alone = {
      action: 'go on without a check of the patch for main: nobody else is here to confirm it',
      owner: 'Ana',
      verb: 'waive',
      waives: 'fix',
      branch: 'main',
    }
    expect(next(scenario)).toEqual(alone)
    const answered = new Scenario(policyOf('solo', { people: [ANA] })).untilPatch()
    writes(answered)
    expect(next(answered)).toMatchObject({
      action: 'read what the reporter wrote about the patch for main',
      owner: 'Ana',
      verb: 'log-answer',
    })
  })

  it('for a second look says from which minute it is possible, and offers no button before', () => {
    const scenario = new Scenario(policyOf('solo', { people: [ANA] })).untilPatch()
    const reason = 'nobody else is here'
    scenario.does({ verb: 'waive', case: CASE, rule: 'fix', reason, branch: 'main', shown: PREVIEW }, person(ana))
    const from = later(scenario.now, HOUR)
    expect(next(scenario)?.action).toBe(`look again and approve, from ${isoInstant(from)}`)
    const refused = scenario.refused({ verb: 'approve', case: CASE, typedCase: CASE, shown: PREVIEW }, person(ana))
    expect(refused.liftedBy).toEqual([{ who: 'Ana', how: 'looks again then' }])
  })

  it('for a deferred case is to resume or close it, but not to close it if secrecy failed', () => {
    const scenario = resting()
    expect(next(scenario)).toEqual({ action: 'take the case up again, or close it', owner: 'Ana', verb: 'reopen' })
    requestAndApprove(scenario, leakSignal())
    expect(next(scenario)).toMatchObject({ action: 'decide about the leak: end the embargo, or continue' })
    expect(soonOf(scenario)).toEqual(['Nothing yet: take the case up again first.'])
    requestAndApprove(scenario, terminate('leak'))
    const failed = { action: 'take the case up again, because secrecy failed', owner: 'Ana', verb: 'reopen' }
    expect(next(scenario)).toEqual(failed)
    const known = resting()
    requestAndApprove(known, publicSignal)
    expect(next(known)).toEqual(failed)
    known.does({ verb: 'reopen', case: CASE, reason: 'it is public' }, person(ana))
    expect(next(known)).toMatchObject({ verb: 'advisory' })
  })

  it('for a mail that was not sent is to settle it, but a decision about a leak comes first', () => {
    const scenario = new Scenario().untilPatch()
    const [mail] = scenario.effects.filter(({ kind }) => kind === 'send-mail')
    if (mail?.kind !== 'send-mail') throw new Error('no mail')
    const { id: effect, letter, to } = mail
    const outcome = { is: 'parked', doubt: false, because: 'the relay refused it', letter, to } as const
    scenario.does({ verb: 'record-outcome', stream: CASE, effect, outcome })
    expect(next(scenario)).toMatchObject({ action: 'settle a mail that did not go out', owner: 'Ana', verb: 'settle' })
    requestAndApprove(scenario, leakSignal())
    expect(next(scenario)).toMatchObject({ action: 'decide about the leak: end the embargo, or continue' })
  })

  it('on the date belongs to the named releaser while they are on the case and present, else to the coordinator', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const { release } = scenario.world
    if (release === undefined) throw new Error('no release')
    scenario.states.set(release.id, { ...release, releaser: ben })
    expect(next(scenario)).toMatchObject({ verb: 'disclose', owner: 'Ben' })
    scenario.does({ verb: 'away', case: CASE, from: scenario.now, until: later(scenario.now, DAY) }, person(ben))
    expect(next(scenario)).toMatchObject({ verb: 'disclose', owner: 'Ana' })
    scenario.wait(2 * DAY)
    expect(next(scenario)).toMatchObject({ verb: 'disclose', owner: 'Ben' })
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(next(scenario)).toMatchObject({ verb: 'disclose', owner: 'Ana' })
  })

  it.each([
    ['the vulnerability is public', () => after(prenotifiedCase(), publicSignal)],
    ['an exploit is public, and nobody was told', () => after(readyCase(), exploitSignal)],
    [
      'the embargo was ended for attacks',
      () => {
        const scenario = after(prenotifiedCase(), attackSignal)
        requestAndApprove(scenario, terminate('attacks'))
        return scenario
      },
    ],
  ])('is to publish at once if %s: the planned date no longer applies', (_why, given) => {
    const scenario = given()
    if (scenario.world.release === undefined)
      scenario.does({ verb: 'release.plan', case: CASE, at: RELEASE }, person(ana))
    expect(scenario.now).toBeLessThan(RELEASE)
    expect(next(scenario)).toEqual({ action: 'disclose now', owner: 'Ana', verb: 'disclose' })
  })

  it('is on the date again where it was wrong that it is public, and where others of the release wait for theirs', () => {
    const scenario = after(prenotifiedCase(), publicSignal)
    requestAndApprove(scenario, correct('public'))
    expect(next(scenario)).toMatchObject({ verb: 'disclose', due: RELEASE })
    const together = prenotifiedRelease()
    const state = together.caseState(ONE)
    together.states.set(ONE, { ...state, cs: { ...state.cs, public: together.now } })
    expect(outlook(together.policy, together.worldAt(ONE), together.now)?.next.due).toBe(DATE)
  })

  it('for a closed case is to answer mail that arrived after closing, and otherwise nothing', () => {
    const scenario = new Scenario().opens()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'no' }, person(ana))
    expect(next(scenario)).toEqual({ action: 'nothing more to do', owner: 'Ana' })
    writes(scenario)
    expect(next(scenario)).toMatchObject({
      action: 'answer the mail that came after closing, open the case again, or set the mail aside',
      verb: 'reply',
    })
  })
})
