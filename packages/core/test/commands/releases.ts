import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { instant, later, MessageId, PersonId, ReleaseId } from '../../src/index.ts'
import type { ReleaseRequest } from '../../src/events/case/release.ts'
import { ben, DAY, HOUR, policyOf, RELEASE } from '../fixtures/scenario.ts'
import {
  DATE,
  NEXT_WEEK,
  ONE,
  RELEASE as SHARED,
  MultiCaseScenario,
  prenotifiedRelease,
  TWO,
  withBranches,
} from '../fixtures/multi-case-scenario.ts'
import { BEGUN, CLOSED, LEAVING, UNDECIDED } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  requestAndApprove,
  confirmPublic,
  twoListPolicy,
  prenotifiedCase,
  publishedCase,
  readyCase,
  PREVIEW,
  describeAttack,
  twoProjects,
} from './states.ts'
import { removeAnaFromSecond, attachReportByAna, shortenSecondEmbargo, differentLeadTimes } from './two-cases.ts'

const SATURDAY = instant(Date.UTC(2026, 4, 16, 14, 0))
const TOO_SOON = instant(Date.UTC(2026, 4, 6, 14, 0))
const TOO_LATE = instant(Date.UTC(2026, 8, 1, 14, 0))

const plan = (at = RELEASE) => ({ verb: 'release.plan', case: ONE, at }) as const
const planned = (at = RELEASE) => after(readyCase(), plan(at))
const add = () => ({ verb: 'release.add', case: TWO, release: SHARED }) as const
const addFirst = () => ({ ...add(), case: ONE })
const drop = () => ({ verb: 'release.drop', case: ONE, reason: 'it is not ready', shown: PREVIEW }) as const
const move = (at = DATE) =>
  ({ verb: 'release.move', case: ONE, at, reason: 'a branch is late', shown: PREVIEW }) as const
const cancel = () => ({ verb: 'release.cancel', case: ONE, reason: 'the fix is not complete', shown: PREVIEW }) as const
const hold = () => ({ verb: 'hold', case: ONE, reason: 'the patch breaks login' }) as const
const TAKEN = MessageId.parse('mail-of-one')
const mailTaken = ({ recipient, automatic }: { recipient: string; automatic: boolean }) =>
  after(prenotifiedCase(), {
    verb: 'take-in-message',
    case: ONE,
    message: TAKEN,
    from: 'recipient',
    recipient: { list: 'distros', recipient },
    trust: 'nothing-proven',
    automatic,
  })
const acknowledged = (recipient = 'north') => ({ verb: 'log-answer.has-it', case: ONE, recipient }) as const

/** The interim advisory is out, because the vulnerability is public. The publication follows. */
const afterInterim = () => requestAndApprove(confirmPublic(readyCase()), { verb: 'disclose.interim', case: ONE })
const NO_DATE = { gate: 'fits-the-stage', because: 'The release of SEC-2026-0001 has no date.' } as const

const NO_RELEASE = { gate: 'fits-the-stage' } as const

