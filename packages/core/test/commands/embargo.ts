import { instant, later } from '../../src/index.ts'
import type { EmbargoRequest } from '../../src/events/case/embargo.ts'
import { ben, DAY, START } from '../fixtures/scenario.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import { CLOSED } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  confirmAttacks,
  deferredCase,
  internalCase,
  cancelledReleaseCase,
  continueInPublic,
  confirmPublic,
  logAnswer,
  receiveMail,
  prenotifiedCase,
  readyCase,
  receivedCase,
  PREVIEW,
  twoAdmins,
  requestAndApprove,
  expireEmbargo,
} from './states.ts'

const days = (count: number) => later(START, count * DAY)
const propose = (end = days(110)) => ({ verb: 'embargo.until', case: ONE, end, reason: 'a rewrite' }) as const
const extend = (end = days(150)) =>
  ({ verb: 'embargo.extend', case: ONE, end, reason: 'a rewrite', shown: PREVIEW }) as const
const terminate = (reason: 'attacks' | 'leak' | 'unreachable' = 'attacks') =>
  ({ verb: 'embargo.end', case: ONE, reason, text: 'people must act', shown: PREVIEW }) as const

/** The latest end of the embargo that reporter and team may agree on without admins. */
const LATEST = instant(Date.UTC(2026, 8, 1, 23, 59))
/** The reporter proposed a date by mail, and Ana logged it. */
const named = (end = days(100), scenario = receivedCase()) =>
  logAnswer(receiveMail(scenario), { about: 'embargo-date', end })
const proposed = (scenario = receivedCase()) => after(scenario, propose())
/** The reporter answered whether the case may continue in public. */
const willing = (agreed = true, scenario = receivedCase()) =>
  logAnswer(receiveMail(scenario), { about: 'open', agreed })

/** Two admins extended the embargo of a case without a reporter, so nobody else had to agree. */
const extendedSoFar = () => requestAndApprove(internalCase(twoAdmins), extend())

