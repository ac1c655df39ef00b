import { describe, expect, it } from 'vitest'
import { brokenInvariants, EffectId, later, MessageId, PersonId } from '../../src/index.ts'
import type { Instant, LoggedAnswer, PersonRequest } from '../../src/index.ts'
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

const shown = { digest: HASH, blob: BLOB }
const days = (count: number): Instant => later(START, count * DAY)
const cleo = PersonId.parse('cleo')

/** Ana and Cleo are admins, Ben is not. */
const twoAdmins = () => {
  const policy = policyOf()
  const third = { id: cleo, name: 'Cleo', roles: ['admin' as const, 'team' as const], osUser: 'cleo' }
  return { ...policy, people: [...policy.people, third] }
}

const propose = (end: Instant, reason?: string): PersonRequest => ({
  verb: 'embargo.until',
  case: CASE,
  end,
  ...(reason === undefined ? {} : { reason }),
})
const accept: PersonRequest = { verb: 'embargo.accept', case: CASE }
const open: PersonRequest = { verb: 'embargo.open', case: CASE }
const extend = (end: Instant): PersonRequest => ({
  verb: 'embargo.extend',
  case: CASE,
  end,
  reason: 'a rewrite',
  shown,
})
const approve: PersonRequest = { verb: 'approve', case: CASE, shown }

let mails = 1
/** The reporter writes, and Ana logs what they answered. */
function says(scenario: Scenario, answer: LoggedAnswer) {
  mails += 1
  const message = MessageId.parse(`answer-${mails}`)
  scenario.does({
    verb: 'take-in-message',
    case: CASE,
    message,
    from: 'reporter',
    report: scenario.reportId,
    trust: 'domain-vouches',
    automatic: false,
  })
  return { verb: 'log-answer', case: CASE, message, answer } as const
}
const yes: LoggedAnswer = { about: 'consent', agreed: true }
const no: LoggedAnswer = { about: 'consent', agreed: false }

const opened = (policy = policyOf()) => new Scenario(policy).opens()
const em = (scenario: Scenario) => scenario.world.case?.em

const letters = (scenario: Scenario) =>
  scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : []))

