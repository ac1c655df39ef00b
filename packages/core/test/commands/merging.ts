import { ReportId } from '../../src/index.ts'
import type { MergingRequest } from '../../src/events/case/merging.ts'
import { separatedCaseApproved } from '../fixtures/report-moved-home.ts'
import { HOUR } from '../fixtures/scenario.ts'
import { DATE, ONE, MultiCaseScenario, THREE, TWO } from '../fixtures/multi-case-scenario.ts'
import { AHEAD, BEGUN, CLOSED, WAITED_FOR } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  earlyApprovedCase,
  endOf,
  cancelledReleaseCase,
  publishedCase,
  receivedCase,
  PREVIEW,
  signalPublic,
  twoProjects,
} from './states.ts'

/** Case TWO was opened an hour before case ONE. */
const later = () => new MultiCaseScenario().open(TWO).wait(HOUR).open(ONE)
const duplicate = (scenario: MultiCaseScenario) =>
  ({ verb: 'triage.duplicate', case: ONE, of: TWO, end: endOf(scenario, TWO) }) as const
const ofNothing = () => ({ verb: 'triage.duplicate', case: ONE, of: TWO, end: 'none' }) as const
const open = () => ({ verb: 'open', case: ONE, project: 'quillmark', note: 'found while reading the loader' }) as const
const split = (report = 'SEC-2026-0001/r1') =>
  ({
    verb: 'open.report',
    case: ONE,
    report: ReportId.parse(report),
    into: THREE,
    project: 'quillmark',
    reason: 'it tells of the parser besides',
  }) as const

