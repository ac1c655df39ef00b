import { instant, later } from '../../src/index.ts'
import { DAY, HOUR, policyOf, RELEASE } from '../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, MultiCaseScenario, TWO, withBranches } from '../fixtures/multi-case-scenario.ts'
import { NOT_ACCEPTED } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  observeAttacks,
  continueInPublic,
  confirmPublic,
  prenotifyingCase,
  logAnswer,
  receiveMail,
  patchedCase,
  readyCase,
  PREVIEW,
  signalPublic,
  verifiedCase,
  withList,
  withProject,
  policyWithMostDays,
  describeAttack,
} from './states.ts'

import {
  continueSecondInPublic,
  confirmSecondPublic,
  removeAnaFromSecond,
  attachReportByAna,
  shortenSecondEmbargo,
  signalSecondPublic,
  differentLeadTimes,
  releaseWithSecond,
} from './two-cases.ts'

const SATURDAY = instant(Date.UTC(2026, 4, 16, 14, 0))
const TOO_SOON = instant(Date.UTC(2026, 4, 6, 14, 0))
const TOO_LATE = instant(Date.UTC(2026, 8, 1, 14, 0))

const prenotify = (at = RELEASE) => ({ verb: 'prenotify', case: ONE, at, shown: PREVIEW }) as const
const ofBoth = () => ({ verb: 'prenotify', case: ONE, at: DATE, shown: PREVIEW }) as const