describe('the embargo, in plain words', () => {
  it('is active at receipt, for ninety days', () => {
    expect(em(opened())).toEqual({ is: 'active', end: days(90) })
  })

  it('is not changed by a proposal, about which the reporter is asked', () => {
    const scenario = opened()
    expect(scenario.does(propose(days(110), 'a rewrite'), person(ana))).toEqual(['EmbargoProposed'])
    expect(em(scenario)).toMatchObject({
      is: 'revise',
      end: days(90),
      proposedEnd: days(110),
      by: 'team',
      proposer: ana,
    })
    expect(scenario.does(propose(days(110), 'a rewrite'), person(ben))).toEqual([])
  })

  it('is changed by the reporter’s yes, logged with the mail that contains it', () => {
    const scenario = opened()
    scenario.does(propose(days(110)), person(ana))
    scenario.wait(HOUR)
    expect(scenario.does(says(scenario, yes), person(ana))).toEqual(['ReporterAnswered', 'EmbargoAccepted'])
    expect(em(scenario)).toEqual({ is: 'active', end: days(110) })
  })

  it('is not changed by the reporter’s no, and still binds the reporter', () => {
    const scenario = opened()
    scenario.does(propose(days(110)), person(ana))
    scenario.wait(HOUR)
    expect(scenario.does(says(scenario, no), person(ana))).toEqual(['ReporterAnswered', 'EmbargoRejected'])
    expect(em(scenario)).toEqual({ is: 'active', end: days(90) })
    expect(scenario.world.case?.reports[0]?.consent).toBeUndefined()
  })

  it('is not changed by an answer in a mail from before the proposal', () => {
    const scenario = opened()
    const early = says(scenario, yes)
    scenario.wait(HOUR)
    scenario.does(propose(days(110)), person(ana))
    expect(scenario.does(early, person(ana))).toEqual(['ReporterAnswered'])
    expect(em(scenario)).toMatchObject({ is: 'revise' })
  })

  it('is not changed by silence, which is no rejection: the proposal waits', () => {
    const scenario = opened()
    scenario.does(propose(days(110)), person(ana))
    scenario.wait(60 * DAY)
    expect(em(scenario)).toMatchObject({ is: 'revise', end: days(90), proposedEnd: days(110) })
  })

  it('ends at the reporter’s earlier date until people agree, and later only if they do', () => {
    const scenario = opened()
    const named: LoggedAnswer = { about: 'embargo-date', end: days(45) }
    expect(scenario.does(says(scenario, named), person(ana))).toEqual(['ReporterAnswered', 'EmbargoProposed'])
    expect(em(scenario)).toMatchObject({ is: 'revise', end: days(45), by: 'reporter' })
    expect(scenario.does({ verb: 'embargo.reject', case: CASE, reason: 'too soon' }, person(ana))).toEqual([
      'EmbargoRejected',
    ])
    expect(em(scenario)).toEqual({ is: 'active', end: days(45), agreed: days(90) })
    scenario.does(propose(days(60)), person(ana))
    scenario.wait(HOUR)
    scenario.does(says(scenario, { about: 'embargo-date', end: days(60) }), person(ben))
    expect(em(scenario)).toEqual({ is: 'active', end: days(60) })
  })

  it('can end at the reporter’s later date if the team accepts it', () => {
    const scenario = opened()
    scenario.does(says(scenario, { about: 'embargo-date', end: days(100) }), person(ana))
    expect(em(scenario)).toMatchObject({ is: 'revise', end: days(90), proposedEnd: days(100) })
    expect(scenario.does(accept, person(ana))).toEqual(['EmbargoAccepted'])
    expect(em(scenario)).toEqual({ is: 'active', end: days(100) })
  })

  it('does not bind a reporter who declines, but binds the others', () => {
    const scenario = opened()
    scenario.does(says(scenario, no), person(ana))
    expect(scenario.world.case?.reports[0]?.consent).toBe('declined')
    expect(em(scenario)).toEqual({ is: 'active', end: days(90) })
    scenario.does(propose(days(100)), person(ana))
    expect(scenario.does(accept, person(ben))).toEqual(['EmbargoAccepted'])
  })

  it('exceeds a hundred and twenty days if two admins agree, and the reporter is still asked', () => {
    const scenario = opened(twoAdmins())
    expect(scenario.does(extend(days(150)), person(ana))).toEqual(['ApprovalRequested'])
    expect(scenario.refused(approve, person(ben)).because).toContain('second admin')
    expect(scenario.does(approve, person(cleo))).toEqual(['ApprovalGiven', 'EmbargoProposed'])
    expect(em(scenario)).toMatchObject({ is: 'revise', end: days(90), proposedEnd: days(150) })
    scenario.wait(HOUR)
    scenario.does(says(scenario, yes), person(ben))
    expect(em(scenario)).toEqual({ is: 'active', end: days(150) })
  })

  it('is not extended when the requester is no longer an admin by the time the other admin approves', () => {
    const scenario = opened(twoAdmins())
    scenario.does(extend(days(200)), person(ana))
    const { people } = scenario.policy
    scenario.policy = {
      ...scenario.policy,
      people: people.map((one) => (one.id === ana ? { ...one, roles: ['team' as const] } : one)),
    }
    expect(scenario.does(approve, person(cleo))).toEqual(['ApprovalVoided'])
    expect(scenario.log.at(-1)?.event).toMatchObject({
      because: 'An embargo that long takes two admins, and Ana, who asked, is not an admin.',
    })
    expect(em(scenario)).toEqual({ is: 'active', end: days(90) })
  })

  it('ends publicly when the reporter’s yes is logged', () => {
    const scenario = opened()
    scenario.does(says(scenario, { about: 'open', agreed: true }), person(ana))
    expect(scenario.does(open, person(ben))).toEqual(['EmbargoExited'])
    expect(em(scenario)).toMatchObject({ is: 'exited', reason: 'opened' })
  })

  it('can be ended by two people alone if no reporter can be asked, and the release date stays', () => {
    const scenario = new Scenario().untilReady()
    scenario.happens(CASE, {
      type: 'MailBounced',
      effect: EffectId.parse('receipt'),
      status: '5.1.1',
      letter: 'receipt',
      to: `report:${scenario.reportId}`,
      kind: 'hard',
    })
    expect(scenario.refused(open, person(ana))).toMatchObject({
      gate: 'other-side',
      liftedBy: [{ who: 'two people', verb: 'embargo.end' }],
    })
    scenario.does({ verb: 'release.plan', case: CASE, at: RELEASE }, person(ana))
    const end = { verb: 'embargo.end', case: CASE, reason: 'unreachable', text: 'no address is left' } as const
    expect(scenario.does({ ...end, shown }, person(ana))).toEqual(['ApprovalRequested'])
    expect(scenario.refused(approve, person(ana)).gate).toBe('second-person')
    expect(scenario.does(approve, person(ben))).toEqual(['ApprovalGiven', 'EmbargoExited'])
    expect(em(scenario)).toMatchObject({ is: 'exited', reason: 'unreachable' })
    expect(scenario.refused({ verb: 'disclose', case: CASE, shown }, person(ana))).toMatchObject({
      gate: 'release-date',
    })
  })

  it('rejects an open proposal when it ends for any reason', () => {
    const scenario = opened()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.does(propose(days(100)), person(ana))
    expect(
      scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'by design' }, person(ana)),
    ).toEqual(['DispositionSet', 'EmbargoRejected', 'EmbargoExited', 'CaseClosed'])
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('begins another round after it expired: with the reporter, or by two admins if the reporters are silent', () => {
    const scenario = opened(twoAdmins())
    scenario.now = days(90)
    const clock = { verb: 'fire-clock', stream: CASE, clock: 'embargo-end', round: days(90), fraction: 1 } as const
    expect(scenario.does(clock)).toEqual(['ClockBreached', 'EmbargoExited'])
    expect(scenario.does(propose(days(120)), person(ana))).toEqual(['EmbargoRoundBegun', 'EmbargoProposed'])
    expect(em(scenario)).toMatchObject({ is: 'proposed', end: days(120) })
    expect(scenario.refused(extend(days(120)), person(ana)).gate).toBe('embargo-cap')
    scenario.wait(8 * DAY)
    scenario.does(extend(days(120)), person(ana))
    expect(scenario.does(approve, person(cleo))).toEqual(['ApprovalGiven', 'EmbargoProposed', 'EmbargoAccepted'])
    expect(em(scenario)).toEqual({ is: 'active', end: days(120) })
  })

  it('cannot be agreed to end on a date that passed while nobody answered', () => {
    const scenario = byReporter(days(80))
    scenario.now = days(81)
    const refusal = scenario.refused(accept, person(ana))
    expect(refusal.because).toContain('is past')
  })

  it('causes a mail to the reporter about each proposal, and about the team’s answer to their date', () => {
    const scenario = opened()
    scenario.does(propose(days(100)), person(ana))
    expect(letters(scenario)).toContain('embargo-proposal')
    const other = opened()
    other.does(says(other, { about: 'embargo-date', end: days(45) }), person(ana))
    expect(letters(other)).not.toContain('embargo-settled')
    other.does(accept, person(ana))
    expect(letters(other)).toContain('embargo-settled')
  })
})

const byReporter = (end: Instant) => {
  const scenario = opened()
  scenario.does(says(scenario, { about: 'embargo-date', end }), person(ana))
  return scenario
}
describe('refusals of answers about the embargo', () => {
  it('prevent people from accepting their own proposal if no reporter can be asked', () => {
    const scenario = opened()
    scenario.does(says(scenario, no), person(ana))
    scenario.does(propose(days(100)), person(ana))
    expect(scenario.refused(accept, person(ana)).gate).toBe('other-side')
  })

  it('meet the second of two people who answer at once, and nothing changes', () => {
    const scenario = byReporter(days(45))
    scenario.does(accept, person(ana))
    expect(scenario.refused(accept, person(ben)).because).toContain('No date waits')
    expect(em(scenario)).toEqual({ is: 'active', end: days(45) })
  })
})
