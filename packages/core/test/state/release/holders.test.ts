import { describe, expect, it } from 'vitest'
import { BlobId, CommandId, instant, streamsFor } from '../../../src/index.ts'
import type { CaseId, GateId, PersonRequest, ReleaseId } from '../../../src/index.ts'
import { ana, HASH, OTHER_HASH, person } from '../../fixtures/scenario.ts'
import {
  DATE,
  deliverMails,
  NEXT_WEEK,
  ONE,
  RELEASE,
  prenotifiedRelease,
  TWO,
} from '../../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../../fixtures/multi-case-scenario.ts'

const BECAUSE = 'It is no vulnerability after all.'

/**
 * Recipients hold the patches of both cases. The patch of the second case is found wrong, so that case is dropped from
 * the release on the release day.
 */
const dropped = (): MultiCaseScenario => {
  const scenario = prenotifiedRelease().submitPatch(TWO, OTHER_HASH)
  scenario.now = DATE
  scenario.request({ verb: 'disclose', case: ONE }).approve()
  return scenario
}

const cancelled = (): MultiCaseScenario => {
  const scenario = prenotifiedRelease()
  scenario.request({ verb: 'release.cancel', case: ONE, reason: 'the fix is not right' }).approve()
  return scenario
}

/** Closes a case. Returns who is told, except the reporters of the case, who get a separate letter. */
const closes = (scenario: MultiCaseScenario, id: CaseId, reason: string): readonly string[] => {
  const before = scenario.effects.length
  scenario.does({ verb: 'close', case: id, reason }, person(ana))
  return scenario.mails(before).filter((mail) => !mail.startsWith('closed '))
}

const releaseNow = (scenario: MultiCaseScenario): ReleaseId => {
  const { release } = scenario.caseState(ONE)
  if (release === undefined) throw new Error('it is in no release')
  return release
}

const isLifted = ({ letter }: { readonly letter: string }): boolean => letter === 'embargo-lifted'

/** Publishes the case. Returns the mails with which people are then told that the embargo is over. */
const lifted = (scenario: MultiCaseScenario, id: CaseId): readonly string[] => {
  const before = scenario.effects.length
  scenario.request({ verb: 'disclose', case: id }).approve(id)
  const release = scenario.caseState(id).release
  if (release === undefined) throw new Error('nothing began')
  for (let round = 0; round < 4; round += 1) deliverMails(scenario, release)
  return [...new Set(scenario.mails(before).filter((mail) => mail.startsWith('embargo-lifted')))]
}