/** The commands that send texts in confidence, before the publication. */
export const PRENOTIFYING = {
  prenotify: {
    given: readyCase,
    asks: () => prenotify(),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [],
    approved: [
      'ApprovalGiven',
      'ReleaseJoined',
      'CasePrenotified',
      'ReleasePlanned',
      'CaseAdded',
      'ReleaseScheduled',
      'PrenotificationQueued',
    ],
    afterwards: {
      gate: 'one-live-release',
      because: 'The pre-notification went out already, with release REL-SEC-2026-0001-1.',
    },
    refused: [
      NOT_ACCEPTED,
      {
        when: 'they reported another case of the release',
        given: attachReportByAna,
        asks: ofBoth,
        gate: 'not-the-reporter',
        facts: { case: TWO },
      },
      {
        when: 'they are not on another case of the release',
        given: () => removeAnaFromSecond(plannedRelease()),
        asks: ofBoth,
        gate: 'on-the-case',
        facts: { case: TWO },
      },
      {
        when: 'another case of the release is not accepted',
        given: () =>
          releaseWithSecond((scenario) =>
            after(scenario.open(TWO), { verb: 'triage', case: TWO, disposition: 'valid', severity: 'high' }),
          ),
        asks: ofBoth,
        gate: 'fits-the-stage',
        facts: { rm: 'valid', case: TWO },
      },
      {
        when: 'nothing of it is to be published',
        given: () => after(readyCase(), { verb: 'advisory.as', case: ONE, publication: 'none', reason: 'hardening' }),
        gate: 'fits-the-stage',
      },
      {
        when: 'nothing of another case is to be published',
        given: () =>
          after(plannedRelease(), { verb: 'advisory.as', case: TWO, publication: 'none', reason: 'hardening' }),
        asks: ofBoth,
        gate: 'fits-the-stage',
        facts: { case: TWO },
      },
      {
        given: prenotifyingCase,
        gate: 'one-live-release',
        because: 'The pre-notification went out already, with release REL-SEC-2026-0001-1.',
      },
      {
        when: 'the release is on hold',
        given: () =>
          after(after(readyCase(), { verb: 'release.plan', case: ONE, at: RELEASE }), { verb: 'hold', case: ONE }),
        gate: 'frozen',
      },
      { when: 'a signal waits', given: () => signalPublic(readyCase()), gate: 'frozen', facts: { signal: 'public' } },
      {
        when: 'a signal waits on another case',
        given: signalSecondPublic,
        asks: ofBoth,
        gate: 'frozen',
        facts: { signal: 'public', case: TWO },
      },
      { when: 'it is public', given: () => confirmPublic(readyCase()), gate: 'nothing-public' },
      {
        when: 'another case is public',
        given: confirmSecondPublic,
        asks: ofBoth,
        gate: 'nothing-public',
        facts: { case: TWO },
      },
      { when: 'a patch is not verified', given: patchedCase, gate: 'fix', facts: { branches: 'main' } },
      {
        when: 'another case has no patch',
        given: () => releaseWithSecond((scenario) => scenario.assign(TWO, '4.2')),
        asks: ofBoth,
        gate: 'fix',
        facts: { branches: '4.2', case: TWO },
      },
      {
        given: () => logAnswer(receiveMail(patchedCase()), { about: 'verification', fixed: false }),
        gate: 'fix',
        because: 'Changes to the patch for main were requested.',
      },
      {
        when: 'attacks were observed while it was rated low',
        given: () => observeAttacks(new MultiCaseScenario().ready(ONE, 'main', 'low')),
        gate: 'severity-rated',
      },
      {
        when: 'attacks on another case were observed while it was rated low',
        given: () =>
          observeAttacks(
            releaseWithSecond((scenario) => scenario.ready(TWO, '4.2', 'low')),
            TWO,
          ),
        asks: ofBoth,
        gate: 'severity-rated',
        facts: { case: TWO },
      },
      { when: 'nothing is written', given: verifiedCase, gate: 'texts-complete' },
      {
        when: 'nothing is written for another case',
        given: () =>
          releaseWithSecond((scenario) =>
            after(
              scenario
                .assign(TWO, 'main')
                .submitPatch(TWO)
                .wait(4 * DAY),
              { verb: 'confirm', case: TWO, fixed: true, note: 'silent' },
            ),
          ),
        asks: ofBoth,
        gate: 'texts-complete',
        facts: { case: TWO },
      },
      { when: 'a sentence shows how to attack', given: () => describeAttack(readyCase()), gate: 'wording' },
      {
        when: 'a sentence of another case shows how to attack',
        given: () => describeAttack(plannedRelease(), TWO),
        asks: ofBoth,
        gate: 'wording',
        facts: { case: TWO },
      },
      {
        given: () => readyCase(withProject({ cve: 'form' })),
        gate: 'cve',
        because: 'No CVE id is requested yet.',
      },
      {
        when: 'no CVE id is asked for another case',
        given: () => {
          const policy = policyOf('team', withBranches)
          const projects = policy.projects.map((project) => ({ ...project, cve: 'form' as const }))
          const scenario = new MultiCaseScenario({ ...policy, projects }).ready(ONE, 'main').ready(TWO, '4.2').plan(TWO)
          return after(scenario, { verb: 'cve.request', case: ONE })
        },
        asks: ofBoth,
        gate: 'cve',
        facts: { case: TWO },
      },
      {
        when: 'no embargo is in force',
        given: () => continueInPublic(readyCase()),
        gate: 'embargo-active',
        facts: { embargo: 'exited' },
      },
      {
        when: 'no embargo is in force for another case',
        given: continueSecondInPublic,
        asks: ofBoth,
        gate: 'embargo-active',
        facts: { embargo: 'exited', case: TWO },
      },
      {
        given: plannedRelease,
        gate: 'release-date',
        because: 'The release REL-SEC-2026-05-19 is planned for 2026-05-19T14:00:00.000Z.',
      },
      {
        when: 'it was half an hour ago, and nobody is promised a lead',
        given: () => {
          const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low')
          scenario.now = later(RELEASE, HOUR / 2)
          return scenario
        },
        gate: 'date-ahead',
      },
      { when: 'it comes after the embargo', asks: () => prenotify(TOO_LATE), gate: 'inside-embargo' },
      {
        when: 'it comes after the embargo of another case',
        given: shortenSecondEmbargo,
        asks: ofBoth,
        gate: 'inside-embargo',
        facts: { case: TWO },
      },
      { when: 'it comes too soon', asks: () => prenotify(TOO_SOON), gate: 'notice', facts: { needed: 7, given: 2 } },
      {
        when: 'it comes too soon for another case',
        given: differentLeadTimes,
        asks: ofBoth,
        gate: 'notice',
        facts: { needed: 7, given: 3, case: TWO },
      },
      {
        when: 'a list keeps no secret for so long',
        given: () => readyCase(policyWithMostDays(5)),
        gate: 'notice',
        because:
          'Distributions keeps a secret for at most 5 days, but recipients are promised 7 days of notice, so no date fits.',
      },
      { when: 'it comes on a Saturday', asks: () => prenotify(SATURDAY), gate: 'hours' },
      {
        when: 'a recipient never agreed',
        given: () => readyCase(withList({ plaintext: 'accepted' })),
        gate: 'recipient-consent',
      },
      {
        when: 'a recipient has no key',
        given: () => readyCase(withList({ consented: '2026-01-01' })),
        gate: 'plain-text',
      },
      { asks: () => ({ verb: 'prenotify', case: ONE, shown: PREVIEW }), because: 'The release has no date.' },
    ],
  },
} satisfies { readonly [V in 'prenotify']: Row<V> }
