import { describe, expect, it } from 'vitest'
import { CveId } from '../../src/index.ts'
import type { CaseId, Effect } from '../../src/index.ts'
import { ana, ben, BLOB, OTHER_HASH, person } from '../fixtures/scenario.ts'
import {
  deliverMails,
  DATE,
  NEXT_WEEK,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  prenotifiedRelease,
  TWO,
  twoReadyCases,
} from '../fixtures/multi-case-scenario.ts'

const ID = CveId.parse('CVE-1900-0042')

/** The letters among the effects from number `since` on, each with its reader and the case that it is about. */
const lettersOf = (scenario: MultiCaseScenario, since = 0): readonly string[] =>
  scenario.effects
    .slice(since)
    .flatMap((effect: Effect) =>
      effect.kind === 'send-mail'
        ? [`${effect.letter} ${effect.to.kind === 'recipient' ? effect.to.recipient : effect.to.kind} ${effect.case}`]
        : [],
    )

/** The letters that are sent while `happens` runs. */
function after(scenario: MultiCaseScenario, happens: () => void): readonly string[] {
  const since = scenario.effects.length
  happens()
  return lettersOf(scenario, since)
}

const plan = { verb: 'release.plan', case: ONE, at: DATE } as const
const setCve = (scenario: MultiCaseScenario, id: CaseId) =>
  scenario.does({ verb: 'cve.set', case: id, cve: ID }, person(ana))

describe('the reporter', () => {
  it('hears the planned date when a release is planned, and when their case joins one', () => {
    const scenario = twoReadyCases()
    expect(after(scenario, () => scenario.does(plan, person(ana)))).toEqual([`planned-date report ${ONE}`])
    expect(
      after(scenario, () => scenario.does({ verb: 'release.add', case: TWO, release: RELEASE }, person(ana))),
    ).toEqual([`planned-date report ${TWO}`])
  })

  it('hears it when the pre-notification sets it', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main')
    scenario.does({ verb: 'prenotify', case: ONE, at: DATE, shown: PREVIEW }, person(ana))
    expect(after(scenario, () => scenario.approve(ONE))).toContain(`planned-date report ${ONE}`)
  })

  it('hears that the date no longer holds, even if nobody asked them anything since', () => {
    const scenario = twoReadyCases().plan(TWO)
    expect(after(scenario, () => scenario.does({ verb: 'release.drop', case: TWO }, person(ana)))).toEqual([
      `slipped report ${TWO}`,
    ])
    scenario.does({ verb: 'release.move', case: ONE, at: NEXT_WEEK, reason: 'the build', shown: PREVIEW }, person(ana))
    expect(after(scenario, () => scenario.approve(ONE))).toEqual([`slipped report ${ONE}`])
  })

  it('hears no date that was set before a version that names it', () => {
    const scenario = twoReadyCases().plan(TWO)
    const joined = scenario.states.get(TWO)
    if (joined?.kind !== 'case') throw new Error('no case')
    const { dateTold: _new, ...before } = joined
    scenario.states.set(TWO, before)
    expect(after(scenario, () => scenario.does({ verb: 'release.drop', case: TWO }, person(ana)))).toEqual([])
  })

  it('gets the public text to check once the fix is ready and the text is written, and again if the text changes', () => {
    const scenario = new MultiCaseScenario()
    expect(after(scenario, () => scenario.ready(ONE, 'main')).filter((one) => one.startsWith('public-text'))).toEqual([
      `public-text report ${ONE}`,
    ])
    const text = { verb: 'advisory', case: ONE, component: 'includes', impact: 'It reads any file.' } as const
    expect(after(scenario, () => scenario.does(text, person(ana)))).toEqual([`public-text report ${ONE}`])
  })

  it('gets no text to check while nobody knows whether the fix holds, and none of a case that stays unpublished', () => {
    const early = new MultiCaseScenario().assign(ONE, 'main')
    const text = { verb: 'advisory', case: ONE, component: 'includes', impact: 'It reads any file.' } as const
    expect(after(early, () => early.does(text, person(ana)))).toEqual([])
    const none = new MultiCaseScenario().ready(ONE, 'main', 'low')
    none.does({ verb: 'advisory.as', case: ONE, publication: 'none', reason: 'hardening' }, person(ana))
    expect(after(none, () => none.does({ ...text, impact: 'Other.' }, person(ana)))).toEqual([])
  })

  it('hears the CVE id when it is known, and that it is not used', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main')
    expect(after(scenario, () => setCve(scenario, ONE))).toEqual([`cve-id report ${ONE}`])
    const reject = { verb: 'cve.reject', case: ONE, reason: 'it was given twice' } as const
    expect(after(scenario, () => scenario.does(reject, person(ana)))).toEqual([`cve-id report ${ONE}`])
  })

  it('is not told about an id whose request failed', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main')
    scenario.does({ verb: 'cve.request', case: ONE }, person(ana))
    const reject = { verb: 'cve.reject', case: ONE, reason: 'they refused' } as const
    expect(after(scenario, () => scenario.does(reject, person(ana)))).toEqual([])
  })
})

describe('the reporter, after the publication,', () => {
  it('gets one mail with the links, if the advisory becomes public before they are thanked', () => {
    const scenario = deliverMails(prenotifiedRelease())
    scenario.now = DATE
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    const link = 'https://quillmark.example/security/1'
    const advisory = { verb: 'done.advisory-published', case: ONE, link } as const
    expect(after(scenario, () => scenario.does(advisory, person(ana)))).toEqual([])
  })

  it('hears where the advisory and the CVE record are', () => {
    const scenario = deliverMails(prenotifiedRelease())
    scenario.now = DATE
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    scenario.happens(RELEASE, { type: 'Disclosed' })
    setCve(scenario, ONE)
    const link = 'https://quillmark.example/security/1'
    const advisory = { verb: 'done.advisory-published', case: ONE, link } as const
    expect(after(scenario, () => scenario.does(advisory, person(ana)))).toEqual([`public-link report ${ONE}`])
    const page = 'https://www.cve.org/CVERecord?id=CVE-1900-1'
    const record = { verb: 'cve.published', case: ONE, link: page } as const
    expect(after(scenario, () => scenario.does(record, person(ana)))).toEqual([`public-link report ${ONE}`])
  })
})

describe('a recipient who holds patches', () => {
  it('hears the CVE id of their case when it comes', () => {
    const scenario = deliverMails(prenotifiedRelease())
    expect(after(scenario, () => setCve(scenario, TWO))).toEqual([
      `cve-id report ${TWO}`,
      `recipient-cve north ${TWO}`,
      `recipient-cve south ${TWO}`,
    ])
  })

  it('is not told about an id that arrives after the publication: the records name it', () => {
    const scenario = deliverMails(prenotifiedRelease())
    scenario.now = DATE
    scenario.does({ verb: 'disclose', case: ONE, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ana))
    scenario.does({ verb: 'approve', case: ONE, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ben))
    scenario.happens(RELEASE, { type: 'Disclosed' })
    expect(after(scenario, () => setCve(scenario, ONE))).toEqual([`cve-id report ${ONE}`])
  })
})
