import { describe, expect, it } from 'vitest'
import {
  BranchName,
  CaseId,
  CveId,
  DAY,
  EffectId,
  HOUR,
  isoInstant,
  later,
  retrospectiveOf,
  MessageId,
  ReleaseId,
  ReportId,
} from '../../src/index.ts'
import type { Event, Instant, PersonRequest, RecordedEvent, StreamId } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, RELEASE, Scenario, START } from '../fixtures/scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const ONE = ReportId.parse('SEC-2026-0042-report-1')
const SIGNAL = 'SEC-2026-0042/s1'
const CVE = CveId.parse('CVE-1900-0001')
const retro: PersonRequest = { verb: 'retro', case: CASE, rootCause: 'names were joined before they were checked' }
const disclosed = () => {
  const scenario = new Scenario().untilPrenotified(RELEASE)
  scenario.now = RELEASE
  scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
  scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
  return scenario
}

describe('looking back', () => {
  it('collects the events in order, and how the promises were kept', () => {
    const scenario = disclosed()
    const seen = retrospectiveOf(scenario.policy, scenario.world, scenario.log)
    expect(seen?.timeline.map(({ what }) => what)).toEqual([
      'came in',
      'embargo until 2026-08-02T09:00:00.000Z',
      'acknowledged',
      'severity rated',
      'decided what it is',
      'accepted',
      'patch submitted',
      'patch verified',
      'fix ready',
      'pre-notification approved',
      'embargo over',
      'published',
    ])
    expect(seen?.promises.map(({ said, due, at }) => [said, at !== undefined && at <= due])).toEqual([
      ['acknowledged', true],
      ['valid or not', true],
      ['fix ready', true],
      ['disclosed', true],
    ])
    expect(seen).toMatchObject({ cwe: 'CWE-22', waivers: [], nearMisses: [] })
  })

  it('names the mails that bounced, and not those that were late', () => {
    const scenario = new Scenario().untilPatch()
    const mail = scenario.effects.find((effect) => effect.kind === 'send-mail' && effect.letter === 'acknowledgment')
    if (mail?.kind !== 'send-mail') throw new Error('nobody is mailed')
    const { letter, to, id: effect } = mail
    for (const [kind, status] of [
      ['delayed', '4.4.1'],
      ['hard', '5.1.1'],
    ] as const)
      scenario.does({
        verb: 'record-bounce',
        case: CASE,
        of: CASE,
        effect,
        letter,
        to,
        kind,
        status,
        message: MessageId.parse(`bounce-${kind}`),
      })
    expect(retrospectiveOf(scenario.policy, scenario.world, scenario.log)?.nearMisses.map(({ what }) => what)).toEqual([
      'a mail bounced (acknowledgment): no such mailbox is there (5.1.1)',
    ])
  })

  const logged = (log: readonly RecordedEvent[], stream: StreamId, event: Event, at: Instant): RecordedEvent => {
    const [first] = log
    if (first === undefined) throw new Error('nothing was logged')
    return { ...first, stream, event, at }
  }
  const OTHER = CaseId.parse('SEC-2026-0044')
  const FIRST = ReleaseId.parse('REL-2026-0007')
  const MINE = { kind: 'person', person: ana } as const
  const ask = { branch: BranchName.parse('main'), sha256: OTHER_HASH }
  const MOVED = { was: RELEASE, at: later(RELEASE, 7 * DAY) }

  it.each<[StreamId, Event, 'timeline' | 'nearMisses', string]>([
    [
      CASE,
      { type: 'ChangesRequested', ...ask, by: MINE, reason: 'x' },
      'timeline',
      'changes requested to the patch for main',
    ],
    [CASE, { type: 'CasesMerged', with: OTHER, as: 'into', reports: [] }, 'timeline', 'merged into SEC-2026-0044'],
    [CASE, { type: 'CasesMerged', with: OTHER, as: 'from', reports: [] }, 'timeline', 'took over SEC-2026-0044'],
    [
      CASE,
      { type: 'CaseSplit', report: ONE, into: OTHER, as: ONE, reason: 'x' },
      'timeline',
      'a report became SEC-2026-0044',
    ],
    [
      CASE,
      { type: 'EmbargoAccepted', proposal: 'p', by: 'reporter', end: RELEASE },
      'timeline',
      `embargo until ${isoInstant(RELEASE)}`,
    ],
    [CASE, { type: 'CveAssigned', cve: CVE }, 'timeline', 'CVE id assigned: CVE-1900-0001'],
    [CASE, { type: 'CvePublished', cve: CVE, link: 'https://cve.example/1' }, 'timeline', 'CVE record published'],
    [CASE, { type: 'CveRejected', reason: 'x' }, 'timeline', 'the CVE id was rejected, or none is needed'],
    [
      FIRST,
      { type: 'InterimDisclosed', case: CASE, digest: OTHER_HASH, mails: [] },
      'timeline',
      'interim advisory approved',
    ],
    [
      FIRST,
      { type: 'ReleaseRescheduled', ...MOVED },
      'nearMisses',
      `the release was moved from ${isoInstant(MOVED.was)} to ${isoInstant(MOVED.at)}`,
    ],
    [CASE, { type: 'LeakSuspected', signal: SIGNAL }, 'timeline', 'details got out'],
    [CASE, { type: 'LeakSuspected', signal: SIGNAL }, 'nearMisses', 'details got out under embargo'],
    [CASE, { type: 'ExploitPublic', signal: SIGNAL }, 'nearMisses', 'an exploit was public before we published'],
    [CASE, { type: 'VulnerabilityPublic', because: 'signal' }, 'nearMisses', 'it was public before we published'],
    [FIRST, { type: 'ReleaseCancelled', reason: 'x' }, 'nearMisses', 'the release was cancelled'],
    [CASE, { type: 'ReleaseLeft', release: FIRST }, 'nearMisses', 'the case left its release'],
  ])('describes the outcome of %s %j', (stream, event, where, what) => {
    const scenario = new Scenario().untilPatch()
    const at = scenario.now
    const log = [
      ...scenario.log,
      logged(scenario.log, CASE, { type: 'ReleaseJoined', release: FIRST }, at),
      logged(scenario.log, stream, event, later(at, HOUR)),
    ]
    expect(retrospectiveOf(scenario.policy, scenario.world, log)?.[where].at(-1)).toEqual({ at: later(at, HOUR), what })
  })

  it('does not mention a release for the time when the case was not in it, nor another of its cases', () => {
    const scenario = new Scenario().untilPatch()
    const at = scenario.now
    const moved: Event = { type: 'ReleaseRescheduled', ...MOVED }
    const log = [
      ...scenario.log,
      logged(scenario.log, FIRST, moved, at),
      logged(scenario.log, CASE, { type: 'ReleaseJoined', release: FIRST }, later(at, HOUR)),
      logged(
        scenario.log,
        FIRST,
        { type: 'InterimDisclosed', case: OTHER, digest: OTHER_HASH, mails: [] },
        later(at, HOUR),
      ),
      logged(scenario.log, CASE, { type: 'ReleaseLeft', release: FIRST }, later(at, 2 * HOUR)),
      logged(scenario.log, FIRST, moved, later(at, 3 * HOUR)),
    ]
    const seen = retrospectiveOf(scenario.policy, scenario.world, log)
    expect(seen?.timeline.filter(({ at: when }) => when > at)).toEqual([])
    expect(seen?.nearMisses.map(({ what }) => what)).toEqual(['the case left its release'])
  })

  it('names no promise that nobody made: a reply names no next word, and nothing does after the publication', () => {
    const scenario = new Scenario().opens()
    const mail = {
      type: 'MailAccepted',
      effect: EffectId.parse('x'),
      to: `report:${ONE}`,
      messageId: '<m@x.example>',
    } as const
    const after = (days: number, event: Event) => logged(scenario.log, CASE, event, later(START, days * DAY))
    const log = [
      ...scenario.log,
      after(1, { ...mail, letter: 'reply' }),
      after(40, { ...mail, letter: 'reply' }),
      after(80, { type: 'Disclosed' }),
      after(80, { ...mail, letter: 'thanks' }),
      after(120, { ...mail, letter: 'reply' }),
    ]
    const missed = retrospectiveOf(scenario.policy, scenario.world, log)?.nearMisses.map(({ what }) => what)
    expect(missed).not.toContain('a promise was missed: the reporter should have heard from us')
  })

  it('names a promise to the reporter that was missed: the first answer, and a word in time', () => {
    const scenario = new Scenario().opens().wait(3 * DAY)
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    const mails = scenario.effects.flatMap((effect) =>
      effect.kind === 'send-mail' && effect.letter === 'acknowledgment' ? [effect] : [],
    )
    const [mail] = mails
    if (mail === undefined) throw new Error('nobody is mailed')
    const accepted = { letter: mail.letter, to: mail.to, messageId: '<m@quillmark.example>' }
    const taken = () =>
      scenario.does({
        verb: 'record-outcome',
        stream: CASE,
        effect: mail.id,
        outcome: { is: 'mail-accepted', ...accepted },
      })
    taken()
    scenario.wait(13 * DAY)
    taken()
    scenario.wait(20 * DAY)
    taken()
    const missed = retrospectiveOf(scenario.policy, scenario.world, scenario.log)?.nearMisses
    expect(missed?.filter(({ what }) => !what.endsWith('valid or not'))).toEqual([
      { at: later(START, DAY), what: 'a promise was missed: acknowledged' },
      { at: later(START, 30 * DAY), what: 'a promise was missed: the reporter should have heard from us' },
    ])
  })

  it('names the near misses', () => {
    const scenario = new Scenario().untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    scenario.does({ verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' }, person(ben))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(retrospectiveOf(scenario.policy, scenario.world, scenario.log)?.nearMisses.map(({ what }) => what)).toEqual([
      'a ready fix was withdrawn: main',
      'an approval became void: The patch for main has no verification.',
    ])
  })
})

describe('a retrospective', () => {
  it('is recorded once for the same words, and is replaced by a later one', () => {
    const scenario = disclosed()
    expect(scenario.does(retro, person(ana))).toEqual(['RetrospectiveRecorded'])
    expect(scenario.does(retro, person(ben))).toEqual([])
    expect(scenario.does({ ...retro, change: 'names are checked by a type' }, person(ben))).toEqual([
      'RetrospectiveRecorded',
    ])
    expect(scenario.world.case?.retrospective).toMatchObject({ change: 'names are checked by a type' })
  })
})