/** The commands about a security release and its cases. */
export const RELEASES = {
  'release.plan': {
    given: readyCase,
    asks: () => plan(),
    then: ['ReleaseJoined', 'ReleasePlanned', 'CaseAdded', 'ReleaseScheduled'],
    again: { nothing: 'It is planned for 2026-05-12T14:00:00.000Z already.' },
    refused: [
      CLOSED,
      UNDECIDED,
      BEGUN,
      {
        when: 'it is in another',
        given: () => planned(DATE),
        gate: 'one-live-release',
        facts: { release: 'REL-SEC-2026-05-19' },
      },
      {
        when: 'the interim advisory is out',
        given: afterInterim,
        gate: 'one-live-release',
        facts: { release: 'REL-SEC-2026-0001-1' },
      },
      { when: 'it comes after the embargo', asks: () => plan(TOO_LATE), gate: 'inside-embargo' },
      { when: 'it comes too soon', asks: () => plan(TOO_SOON), gate: 'notice', facts: { needed: 7, given: 2 } },
      { when: 'it is past', asks: ({ now }) => plan(later(now, -DAY)), gate: 'date-ahead' },
      { when: 'it comes on a Saturday', asks: () => plan(SATURDAY), gate: 'hours' },
      {
        when: 'it was this morning, and nobody is promised a lead',
        given: () => {
          const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low')
          scenario.now = later(RELEASE, HOUR)
          return scenario
        },
        gate: 'date-ahead',
      },
      {
        asks: () => ({ ...plan(), releaser: PersonId.parse('zoe') }),
        because: 'Nobody of that name is in the policy.',
      },
      {
        given: () =>
          new MultiCaseScenario(policyOf('team', { ...withBranches, people: [ANA, BEN, CEM] })).ready(ONE, 'main'),
        asks: () => ({ ...plan(), releaser: PersonId.parse('cem') }),
        because: 'Publishing requires the role admin or team or releaser; Cem has observer.',
      },
      {
        given: () =>
          after(readyCase(), { verb: 'people.conflict', case: ONE, person: ben, reason: 'works for the vendor' }),
        asks: () => ({ ...plan(), releaser: ben }),
        because: 'Ben is not allowed to act in SEC-2026-0001, so they cannot publish it either.',
      },
    ],
  },
  'release.add': {
    given: () => new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2').plan(),
    asks: add,
    then: ['ReleaseJoined', 'CaseAdded'],
    again: { nothing: 'It is in REL-SEC-2026-05-19 already.' },
    refused: [
      { ...CLOSED, asks: addFirst },
      { ...UNDECIDED, asks: addFirst },
      { ...BEGUN, asks: addFirst },
      {
        when: 'it is in another',
        given: planned,
        asks: addFirst,
        gate: 'one-live-release',
        facts: { release: 'REL-SEC-2026-05-12' },
      },
      {
        when: 'it is settled that nothing of it is published',
        given: () =>
          after(new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2').plan(), {
            verb: 'advisory.as',
            case: TWO,
            publication: 'none',
            reason: 'the service alone had it',
          }),
        gate: 'fits-the-stage',
      },
      {
        when: 'the release should have gone, and nobody is promised a lead',
        given: () => {
          const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low').ready(TWO, '4.2', 'low').plan()
          scenario.now = later(DATE, HOUR)
          return scenario
        },
        gate: 'date-ahead',
      },
      {
        when: 'its embargo ends before',
        given: () => shortenSecondEmbargo(new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2').plan()),
        gate: 'inside-embargo',
      },
      {
        when: 'that comes too soon for it',
        given: () => {
          const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low').ready(TWO, '4.2').plan()
          scenario.now = later(DATE, -3 * DAY)
          return scenario
        },
        gate: 'notice',
        facts: { needed: 7, given: 3 },
      },
      {
        when: 'the release comes on a Saturday, which was waived for the other case',
        given: () => {
          const scenario = new MultiCaseScenario().ready(TWO, '4.2').ready(ONE, 'main')
          requestAndApprove(scenario, { verb: 'waive', case: ONE, rule: 'hours', at: SATURDAY, reason: 'a fair' })
          return after(scenario, plan(SATURDAY))
        },
        asks: () => ({ verb: 'release.add', case: TWO, release: ReleaseId.parse('REL-SEC-2026-05-16') }),
        gate: 'hours',
      },
      {
        when: 'there is no such release',
        given: readyCase,
        asks: addFirst,
        because: 'There is no release REL-SEC-2026-05-19.',
      },
      {
        given: () => {
          const scenario = readyCase(twoProjects)
          after(scenario, { verb: 'open', case: TWO, project: 'inkwell' })
          after(scenario, { verb: 'triage', case: TWO, disposition: 'valid', severity: 'high' })
          return after(scenario, { ...plan(DATE), case: TWO })
        },
        asks: addFirst,
        because: 'REL-SEC-2026-05-19 is a release of another project.',
      },
      {
        given: () => {
          const scenario = new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2').plan()
          scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
          return scenario
        },
        because: 'Recipients were told which cases are in REL-SEC-2026-05-19, so no other case can join it.',
      },
    ],
  },
  'release.drop': {
    given: prenotifiedRelease,
    asks: drop,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'Takes SEC-2026-0001 out of the release of 2026-05-19T14:00:00.000Z, which goes on with SEC-2026-0002.',
      'SEC-2026-0001 keeps its embargo, and has no date.',
    ],
    approved: ['ApprovalGiven', 'ReleaseLeft', 'CaseDropped'],
    afterwards: { gate: 'fits-the-stage' },
    refused: [
      BEGUN,
      { when: 'it is in none', given: readyCase, ...NO_RELEASE },
      { when: 'the interim advisory is out', given: afterInterim, ...NO_DATE },
      LEAVING,
      {
        given: prenotifiedCase,
        asks: () => ({ verb: 'release.drop', case: ONE, shown: PREVIEW }),
        because:
          'The recipients of REL-SEC-2026-0001-1 have the patches of SEC-2026-0001, and must be told why it leaves the release.',
      },
    ],
  },
  'release.move': {
    given: prenotifiedCase,
    asks: () => move(),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: ['Moves the release from 2026-05-12T14:00:00.000Z to 2026-05-19T14:00:00.000Z.'],
    approved: ['ApprovalGiven', 'ReleaseRescheduled'],
    afterwards: { nothing: 'The release is planned for 2026-05-19T14:00:00.000Z already.' },
    refused: [
      BEGUN,
      { when: 'it is in none', given: readyCase, ...NO_RELEASE },
      {
        when: 'they reported another case of the release',
        given: attachReportByAna,
        asks: () => move(NEXT_WEEK),
        gate: 'not-the-reporter',
        facts: { case: TWO },
      },
      {
        when: 'they are not on another case of the release',
        given: removeAnaFromSecond,
        asks: () => move(NEXT_WEEK),
        gate: 'on-the-case',
        facts: { case: TWO },
      },
      LEAVING,
      { when: 'it comes after the embargo', asks: () => move(TOO_LATE), gate: 'inside-embargo' },
      {
        when: 'it comes after the embargo of another case',
        given: shortenSecondEmbargo,
        asks: () => move(NEXT_WEEK),
        gate: 'inside-embargo',
        facts: { case: TWO },
      },
      {
        when: 'it comes too soon',
        given: planned,
        asks: () => move(TOO_SOON),
        gate: 'notice',
        facts: { needed: 7, given: 2 },
      },
      {
        when: 'it comes too soon for another case',
        given: differentLeadTimes,
        asks: () => move(later(DATE, DAY)),
        gate: 'notice',
        facts: { needed: 7, given: 4, case: TWO },
      },
      { when: 'it comes on a Saturday', asks: () => move(SATURDAY), gate: 'hours' },
      {
        when: 'it is past',
        given: () => prenotifiedCase().wait(10 * DAY),
        asks: () => move(later(RELEASE, DAY)),
        gate: 'date-ahead',
      },
    ],
  },
  'release.cancel': {
    given: prenotifiedCase,
    asks: cancel,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: ['Cancels the release of 2026-05-12T14:00:00.000Z. SEC-2026-0001 goes on without a date.'],
    approved: ['ApprovalGiven', 'ReleaseLeft', 'ReleaseCancelled'],
    afterwards: { gate: 'fits-the-stage' },
    refused: [
      BEGUN,
      { when: 'it is in none', given: readyCase, ...NO_RELEASE },
      {
        when: 'they reported another case of the release',
        given: attachReportByAna,
        gate: 'not-the-reporter',
        facts: { case: TWO },
      },
      {
        when: 'they are not on another case of the release',
        given: removeAnaFromSecond,
        gate: 'on-the-case',
        facts: { case: TWO },
      },
      LEAVING,
    ],
  },
  'release.notes': {
    given: prenotifiedCase,
    asks: () => ({ verb: 'release.notes', case: ONE }) as const,
    then: ['ReleaseNotesGiven'],
    again: { nothing: 'The notes have not changed.' },
    refused: [
      { when: 'it is in no release', given: readyCase, ...NO_RELEASE },
      { when: 'the publication has begun', given: publishedCase, gate: 'publication-not-begun' },
      {
        when: 'they reported another case of the release',
        given: attachReportByAna,
        gate: 'not-the-reporter',
        facts: { case: TWO },
      },
      {
        when: 'they are not on another case of the release',
        given: removeAnaFromSecond,
        gate: 'on-the-case',
        facts: { case: TWO },
      },
      { when: 'a sentence shows how to attack', given: () => describeAttack(prenotifiedCase()), gate: 'wording' },
      {
        when: 'a sentence of another case shows how to attack',
        given: () => describeAttack(prenotifiedRelease(), TWO),
        gate: 'wording',
        facts: { case: TWO },
      },
    ],
  },
  hold: {
    given: prenotifiedCase,
    asks: hold,
    then: ['ReleaseHeld'],
    again: { nothing: 'The release is on hold already.' },
    refused: [
      { when: 'it is in no release', given: readyCase, ...NO_RELEASE },
      { when: 'the release is published', given: publishedCase, ...NO_RELEASE },
    ],
  },
  'hold.off': {
    given: () => after(prenotifiedCase(), hold()),
    asks: () => ({ verb: 'hold.off', case: ONE, shown: PREVIEW }) as const,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'Lets the release of SEC-2026-0001 go on.',
      'The reason for the hold: the patch breaks login',
      'This does not send the mails that waited: send each again with settle. A publication that was to begin automatically must be approved again.',
    ],
    approved: ['ApprovalGiven', 'ReleaseResumed'],
    afterwards: { gate: 'fits-the-stage' },
    refused: [
      { when: 'nobody holds it', given: prenotifiedCase, ...NO_RELEASE },
      {
        when: 'they reported another case of the release',
        given: () => after(attachReportByAna(), hold(), ben),
        gate: 'not-the-reporter',
        facts: { case: TWO },
      },
      {
        when: 'they are not on another case of the release',
        given: () => after(removeAnaFromSecond(), hold()),
        gate: 'on-the-case',
        facts: { case: TWO },
      },
    ],
  },
  'log-answer.has-it': {
    given: prenotifiedCase,
    asks: () => acknowledged(),
    then: ['PrenotificationAcknowledged'],
    again: { nothing: 'That was recorded already.' },
    refused: [
      { when: 'it is in none', given: readyCase, ...NO_RELEASE },
      { given: planned, because: 'Nobody called north was pre-notified.' },
      { asks: () => acknowledged('west'), because: 'Nobody called west was pre-notified.' },
      { given: () => prenotifiedCase(twoListPolicy), because: 'north is on several lists.' },
      {
        asks: () => ({ ...acknowledged(), message: MessageId.parse('none') }),
        because: 'That mail is not in this case.',
      },
      {
        given: () => mailTaken({ recipient: 'south', automatic: false }),
        asks: () => ({ ...acknowledged(), message: TAKEN }),
        because: 'That mail did not come to the reply address of north.',
      },
      {
        given: () => mailTaken({ recipient: 'north', automatic: true }),
        asks: () => ({ ...acknowledged(), message: TAKEN }),
        because: 'A program wrote that mail, so it does not show whether north has the pre-notification.',
      },
    ],
  },
} satisfies { readonly [V in Exclude<ReleaseRequest['verb'], 'prenotify' | 'prenotify.update' | 'disclose'>]: Row<V> }
