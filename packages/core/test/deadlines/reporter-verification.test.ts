import { describe, expect, it } from 'vitest'
import { MessageId, outlook } from '../../src/index.ts'
import { ana, BLOB, CASE, DAY, HASH, person } from '../fixtures/scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { after, lastMail, logAnswer, receiveMail, patchedCase, teamOfThree } from '../commands/states.ts'

const STANDS_IN = { verb: 'confirm', case: CASE, fixed: true, note: 'the reporter is silent' } as const
const asked = () => patchedCase(teamOfThree)
const reply = { verb: 'reply', case: CASE, text: BLOB, sha256: HASH } as const

/** The reporter's time to check the patch runs out. Then Ana tries to confirm the patch in the reporter's place. */
const standsIn = (scenario: MultiCaseScenario) => scenario.wait(4 * DAY).ask(STANDS_IN, person(ana))

describe('a reporter who wrote after they were asked to check a patch', () => {
  it('is not silent, whatever they wrote and from whatever address', () => {
    for (const from of ['reporter', 'unverified'] as const)
      expect(standsIn(receiveMail(asked(), from))).toMatchObject({ ok: false, refusal: { gate: 'reporter-check' } })
  })

  it('may be somebody else where nothing proves the address: that is said, and only an answer lifts it', () => {
    expect(standsIn(receiveMail(asked(), 'unverified'))).toMatchObject({
      refusal: {
        because: expect.stringContaining('not proven to be theirs'),
        liftedBy: [{ who: 'any team member', verb: 'reply' }, { verb: 'waive' }],
      },
    })
    // Two mails came. One of them is proven to be the reporter's, so its answer can be logged.
    expect(standsIn(receiveMail(receiveMail(asked(), 'unverified')))).toMatchObject({
      refusal: {
        because: expect.stringContaining('The reporter has written'),
        liftedBy: [{ verb: 'log-answer' }, { verb: 'reply' }, { verb: 'waive' }],
      },
    })
  })

  it('says no by their mail, and the patch is not verified', () => {
    const scenario = logAnswer(receiveMail(asked()), { about: 'verification', fixed: false })

    expect(standsIn(scenario)).toMatchObject({ ok: false, refusal: { gate: 'makes-sense' } })
    expect(scenario.caseState(CASE).branches[0]?.fix?.is).toBe('changes-requested')
  })

  it('can be replaced by a team member once their mail about something else is logged or answered', () => {
    expect(standsIn(logAnswer(receiveMail(asked()), { about: 'credit', credit: 'anonymous' })).ok).toBe(true)
    expect(standsIn(after(receiveMail(asked()), reply)).ok).toBe(true)
    expect(standsIn(after(receiveMail(asked(), 'unverified'), reply)).ok).toBe(true)
  })

  it('is not silent while one of two mails is unread', () => {
    const scenario = receiveMail(asked())
    const first = lastMail(scenario)
    logAnswer(receiveMail(scenario), { about: 'credit', credit: 'anonymous' })
    expect(standsIn(scenario).ok).toBe(false)
    const answer = { about: 'patch-offer', willing: false } as const
    after(scenario, { verb: 'log-answer', case: CASE, message: first, answer })

    expect(standsIn(scenario).ok).toBe(true)
  })

  it('is silent where a program wrote in their name', () => {
    const scenario = asked().wait(1)
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('out-of-office'),
      from: 'reporter',
      report: scenario.reportId,
      trust: 'nothing-proven',
      automatic: true,
    })
    expect(standsIn(scenario).ok).toBe(true)
  })

  it('waits for the team, which reads it next', () => {
    const next = (scenario: MultiCaseScenario) => outlook(scenario.policy, scenario.world, scenario.now)?.next
    expect(next(asked())).toMatchObject({ owner: 'the reporter' })
    expect(next(receiveMail(asked()))).toMatchObject({
      action: 'read what the reporter wrote about the patch for main',
      owner: 'Cem',
      others: 'any team member who did not write it',
      verb: 'log-answer',
    })
    expect(next(receiveMail(asked(), 'unverified'))).toMatchObject({
      action: 'write to the reporter: nothing proves that the mail about the patch for main is theirs',
      owner: 'Ana',
      verb: 'reply',
    })
  })
})
