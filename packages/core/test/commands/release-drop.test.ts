import { describe, expect, it } from 'vitest'
import { DAY, flagsOf, HOUR, later } from '../../src/index.ts'
import { ana, ben, OTHER_HASH, person } from '../fixtures/scenario.ts'
import { DATE, deliverMails, ONE, RELEASE, PREVIEW, prenotifiedRelease, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

const drop = { verb: 'release.drop', case: TWO, reason: 'the fix breaks 4.2' } as const
const disclose = { verb: 'disclose', case: ONE } as const

/** Ana asks to take the second case out of a release whose recipients have its patch. */
const asked = (scenario = prenotifiedRelease()) => scenario.request(drop)

/** On the release date, two people publish the cases that are ready. */
function published(scenario: MultiCaseScenario): MultiCaseScenario {
  scenario.now = DATE
  scenario.request(disclose).approve(ONE)
  return deliverMails(scenario)
}

const openIn = (scenario: MultiCaseScenario, id: typeof ONE) =>
  scenario.caseState(id).approvals.filter(({ status }) => status === 'open').length

it.each([
  ['close', { verb: 'close', case: TWO, reason: 'it is by design' }],
  ['triage.not-now', { verb: 'triage.not-now', case: TWO, reason: 'it rests' }],
] as const)('is offered to who would %s one of several cases, and the release goes on', (_, request) => {
  const scenario = prenotifiedRelease()
  const { liftedBy } = scenario.refused(request, person(ana))
  expect(liftedBy.map(({ verb }) => verb)).toEqual(['disclose', 'release.drop', 'release.cancel'])
  scenario.request({ verb: 'release.drop', case: TWO, reason: 'it is by design' }).approve(TWO)
  deliverMails(scenario)
  expect(scenario.does({ verb: 'close', case: TWO, reason: 'it is by design' }, person(ana))).toContain('CaseClosed')
  expect(scenario.releaseState()).toMatchObject({ is: 'prenotified', cases: [ONE] })
})

describe('a case that recipients were told of, taken out of its release', () => {
  it('needs a second person, with a reason for the recipients', () => {
    const scenario = prenotifiedRelease()
    expect(scenario.refused({ verb: 'release.drop', case: TWO, shown: PREVIEW }, person(ana))).toMatchObject({
      because: `The recipients of ${RELEASE} have the patches of ${TWO}, and must be told why it leaves the release.`,
    })
    asked(scenario)
    expect(openIn(scenario, TWO)).toBe(1)
    expect(scenario.releaseState().cases).toContain(TWO)
  })

  it('leaves with the second approval: recipients and reporter are told, the release continues, its embargo stays', () => {
    const scenario = asked()
    const before = scenario.effects.length
    scenario.approve(TWO)
    expect(scenario.releaseState().cases).toEqual([ONE])
    expect(scenario.releaseState().at).toBe(DATE)
    expect(scenario.caseState(TWO).em.is).toBe('active')
    expect(scenario.mails(before)).toEqual([
      'recipient-dropped north',
      'recipient-dropped south',
      'heads-up-corrected public',
      `slipped ${TWO}/r1`,
    ])
    const posts = scenario.effects.slice(before).filter(({ kind, event }) => kind === 'post' && event !== undefined)
    expect([...new Set(posts.map((effect) => effect.case))]).toEqual([TWO, ONE])
    published(scenario)
    expect(scenario.caseState(ONE).cs.public).toBe(DATE)
    expect(scenario.caseState(TWO).cs.public).toBeUndefined()
  })

  it('is taken out of the public heads-up by the same approval', () => {
    const scenario = asked(deliverMails(prenotifiedRelease()))
    const before = scenario.effects.length
    scenario.approve(TWO)
    expect(scenario.mails(before)).toContain('heads-up-corrected public')
    expect(scenario.releaseState().headsUp).toMatchObject({ count: 1 })
    expect(scenario.refused({ verb: 'prenotify.update', case: ONE, reason: 'because' }, person(ana))).toMatchObject({
      because: 'The recipients have the current patches and texts already.',
    })
  })

  it('is announced to a reporter who knew the date', () => {
    const scenario = prenotifiedRelease()
    scenario.wait(HOUR).does({ verb: 'reply.progress', case: TWO }, person(ana))
    const mail = scenario.effects.findLast(({ kind }) => kind === 'send-mail')
    if (mail?.kind !== 'send-mail') throw new Error('no mail')
    const outcome = { is: 'mail-accepted', letter: mail.letter, to: mail.to, messageId: '<u@example.org>' } as const
    scenario.does({ verb: 'record-outcome', stream: TWO, effect: mail.id, outcome })
    asked(scenario)
    const before = scenario.effects.length
    scenario.approve(TWO)
    expect(scenario.mails(before)).toContain(`slipped ${TWO}/r1`)
  })

  it('is not published while the question is open: the rest is published without it, and the question is void', () => {
    const scenario = published(asked())
    expect(scenario.caseState(ONE).cs.public).toBe(DATE)
    expect(scenario.caseState(TWO).cs.public).toBeUndefined()
    expect(scenario.caseState(TWO).em.is).toBe('active')
    expect(openIn(scenario, TWO)).toBe(0)
  })

  it('says until when a list with a limit keeps the case secret', () => {
    const scenario = prenotifiedRelease()
    const { prenotification } = scenario.policy
    const [first, ...others] = prenotification.lists
    if (first === undefined) throw new Error('the policy has a list')
    const lists = [{ ...first, kind: 'linux-distros' as const }, ...others]
    expect(scenario.preview(drop).sentences.join(' ')).not.toContain('keeps a secret')
    scenario.policy = { ...scenario.policy, prenotification: { ...prenotification, lists } }
    const until = new Date(later(scenario.releaseState().prenotifiedAt ?? DATE, 14 * DAY)).toISOString().slice(0, 10)
    expect(scenario.preview(drop).sentences).toContain(
      `${first.name} keeps a secret for at most 14 days, and that time ends on ${until}. Publish ${TWO} by then, or agree on a longer time with the list.`,
    )
  })

  it('loses a publication approved in advance as soon as the question is asked', () => {
    const scenario = prenotifiedRelease()
    scenario.now = later(DATE, -HOUR)
    scenario.request(disclose).approve(ONE)
    expect(scenario.releaseState().ahead?.cases).toContain(TWO)
    asked(scenario)
    expect(scenario.releaseState().ahead).toBeUndefined()
    expect(flagsOf(scenario.caseState(TWO))).toContain('frozen')
  })

  it('is frozen while it waits: nothing of it is sent before the answer', () => {
    const scenario = asked()
    scenario.now = DATE
    scenario.request({ verb: 'release.drop', case: ONE, reason: 'it is no vulnerability' })
    expect(scenario.refused({ ...disclose, shown: PREVIEW }, person(ben))).toMatchObject({ gate: 'frozen' })
  })

  it('offers to answer this request, even if a signal waits too', () => {
    const scenario = asked()
    const [{ id: approval } = {}] = scenario.caseState(TWO).approvals
    scenario.does({ verb: 'signal.attack', case: TWO, link: 'https://forum.example/1', shown: PREVIEW }, person(ana))
    expect(openIn(scenario, TWO)).toBe(2)
    const { liftedBy } = scenario.refused({ verb: 'disclose.interim', case: TWO, shown: PREVIEW }, person(ana))
    expect(liftedBy).toMatchObject([
      { verb: 'approve', approval },
      { verb: 'approve.no', approval },
    ])
  })

  it('stays in the release after a refusal', () => {
    const scenario = asked()
    scenario.does({ verb: 'approve.no', case: TWO, reason: 'the fix is right' }, person(ben))
    published(scenario)
    expect(scenario.caseState(TWO).cs.public).toBe(DATE)
  })

  it('cancels the release if it was the only case in it', () => {
    const scenario = asked()
    scenario.approve(TWO)
    const before = scenario.effects.length
    const last = { verb: 'release.drop', case: ONE, reason: 'it is no vulnerability' } as const
    expect(scenario.preview(last).sentences).toEqual([
      `Cancels the release of 2026-05-19T14:00:00.000Z, which carries no other case. ${ONE} goes on without a date.`,
    ])
    scenario.request(last).approve(ONE)
    expect(scenario.releaseState().is).toBe('cancelled')
    expect(scenario.mails(before)).toContain('heads-up-corrected public')
  })

  it('can leave at once, by one person, if it is public, because nobody outside keeps it secret', () => {
    const scenario = prenotifiedRelease()
    scenario.does({ verb: 'signal.public', case: TWO, link: 'https://forum.example/1', shown: PREVIEW }, person(ana))
    scenario.does({ verb: 'approve', case: TWO, shown: { ...PREVIEW, mails: [], digest: OTHER_HASH } }, person(ben))
    scenario.does({ verb: 'release.drop', case: TWO }, person(ana))
    expect(scenario.releaseState().cases).toEqual([ONE])
  })
})