/** The commands about the embargo. */
export const EMBARGO = {
  'embargo.until': {
    given: receivedCase,
    asks: () => propose(),
    then: ['EmbargoProposed'],
    again: { nothing: 'This is proposed already.' },
    refused: [
      CLOSED,
      { when: 'it is public', given: () => confirmPublic(receivedCase()), gate: 'nothing-public' },
      {
        when: 'attacks are observed',
        given: () => confirmAttacks(receivedCase()),
        gate: 'nothing-public',
        because: 'Attacks are observed, so there is no embargo to agree on.',
      },
      { when: 'it rests', given: deferredCase, gate: 'fits-the-stage' },
      {
        when: 'people went on in public',
        given: () => continueInPublic(receivedCase()),
        gate: 'fits-the-stage',
        facts: { reason: 'opened' },
      },
      {
        when: 'it is longer than they agree on alone',
        asks: () => propose(days(121)),
        gate: 'embargo-cap',
        facts: { end: days(121), latest: LATEST },
      },
      { asks: () => propose(days(-1)), because: '2026-05-03T09:00:00.000Z is past.' },
      { given: () => named(days(110)), because: 'The reporter proposed this date.' },
    ],
    noted: [
      {
        when: 'it ends then already',
        asks: () => propose(days(90)),
        nothing: 'The embargo already ends at that time.',
      },
    ],
  },
  'embargo.accept': {
    given: named,
    asks: () => ({ verb: 'embargo.accept', case: ONE }),
    then: ['EmbargoAccepted'],
    again: { because: 'No date waits for an answer.' },
    refused: [
      CLOSED,
      { when: 'it is public', given: () => confirmPublic(receivedCase()), gate: 'nothing-public' },
      { when: 'it rests', given: deferredCase, gate: 'fits-the-stage' },
      {
        given: proposed,
        gate: 'other-side',
        because: 'The team proposed this date, so the reporter is the one who accepts it.',
      },
      {
        given: () => proposed(internalCase()),
        gate: 'other-side',
        because: 'You proposed this date, and nobody accepts their own proposal.',
      },
      {
        when: 'it is longer than they agree on alone',
        given: () => named(days(121)),
        gate: 'embargo-cap',
        facts: { end: days(121), latest: LATEST },
      },
      { given: receivedCase, because: 'No date waits for an answer.' },
      { given: () => named(days(2)).wait(3 * DAY), because: 'The proposed end, 2026-05-06T09:00:00.000Z, is past.' },
      {
        given: () => named(days(105), named()),
        asks: () => ({ verb: 'embargo.accept', case: ONE, end: days(100) }),
        because: 'Another date is proposed now: 2026-08-17T09:00:00.000Z.',
      },
    ],
  },
  'embargo.reject': {
    given: named,
    asks: () => ({ verb: 'embargo.reject', case: ONE, reason: 'the fix takes longer' }),
    then: ['EmbargoRejected'],
    again: { because: 'No date waits for an answer.' },
    refused: [
      CLOSED,
      { given: receivedCase, because: 'No date waits for an answer.' },
      {
        given: () => named(days(105), named()),
        asks: () => ({ verb: 'embargo.reject', case: ONE, reason: 'the fix takes longer', end: days(100) }),
        because: 'Another date is proposed now: 2026-08-17T09:00:00.000Z.',
      },
    ],
  },
  'embargo.extend': {
    given: () => receivedCase(twoAdmins),
    asks: () => extend(),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'The embargo is to end 2026-10-01T09:00:00.000Z, because: a rewrite',
      'The reporter and the team cannot agree on this end alone: it is later than the policy lets them agree on, or no reporter answers. Two admins must approve it.',
    ],
    approved: ['ApprovalGiven', 'EmbargoProposed'],
    afterwards: { nothing: 'This is proposed already, and the reporter is asked.' },
    refused: [
      CLOSED,
      { when: 'it is public', given: () => confirmPublic(receivedCase()), gate: 'nothing-public' },
      { when: 'it rests', given: deferredCase, gate: 'fits-the-stage' },
      {
        asks: () => extend(days(110)),
        gate: 'embargo-cap',
        because: 'The reporter and the team can agree on that end without admins.',
      },
      {
        given: receivedCase,
        by: ben,
        gate: 'embargo-cap',
        because: 'An embargo that long takes two admins, and you are not an admin.',
      },
      {
        given: () => expireEmbargo(internalCase()),
        asks: () => extend(days(1)),
        because: '2026-05-05T09:00:00.000Z is past.',
      },
    ],
    noted: [
      {
        when: 'it ends then already',
        given: extendedSoFar,
        asks: () => extend(),
        nothing: 'The embargo already ends at that time.',
      },
    ],
  },
  'embargo.open': {
    given: willing,
    asks: () => ({ verb: 'embargo.open', case: ONE }),
    then: ['EmbargoExited'],
    again: { gate: 'embargo-active', facts: { embargo: 'exited' } },
    refused: [
      CLOSED,
      {
        when: 'none is in force',
        given: () => confirmPublic(receivedCase()),
        gate: 'embargo-active',
        facts: { embargo: 'exited' },
      },
      {
        given: prenotifiedCase,
        gate: 'one-live-release',
        because: 'Recipients were told under this embargo, which binds them until the release.',
      },
      { when: 'recipients hold its patches', given: cancelledReleaseCase, gate: 'one-live-release' },
      {
        given: receivedCase,
        gate: 'other-side',
        because: 'The reporter has not agreed to continue in public.',
      },
      {
        given: internalCase,
        gate: 'other-side',
        because: 'No reporter can be reached, so nobody can be asked whether to continue in public.',
      },
      { given: () => willing(false), gate: 'other-side', because: 'The reporter does not want to continue in public.' },
    ],
  },
  'embargo.end': {
    given: () => confirmAttacks(readyCase()),
    asks: () => terminate(),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'The embargo ends at once, because attacks are observed: people must act',
      'The reporter and every recipient who was told of the case, except one suspected of a leak, hear of it by mail. Nothing is published by this.',
    ],
    approved: ['ApprovalGiven', 'EmbargoExited'],
    afterwards: { gate: 'embargo-active', facts: { embargo: 'exited' } },
    refused: [
      CLOSED,
      {
        when: 'none is in force',
        given: () => confirmPublic(receivedCase()),
        gate: 'embargo-active',
        facts: { embargo: 'exited' },
      },
      {
        given: readyCase,
        gate: 'reason-holds',
        because: 'No attacks are recorded. An embargo can be ended early only because of a fact in the log.',
      },
      {
        asks: () => terminate('leak'),
        gate: 'reason-holds',
        because: 'No leak is recorded. An embargo can be ended early only because of a fact in the log.',
      },
      {
        asks: () => terminate('unreachable'),
        gate: 'reason-holds',
        because:
          'A reporter can be reached and asked whether to continue in public. An embargo can be ended early only because of a fact in the log.',
      },
      {
        when: 'nothing forces it, and recipients hold its patches',
        given: cancelledReleaseCase,
        asks: () => terminate('unreachable'),
        gate: 'one-live-release',
      },
    ],
  },
} satisfies { readonly [V in EmbargoRequest['verb']]: Row<V> }
