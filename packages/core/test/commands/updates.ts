import type { ReleaseRequest } from '../../src/events/case/release.ts'
import { ben, OTHER_HASH } from '../fixtures/scenario.ts'
import { ONE, prenotifiedRelease, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { BEGUN, LEAVING } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  requestDrop,
  requestAndApprove,
  confirmPublic,
  logAnswer,
  receiveMail,
  patchOf,
  prenotifiedCase,
  readyCase,
  PREVIEW,
  signalPublic,
  describeAttack,
  withList,
} from './states.ts'
import {
  leakSecond,
  confirmSecondPublic,
  removeAnaFromSecond,
  attachReportByAna,
  signalSecondPublic,
} from './two-cases.ts'

const update = () => ({ verb: 'prenotify.update', case: ONE, reason: 'a link got through', shown: PREVIEW }) as const

/** Ben submitted a better patch, and the reporter must check it. */
const submitted = (scenario = prenotifiedCase()) => after(scenario, patchOf(OTHER_HASH), ben)
/** The better patch is verified, and recipients still have the old patch. */
const changed = (scenario?: MultiCaseScenario) =>
  logAnswer(receiveMail(submitted(scenario)), { about: 'verification', fixed: true })
/** Details leaked, and two people ended the embargo because of that. */
const leaked = (scenario: MultiCaseScenario) => {
  requestAndApprove(scenario, { verb: 'signal.leak', case: ONE, text: 'a mirror had it' })
  return requestAndApprove(scenario, { verb: 'embargo.end', case: ONE, reason: 'leak', text: 'it is everywhere' })
}
/** After recipients got the old patch, the policy was given another list. */
const under = (recipient: Parameters<typeof withList>[0]) => {
  const scenario = changed()
  return Object.assign(scenario, { policy: withList(recipient) })
}

/** The commands that send new patches to recipients who have old patches. */
export const UPDATES = {
  'prenotify.update': {
    given: changed,
    asks: update,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: ['Replaces the patch of SEC-2026-0001 for main.'],
    approved: ['ApprovalGiven', 'CasePrenotified', 'PrenotificationUpdated'],
    afterwards: { gate: 'fits-the-stage', because: 'The recipients have the current patches and texts already.' },
    refused: [
      BEGUN,
      { given: readyCase, gate: 'fits-the-stage', because: 'Nobody was pre-notified, so no recipient has a patch.' },
      {
        when: 'they reported another case of the release',
        given: () => attachReportByAna(prenotifiedRelease()),
        gate: 'not-the-reporter',
        facts: { case: TWO },
      },
      {
        when: 'they are not on another case of the release',
        given: () => removeAnaFromSecond(prenotifiedRelease()),
        gate: 'on-the-case',
        facts: { case: TWO },
      },
      LEAVING,
      {
        when: 'the release is on hold',
        given: () => after(changed(), { verb: 'hold', case: ONE }),
        gate: 'frozen',
      },
      { when: 'a signal waits', given: () => signalPublic(changed()), gate: 'frozen', facts: { signal: 'public' } },
      {
        when: 'a signal waits on another case',
        given: () => signalSecondPublic(prenotifiedRelease()),
        gate: 'frozen',
        facts: { signal: 'public', case: TWO },
      },
      { when: 'somebody asked to take it out of the release', given: () => requestDrop(changed()), gate: 'frozen' },
      {
        when: 'somebody asked to take another case out of the release',
        given: () => requestDrop(prenotifiedRelease(), TWO),
        gate: 'frozen',
        facts: { case: TWO },
      },
      { when: 'it is public', given: () => confirmPublic(changed()), gate: 'nothing-public' },
      {
        when: 'another case is public',
        given: () => confirmSecondPublic(prenotifiedRelease()),
        gate: 'nothing-public',
        facts: { case: TWO },
      },
      { when: 'the better patch is not verified', given: submitted, gate: 'fix', facts: { branches: 'main' } },
      {
        when: 'the better patch of another case is not verified',
        given: () => after(prenotifiedRelease(), { ...patchOf(OTHER_HASH), case: TWO }, ben),
        gate: 'fix',
        facts: { branches: '4.2', case: TWO },
      },
      { when: 'a sentence shows how to attack', given: () => describeAttack(prenotifiedCase()), gate: 'wording' },
      {
        when: 'a sentence of another case shows how to attack',
        given: () => describeAttack(prenotifiedRelease(), TWO),
        gate: 'wording',
        facts: { case: TWO },
      },
      {
        when: 'the embargo ended for a leak',
        given: () => leaked(changed()),
        gate: 'embargo-active',
        facts: { embargo: 'exited' },
      },
      {
        when: 'the embargo of another case ended for a leak',
        given: () => leakSecond(prenotifiedRelease()),
        gate: 'embargo-active',
        facts: { embargo: 'exited', case: TWO },
      },
      { when: 'a recipient never agreed', given: () => under({ plaintext: 'accepted' }), gate: 'recipient-consent' },
      { when: 'a recipient has no key', given: () => under({ consented: '2026-01-01' }), gate: 'plain-text' },
      {
        given: prenotifiedCase,
        gate: 'fits-the-stage',
        because: 'The recipients have the current patches and texts already.',
      },
      {
        asks: () => ({ verb: 'prenotify.update', case: ONE, shown: PREVIEW }),
        because: 'The recipients must be told what changed, and you gave no reason.',
      },
    ],
  },
} satisfies { readonly [V in Extract<ReleaseRequest['verb'], 'prenotify.update'>]: Row<V> }
