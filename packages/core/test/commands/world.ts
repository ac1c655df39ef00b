import { BEGUN, CLOSED, UNDECIDED } from './common.ts'
import type { Row } from './row.ts'
import type { WorldRequest } from '../../src/events/case/world.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import {
  requestDrop,
  after,
  requestAndApprove,
  deferredCase,
  confirmPublic,
  patchedCase,
  prenotifiedCase,
  readyCase,
  PREVIEW,
  withoutLists,
  describeAttack,
} from './states.ts'

const LINK = 'https://forum.example/thread/1'
const seenPublic = () => ({ verb: 'signal.public', case: ONE, link: LINK, shown: PREVIEW }) as const
const exploit = () => ({ verb: 'signal.exploit', case: ONE, link: LINK, shown: PREVIEW }) as const
const attack = () => ({ verb: 'signal.attack', case: ONE, shown: PREVIEW }) as const
const leak = () => ({ verb: 'signal.leak', case: ONE, text: 'a mirror had it', shown: PREVIEW }) as const
/** Details leaked, and two people ended the embargo because of that. */
const endedByLeak = () =>
  requestAndApprove(requestAndApprove(readyCase(), leak()), {
    verb: 'embargo.end',
    case: ONE,
    reason: 'leak',
    text: 'it is everywhere',
    shown: PREVIEW,
  } as const)
const correct = () =>
  ({ verb: 'signal.wrong', case: ONE, what: 'public', reason: 'another bug', shown: PREVIEW }) as const
const interim = () => ({ verb: 'disclose.interim', case: ONE, shown: PREVIEW }) as const
const deployed = (branch = 'main') =>
  ({ verb: 'done.deployed', case: ONE, branch, link: 'https://status.example' }) as const