/** Requests that open a case without a mail, and requests that move a report to another case. */
export const MERGING = {
  open: {
    given: () => new MultiCaseScenario(),
    asks: open,
    then: [
      'CaseOpened',
      'VendorAware',
      'PersonInvited',
      'PersonInvited',
      'CaseAcknowledged',
      'CoordinatorSet',
      'EmbargoProposed',
      'EmbargoAccepted',
    ],
    again: { nothing: 'SEC-2026-0001 is open already.' },
    atOnce: {
      events: [
        'CaseOpened',
        'VendorAware',
        'PersonInvited',
        'PersonInvited',
        'CaseAcknowledged',
        'CoordinatorSet',
        'EmbargoProposed',
        'EmbargoAccepted',
      ],
      why: 'two people may have found two things, and one case is merged into the other where it is one',
    },
    asksAtOnce: () => ({ ...open(), case: TWO }),
    refused: [
      { asks: () => ({ ...open(), project: 'inkwell' }), because: 'The policy has no project "inkwell".' },
      { asks: () => ({ ...open(), follows: TWO }), because: 'There is no such case, or you do not work on it.' },
      {
        given: () => new MultiCaseScenario().open(TWO),
        asks: () => ({ ...open(), follows: TWO }),
        because: 'SEC-2026-0002 is not public, so a problem with its fix belongs in that case.',
      },
    ],
  },
  'triage.duplicate': {
    given: later,
    asks: duplicate,
    then: [
      'DispositionSet',
      'CaseDeferred',
      'ReportMoved',
      'EmbargoExited',
      'CasesMerged',
      'CaseClosed',
      'ReportJoined',
      'MessageMoved',
      'CasesMerged',
    ],
    again: { nothing: 'It is merged into SEC-2026-0002 already.' },
    refused: [
      { ...CLOSED, asks: ofNothing },
      { ...BEGUN, asks: ofNothing },
      { ...WAITED_FOR, asks: ofNothing },
      {
        given: cancelledReleaseCase,
        asks: ofNothing,
        gate: 'fits-the-stage',
        because: 'Recipients have patches of this case, and were asked to keep them secret.',
      },
      { ...AHEAD, asks: ofNothing },
      {
        asks: () => ({ verb: 'triage.duplicate', case: ONE, of: ONE, end: 'none' }),
        gate: 'earlier-and-open',
        because: 'A case cannot be a duplicate of itself.',
      },
      {
        asks: () => ({ verb: 'triage.duplicate', case: ONE, of: THREE, end: 'none' }),
        gate: 'earlier-and-open',
        because: 'There is no such case, or you do not work on it.',
      },
      {
        when: 'the earlier case is closed',
        given: () => after(later(), { verb: 'triage', case: TWO, disposition: 'spam' }),
        asks: ofNothing,
        gate: 'earlier-and-open',
        because: 'SEC-2026-0002 is closed.',
      },
      {
        given: () => publishedCase().open(TWO),
        asks: () => ({ verb: 'triage.duplicate', case: TWO, of: ONE, end: 'none' }),
        gate: 'earlier-and-open',
        because: 'SEC-2026-0001 is published, and its texts and credits are frozen.',
      },
      {
        asks: () => ({ verb: 'triage.duplicate', case: TWO, of: ONE, end: 'none' }),
        gate: 'earlier-and-open',
        because: 'SEC-2026-0001 came later than this case.',
      },
      {
        given: () =>
          after(later(), { verb: 'signal.public', case: TWO, link: 'https://forum.example/1', shown: PREVIEW }),
        gate: 'frozen',
        because: 'A signal on SEC-2026-0002 waits for a second person.',
      },
      {
        when: 'a signal waits here',
        given: () =>
          after(later(), { verb: 'signal.public', case: ONE, link: 'https://forum.example/1', shown: PREVIEW }),
        gate: 'frozen',
        facts: { signal: 'public' },
      },
      {
        given: () => {
          const scenario = after(later(), {
            verb: 'signal.public',
            case: ONE,
            link: 'https://forum.example/1',
            shown: PREVIEW,
          })
          scenario.approve(ONE)
          return scenario
        },
        gate: 'signal-counts',
        because:
          'It is confirmed in this case that the vulnerability is public, but nobody has said so in SEC-2026-0002.',
      },
      {
        when: 'the publication of the earlier case is approved ahead',
        given: () => earlyApprovedCase().open(TWO),
        asks: () => ({ verb: 'triage.duplicate', case: TWO, of: ONE, end: 'none' }),
        gate: 'frozen',
        facts: { case: ONE },
      },
      {
        given: () => {
          const scenario = later()
          after(scenario, { verb: 'triage', case: ONE, disposition: 'valid', severity: 'high' })
          return after(scenario, { verb: 'release.plan', case: ONE, at: DATE })
        },
        because: 'The case is in a release that is planned.',
      },
      { asks: ofNothing, because: 'The effect of the merge has changed since the preview.' },
    ],
  },
  'open.report': {
    given: receivedCase,
    asks: () => split(),
    then: [
      'CaseSplit',
      'CaseOpened',
      'VendorAware',
      'PersonInvited',
      'PersonInvited',
      'CoordinatorSet',
      'EmbargoProposed',
      'EmbargoAccepted',
      'ReportJoined',
      'MessageMoved',
      'CaseLinked',
    ],
    again: { nothing: 'That report was already split off for this reason, as SEC-2026-0003.' },
    refused: [
      CLOSED,
      BEGUN,
      WAITED_FOR,
      AHEAD,
      {
        when: 'it would end, since its only report is for another project, and a signal waits',
        given: () => signalPublic(receivedCase(twoProjects)),
        asks: () => ({ ...split(), project: 'inkwell' }),
        gate: 'frozen',
        facts: { signal: 'public' },
      },
      {
        when: 'the publication of the case that it goes home to is approved ahead',
        given: separatedCaseApproved,
        asks: () => split('SEC-2026-0001/r3'),
        gate: 'frozen',
        facts: { case: TWO },
      },
      { asks: () => split('SEC-2026-0001/r7'), because: 'The case has no such report.' },
      {
        asks: () => {
          const { into: _none, ...without } = split()
          return without
        },
        because: 'The new case has no number.',
      },
      { asks: () => ({ ...split(), project: 'inkwell' }), because: 'The policy has no project "inkwell".' },
    ],
  },
} satisfies { readonly [V in MergingRequest['verb']]: Row<V> }
