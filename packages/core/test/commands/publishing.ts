import type { Policy } from '../../src/index.ts'
import { RELEASE } from '../fixtures/scenario.ts'
import { plannedRelease, ONE, MultiCaseScenario, TWO, withBranches } from '../fixtures/multi-case-scenario.ts'
import { BEGUN, NOT_ACCEPTED } from './common.ts'
import type { Row } from './row.ts'
import {
  requestDrop,
  after,
  observeAttacks,
  patchedCase,
  prenotifiedCase,
  readyCase,
  PREVIEW,
  attachLaterReport,
  verifiedCase,
  withoutLists,
  confirmPublic,
  describeAttack,
} from './states.ts'
import { confirmSecondPublic, removeAnaFromSecond, attachReportByAna } from './two-cases.ts'

/** Two ready cases of one release. */
const bothIn = (policy: Policy) => new MultiCaseScenario(policy).ready(ONE, 'main').ready(TWO, '4.2').plan(TWO)
const disclose = () => ({ verb: 'disclose', case: ONE, shown: PREVIEW }) as const

/** The commands that publish a case. */
export const PUBLISHING = {
  disclose: {
    given: () => {
      const scenario = prenotifiedCase()
      scenario.now = RELEASE
      return scenario
    },
    asks: () => disclose(),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [],
    approved: ['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic', 'DisclosureStarted'],
    afterwards: {
      gate: 'publication-not-begun',
    },
    refused: [
      NOT_ACCEPTED,
      {
        when: 'they reported another case of the release',
        given: attachReportByAna,
        gate: 'not-the-reporter',
        facts: { case: TWO },
      },
      {
        when: 'they are not on another case of the release',
        given: () => removeAnaFromSecond(plannedRelease()),
        gate: 'on-the-case',
        facts: { case: TWO },
      },
      BEGUN,
      {
        when: 'nothing of it is to be published',
        given: () => after(readyCase(), { verb: 'advisory.as', case: ONE, publication: 'none', reason: 'hardening' }),
        gate: 'fits-the-stage',
      },
      {
        when: 'the release is on hold',
        given: () => after(prenotifiedCase(), { verb: 'hold', case: ONE }),
        gate: 'frozen',
      },
      {
        when: 'somebody asked to take it out of the release',
        given: () => requestDrop(prenotifiedCase()),
        gate: 'frozen',
      },
      {
        when: 'attacks were observed while it was rated low',
        given: () => observeAttacks(new MultiCaseScenario().ready(ONE, 'main', 'low')),
        gate: 'severity-rated',
      },
      { when: 'a patch is not verified', given: patchedCase, gate: 'fix', facts: { branches: 'main' } },
      {
        given: () => confirmPublic(patchedCase()),
        asks: () => ({ ...disclose(), unfixed: 'nobody is here' }),
        gate: 'fix',
        because: 'There is a patch for main, and nobody asked for changes to it.',
      },
      { when: 'nothing is written', given: verifiedCase, gate: 'texts-complete' },
      { when: 'a sentence shows how to attack', given: () => describeAttack(readyCase()), gate: 'wording' },
      {
        given: () => attachLaterReport(readyCase()),
        gate: 'credit',
        because: 'Nobody has asked the reporter of SEC-2026-0001/r9 how to be credited.',
      },
      { when: 'nobody could read it', given: () => readyCase(withoutLists()), gate: 'reaches-the-public' },
      {
        when: 'nobody could read of the other case, and this one is public already',
        given: () => confirmSecondPublic(bothIn(withoutLists(withBranches))),
        asks: () => ({ ...disclose(), case: TWO }),
        gate: 'reaches-the-public',
        facts: { case: ONE },
      },
      {
        given: prenotifiedCase,
        gate: 'release-date',
        because: 'The release date, 2026-05-12T14:00:00.000Z, is not reached.',
      },
      {
        when: 'it is public, and goes with another that is not',
        given: confirmSecondPublic,
        asks: () => ({ ...disclose(), case: TWO }),
        gate: 'release-date',
        facts: { releaseAt: 1779199200000, case: ONE },
      },
      { given: readyCase, gate: 'release-date', because: 'An embargo is in force and no release date is set.' },
    ],
  },
} satisfies { readonly [V in 'disclose']: Row<V> }