/** The commands that record an observation from outside Embargo, and the commands that react to such an observation. */
export const WORLD = {
  'signal.public': {
    given: readyCase,
    asks: seenPublic,
    then: ['SignalRaised', 'ApprovalRequested'],
    again: { nothing: 'This was said already, and waits for a second person.' },
    preview: [
      'The vulnerability counts as public: https://forum.example/thread/1',
      'An embargo in force ends at once, and the reporter and every recipient who was told of the case, except one suspected of a leak, hear of it by mail.',
    ],
    approved: ['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'],
    afterwards: { nothing: 'This has been recorded since 2026-05-04T10:00:00.000Z.' },
    refused: [CLOSED],
  },
  'signal.exploit': {
    given: readyCase,
    asks: exploit,
    then: ['SignalRaised', 'ApprovalRequested'],
    again: { nothing: 'This was said already, and waits for a second person.' },
    preview: [
      'An exploit counts as public, and the vulnerability with it: https://forum.example/thread/1',
      'An embargo in force ends at once, and the reporter and every recipient who was told of the case, except one suspected of a leak, hear of it by mail.',
    ],
    approved: ['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic', 'ExploitPublic'],
    afterwards: { nothing: 'This has been recorded since 2026-05-04T10:00:00.000Z.' },
    refused: [CLOSED],
  },
  'signal.attack': {
    given: readyCase,
    asks: attack,
    then: ['SignalRaised', 'ApprovalRequested'],
    again: { nothing: 'This was said already, and waits for a second person.' },
    preview: [
      'Attacks count as observed.',
      'The severity is at least high from then on. The embargo does not end automatically: two people decide whether it ends.',
    ],
    approved: ['ApprovalGiven', 'AttacksObserved'],
    afterwards: { nothing: 'This has been recorded since 2026-05-04T10:00:00.000Z.' },
    refused: [CLOSED],
  },
  'signal.leak': {
    given: readyCase,
    asks: leak,
    then: ['SignalRaised', 'ApprovalRequested'],
    again: { nothing: 'This was said already, and waits for a second person.' },
    preview: [
      'Details count as leaked: a mirror had it',
      'Then the team decides whether the embargo ends or continues.',
    ],
    approved: ['ApprovalGiven', 'LeakSuspected'],
    afterwards: { nothing: 'This has been recorded since 2026-05-04T10:00:00.000Z.' },
    refused: [CLOSED],
  },
  'signal.wrong': {
    given: () => confirmPublic(readyCase()),
    asks: correct,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'It is not true that the vulnerability is public: another bug',
      'The signal then counts as if it had never been true; the history keeps the signal and the correction. An embargo that ended stays ended; a new one can be agreed on.',
      'Everyone who was told that the secret is out (the reporter and recipients) gets a correction, and is asked to keep the secret.',
    ],
    approved: ['ApprovalGiven', 'SignalCorrected'],
    afterwards: { gate: 'signal-counts', because: 'This case has no confirmed signal of that kind.' },
    refused: [
      {
        when: 'nobody said it',
        given: readyCase,
        gate: 'signal-counts',
        because: 'This case has no confirmed signal of that kind.',
      },
      {
        when: 'nobody said it of them',
        given: () => requestAndApprove(readyCase(), leak()),
        asks: () => ({
          ...correct(),
          what: 'leak',
          suspect: { kind: 'recipient', list: 'distros', recipient: 'north' },
        }),
        gate: 'signal-counts',
        because: 'This case has no confirmed leak through north.',
      },
    ],
  },
  'embargo.keep': {
    given: () => requestAndApprove(readyCase(), leak()),
    asks: () => ({ verb: 'embargo.keep', case: ONE, reason: 'the mirror is down again' }),
    then: ['LeakOutlived'],
    again: { because: 'No leak is waiting for a decision.' },
    refused: [{ given: readyCase, because: 'No leak is waiting for a decision.' }],
  },
  'disclose.interim': {
    given: () => confirmPublic(readyCase()),
    asks: interim,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'What is known so far is published at once, before a fix is released and without waiting for advance notice or the release window.',
      'This ends an embargo that is in force. The full publication follows when there is a fix.',
    ],
    approved: [
      'ApprovalGiven',
      'ReleaseJoined',
      'VulnerabilityPublic',
      'ReleasePlanned',
      'CaseAdded',
      'InterimDisclosed',
    ],
    afterwards: { gate: 'publication-not-begun', because: 'The interim advisory went out 2026-05-04T10:00:00.000Z.' },
    refused: [
      UNDECIDED,
      BEGUN,
      {
        when: 'somebody asked to take it out of the release',
        given: () => requestDrop(prenotifiedCase()),
        gate: 'frozen',
      },
      {
        when: 'it is secret still',
        given: readyCase,
        gate: 'secrecy-over',
        because: 'Nothing is public, no attacks are observed, and no leak ended the embargo.',
      },
      {
        given: () => after(readyCase(), attack()),
        gate: 'secrecy-over',
        because: 'Somebody says that attacks are observed, and nothing is published until somebody answers.',
      },
      {
        when: 'it went out',
        given: () => requestAndApprove(confirmPublic(readyCase()), interim()),
        gate: 'publication-not-begun',
        because: 'The interim advisory went out 2026-05-04T10:00:00.000Z.',
      },
      {
        when: 'it went out with a release that the case has left',
        given: () =>
          after(deferredCase(requestAndApprove(confirmPublic(readyCase()), interim())), {
            verb: 'reopen',
            case: ONE,
            reason: 'it is back',
          }),
        gate: 'publication-not-begun',
        because: 'The interim advisory went out 2026-05-04T10:00:00.000Z.',
      },
      {
        when: 'the leak that ended the embargo was none',
        given: () => requestAndApprove(endedByLeak(), { ...correct(), what: 'leak' }),
        gate: 'secrecy-over',
        because: 'Nothing is public, no attacks are observed, and no leak ended the embargo.',
      },
      { when: 'nothing is written', given: () => confirmPublic(patchedCase()), gate: 'texts-complete' },
      {
        when: 'a sentence shows how to attack',
        given: () => describeAttack(confirmPublic(readyCase())),
        gate: 'wording',
      },
      {
        when: 'nobody could read it, and it is not public yet',
        given: () => requestAndApprove(readyCase(withoutLists()), attack()),
        gate: 'reaches-the-public',
      },
    ],
  },
  'done.deployed': {
    given: readyCase,
    asks: () => deployed(),
    then: ['FixDeployed'],
    again: { nothing: 'This has been recorded since 2026-05-04T10:00:00.000Z.' },
    refused: [
      UNDECIDED,
      { when: 'the fix is not ready', given: patchedCase, gate: 'fix', facts: { branches: 'main' } },
      { asks: () => deployed('4.2'), because: '4.2 has no fix in this case.' },
    ],
  },
} satisfies { readonly [V in WorldRequest['verb']]: Row<V> }