describe('a case whose patches recipients hold', () => {
  it.each([
    ['was dropped on the day', dropped],
    ['lost its release', cancelled],
  ])('tells them when it closes, where it %s', (_how, given) => {
    expect(closes(given(), TWO, BECAUSE)).toEqual(['recipient-closed north', 'recipient-closed south'])
  })

  it('tells them that it is public, if it was dropped on the day and is published alone', () => {
    const scenario = dropped().verify(TWO)
    const at = instant(DATE + 14 * 86_400_000)
    scenario.does({ verb: 'release.plan', case: TWO, at }, person(ana))
    scenario.now = at
    expect(lifted(scenario, TWO)).toEqual(['embargo-lifted north', 'embargo-lifted south'])
  })

  it('tells them that it is public, if its release was cancelled and the embargo expired', () => {
    const scenario = cancelled()
    const { em } = scenario.caseState(ONE)
    if (em.is !== 'active') throw new Error('no embargo is in force')
    scenario.now = em.end
    scenario.does({ verb: 'fire-clock', stream: ONE, clock: 'embargo-end', round: em.end, fraction: 1 })
    expect(lifted(scenario, ONE)).toEqual(['embargo-lifted north', 'embargo-lifted south'])
  })

  it('tells each of them once, except suspected recipients and those no longer in the policy', () => {
    const scenario = dropped().verify(TWO)
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    scenario.request({ verb: 'signal.leak', case: TWO, suspect, text: 'a mirror had it' }).approve(TWO)
    scenario.request({ verb: 'embargo.end', case: TWO, reason: 'leak', text: 'it is everywhere' }).approve(TWO)
    expect(scenario.preview({ verb: 'disclose', case: TWO }).mails.filter(isLifted)).toHaveLength(1)
    scenario.policy = { ...scenario.policy, prenotification: { ...scenario.policy.prenotification, lists: [] } }
    expect(scenario.preview({ verb: 'disclose', case: TWO }).mails.filter(isLifted)).toEqual([])
  })

  it('tells nobody twice: closing again sends nothing', () => {
    const scenario = dropped()
    closes(scenario, TWO, BECAUSE)
    const before = scenario.effects.length
    expect(scenario.refused({ verb: 'close', case: TWO, reason: BECAUSE }, person(ana)).gate).toBe('case-open')
    expect(scenario.mails(before)).toEqual([])
  })

  it('also tells them when it was deferred, or planned again without success', () => {
    const rested = dropped()
    rested.does({ verb: 'triage.not-now', case: TWO, reason: 'not this year' }, person(ana))
    expect(closes(rested, TWO, BECAUSE)).toContain('recipient-closed north')
    const planned = dropped().verify(TWO)
    const at = instant(DATE + 14 * 86_400_000)
    planned.does({ verb: 'release.plan', case: TWO, at }, person(ana))
    planned.does({ verb: 'release.drop', case: TWO, reason: 'not so soon' }, person(ana))
    expect(closes(planned, TWO, BECAUSE)).toContain('recipient-closed north')
  })

  it('tells nothing to suspected recipients, or to those whom no mail reached', () => {
    const scenario = dropped()
    const state = scenario.releaseState()
    const prenotified = state.prenotified.map((one) =>
      one.recipient === 'north' ? { ...one, suspendedAt: DATE } : { list: one.list, recipient: one.recipient },
    )
    scenario.states.set(RELEASE, { ...state, prenotified })
    expect(closes(scenario, TWO, BECAUSE)).toEqual([])
  })

  it('tells nothing to recipients suspected after its release was cancelled, until that is corrected, but a person can write to them', () => {
    const scenario = cancelled()
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    scenario.request({ verb: 'signal.leak', case: TWO, suspect, text: 'a mirror had it' }).approve(TWO)
    const writtenTo = (): readonly string[] => {
      const before = scenario.effects.length
      const text = BlobId.parse(`reply-${before}`)
      scenario.does({ verb: 'reply', case: TWO, to: 'recipients', text, sha256: HASH }, person(ana))
      return scenario.mails(before)
    }
    expect(writtenTo()).toEqual(['recipient-reply north'])
    const before = scenario.effects.length
    const toSouth = { verb: 'reply', case: TWO, to: { recipient: 'south' } } as const
    scenario.does({ ...toSouth, text: BlobId.parse('to-south'), sha256: HASH }, person(ana))
    expect(scenario.mails(before)).toEqual(['recipient-reply south'])
    const corrected = { verb: 'signal.wrong', case: TWO, what: 'leak', reason: 'it was another bug' } as const
    scenario.request(corrected).approve(TWO)
    expect(writtenTo()).toEqual(['recipient-reply north', 'recipient-reply south'])
  })

  it('is closed without a mail to suspected recipients', () => {
    const scenario = cancelled()
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    scenario.request({ verb: 'signal.leak', case: TWO, suspect, text: 'a mirror had it' }).approve(TWO)
    scenario.does({ verb: 'embargo.keep', case: TWO, reason: 'only a name' }, person(ana))
    expect(closes(scenario, TWO, BECAUSE)).toEqual(['recipient-closed north'])
  })

  it('no longer binds them once it is public, and sends them nothing more', () => {
    const scenario = dropped().request({ verb: 'signal.public', case: TWO, link: 'https://blog.example/it' })
    const before = scenario.effects.length
    scenario.approve(TWO)
    expect(scenario.mails(before)).toEqual(expect.arrayContaining(['secrecy-failed north', 'secrecy-failed south']))
    expect(closes(scenario, TWO, BECAUSE)).toEqual([])
  })

  /** Both cases are pre-notified again, and no server has accepted the new mails yet. */
  const toldAnew = (): MultiCaseScenario => {
    const scenario = cancelled()
    scenario.does({ verb: 'release.plan', case: ONE, at: NEXT_WEEK }, person(ana))
    scenario.request({ verb: 'prenotify', case: ONE, at: NEXT_WEEK }).approve()
    return scenario
  }

  it('tells them that it is public if the pre-notification of another release is not sent yet', () => {
    const scenario = toldAnew().request({ verb: 'signal.public', case: ONE, link: 'https://blog.example/it' })
    const before = scenario.effects.length
    scenario.approve()
    expect(scenario.mails(before)).toEqual([`secrecy-failed ${ONE}/r1`, 'secrecy-failed north', 'secrecy-failed south'])
  })

  it('tells each of them once, even if they were told in two releases', () => {
    const scenario = toldAnew()
    deliverMails(scenario, releaseNow(scenario))
    scenario.request({ verb: 'signal.exploit', case: ONE, link: 'https://blog.example/it' })
    const before = scenario.effects.length
    scenario.approve()
    expect(scenario.mails(before).filter((mail) => mail.endsWith('north'))).toEqual(['secrecy-failed north'])
  })

  it('asks them still, where another release tells fewer, and tells them when it closes', () => {
    const scenario = cancelled()
    const south = ({ prenotification }: typeof scenario.policy) => ({
      ...prenotification,
      lists: prenotification.lists.map((list) => ({
        ...list,
        recipients: list.recipients.filter(({ id }) => id === 'south'),
      })),
    })
    scenario.policy = { ...scenario.policy, prenotification: south(scenario.policy) }
    scenario.does({ verb: 'release.plan', case: ONE, at: NEXT_WEEK }, person(ana))
    scenario.request({ verb: 'prenotify', case: ONE, at: NEXT_WEEK }).approve()
    deliverMails(scenario, releaseNow(scenario))
    scenario.request({ verb: 'release.cancel', case: ONE, reason: 'it is no vulnerability' }).approve()
    expect(closes(scenario, ONE, BECAUSE)).toEqual(['recipient-closed north', 'recipient-closed south'])
  })

  it('reinstates each of them when there was no leak, even if an earlier release suspended them', () => {
    const scenario = prenotifiedRelease()
    const suspect = { kind: 'recipient', list: 'distros', recipient: 'south' } as const
    scenario.request({ verb: 'signal.leak', case: ONE, suspect, text: 'a mirror had it' }).approve()
    scenario.request({ verb: 'release.cancel', case: ONE, reason: 'the fix is not right' }).approve()
    scenario.does({ verb: 'release.plan', case: ONE, at: NEXT_WEEK }, person(ana))
    scenario.request({ verb: 'prenotify', case: ONE, at: NEXT_WEEK }).approve()
    scenario.request({ verb: 'signal.wrong', case: ONE, what: 'leak', reason: 'it was another bug' }).approve()
    scenario.request({ verb: 'signal.public', case: ONE, link: 'https://blog.example/it' })
    const before = scenario.effects.length
    scenario.approve()
    expect(scenario.mails(before)).toEqual(expect.arrayContaining(['secrecy-failed north', 'secrecy-failed south']))
  })

  it('owes them nothing in a later round', () => {
    const scenario = dropped()
    closes(scenario, TWO, BECAUSE)
    scenario.does({ verb: 'reopen', case: TWO, reason: 'they sent a proof' }, person(ana))
    scenario.does({ verb: 'assign-patch', case: TWO, to: ana, branches: [] }, person(ana))
    expect(closes(scenario, TWO, BECAUSE)).toEqual([])
  })

  it('is checked together with the release in which they received its patches', () => {
    const scenario = dropped()
    const command = {
      commandId: CommandId.parse('look'),
      actor: person(ana),
      at: scenario.now,
      request: { verb: 'close', case: TWO },
    } as const
    expect(streamsFor(command, scenario.worldAt(TWO))).toContain(RELEASE)
  })

  it.each<readonly [string, () => MultiCaseScenario, PersonRequest, GateId]>([
    ['close without a reason', dropped, { verb: 'close', case: TWO }, 'makes-sense'],
    [
      'triage that would close',
      () => {
        const scenario = dropped()
        scenario.does({ verb: 'triage.not-now', case: TWO, reason: 'not this year' }, person(ana))
        return scenario
      },
      { verb: 'triage', case: TWO, disposition: 'already-fixed', fixedIn: '4.1' },
      'makes-sense',
    ],
    ['merge', dropped, { verb: 'triage.duplicate', case: TWO, of: ONE, end: 'none' }, 'fits-the-stage'],
    ['open the embargo', dropped, { verb: 'embargo.open', case: TWO }, 'one-live-release'],
  ])('is not ended behind their back: %s', (_name, given, request, gate) => {
    const refusal = given().refused(request, person(ana))
    expect(refusal).toMatchObject({ gate, because: expect.stringMatching(/^Recipients have/u) })
  })
})
