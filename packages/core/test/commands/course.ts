import type { CourseRequest } from '../../src/events/case/course.ts'
import { MessageId, ReportId } from '../../src/index.ts'
import { BLOB, DAY, HASH } from '../fixtures/scenario.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { AHEAD, BEGUN, CLOSED, UNDECIDED, WAITED_FOR } from './common.ts'
import type { Row } from './row.ts'
import {
  acknowledgedCase,
  deferredCase,
  internalCase,
  mergedCase,
  publishedCase,
  ratedCase,
  spamCase,
  validCase,
} from './states.ts'
import { twoReports } from './case-work.ts'

type Verb = CourseRequest['verb']

const NO_REPORT = ReportId.parse('SEC-2026-0001/r7')
const ask = () => ({ verb: 'reply.question', case: ONE, text: BLOB, sha256: HASH }) as const

const VENDOR = 'security@vendor.example'
const reference = () => ({ verb: 'party.reference', case: ONE, reference: 'VU#190042' }) as const

/** A case whose report was forwarded to these vendors. */
function forwarded(...vendors: readonly string[]): MultiCaseScenario {
  const scenario = ratedCase()
  const report = scenario.reportId
  for (const to of vendors)
    scenario.happens(ONE, { type: 'ReportForwarded', report, to, named: false, text: BLOB, sha256: HASH })
  return scenario
}

/** Receives a later mail, encrypted to a key that nobody here has. */
function closedMail(scenario: MultiCaseScenario, from: 'reporter' | 'unverified' = 'reporter'): MultiCaseScenario {
  const [report] = scenario.world.case?.reports ?? []
  if (report === undefined) throw new Error('no report')
  scenario.does({
    verb: 'take-in-message',
    case: ONE,
    message: MessageId.parse('closed-mail'),
    from,
    ...(from === 'reporter' && { report: report.id }),
    trust: 'nothing-proven',
    automatic: false,
    checks: { signature: { is: 'none' }, encryption: 'no-key' },
  })
  return scenario
}

/** The commands for questions, pauses and reopenings of a case, and similar ones. */
export const COURSE = {
  'reply.question': {
    given: acknowledgedCase,
    asks: ask,
    then: ['InfoRequested'],
    again: { nothing: 'This was asked already, so no mail was sent.' },
    refused: [
      CLOSED,
      { given: internalCase, because: 'No reporter can be reached.' },
      { given: () => twoReports(acknowledgedCase()), because: 'The case has several reports, so name one of them.' },
      {
        asks: () => ({ ...ask(), report: NO_REPORT }),
        because: 'SEC-2026-0001/r7 is not one of the reports that you can name here.',
      },
    ],
  },
  'triage.not-now': {
    given: ratedCase,
    asks: () => ({ verb: 'triage.not-now', case: ONE, reason: 'not this year' }),
    then: ['CaseDeferred', 'ReporterUpdated'],
    again: { nothing: 'It is deferred already.' },
    refused: [
      CLOSED,
      BEGUN,
      WAITED_FOR,
      AHEAD,
      { given: acknowledgedCase, because: 'Only a valid case can be deferred.' },
    ],
  },
  reopen: {
    given: spamCase,
    asks: () => ({ verb: 'reopen', case: ONE, reason: 'it was no spam' }),
    then: ['CaseReopened'],
    again: { nothing: 'It is open already.' },
    refused: [
      { when: 'it was published', given: publishedCase, gate: 'publication-not-begun' },
      { when: 'it rests and is not rated', given: () => deferredCase(validCase()), gate: 'severity-rated' },
      { given: mergedCase, because: 'It is part of SEC-2026-0002 now, and its reports are there.' },
    ],
  },
  'reply.progress': {
    given: () => ratedCase().wait(2 * DAY),
    asks: () => ({ verb: 'reply.progress', case: ONE }),
    then: ['ReporterUpdated'],
    again: { nothing: 'The reporter was told on 2026-05-06T09:00:00.000Z, and nothing has changed since.' },
    refused: [
      { given: internalCase, because: 'No reporter can be reached.' },
      {
        asks: () => ({ verb: 'reply.progress', case: ONE, report: NO_REPORT }),
        because: 'SEC-2026-0001/r7 is not one of the reports that you can name here.',
      },
    ],
  },
  'reply.resend': {
    given: () => closedMail(acknowledgedCase()),
    asks: () => ({ verb: 'reply.resend', case: ONE }),
    then: ['ResendRequested'],
    again: { nothing: 'The reporter was already asked to send it again.' },
    refused: [
      {
        when: 'it came from nobody who can be answered',
        given: () => closedMail(acknowledgedCase(), 'unverified'),
        because: 'This mail is not from a reporter who can be answered.',
      },
      {
        when: 'every mail could be opened',
        given: acknowledgedCase,
        because: 'Only a mail that could not be opened can be asked for again.',
      },
    ],
  },
  'party.wait': {
    given: ratedCase,
    asks: () => ({ verb: 'party.wait', case: ONE, party: 'the maintainers of the parser' }),
    then: ['WaitingOnParty'],
    again: { nothing: 'The case waits for the maintainers of the parser already.' },
    refused: [CLOSED],
    noted: [
      {
        when: 'it waits for nobody',
        asks: () => ({ verb: 'party.wait', case: ONE }),
        nothing: 'The case is not waiting for anybody.',
      },
    ],
  },
  'party.reference': {
    given: () => forwarded(VENDOR),
    asks: reference,
    then: ['VendorReferenceRecorded'],
    again: { nothing: 'That number is recorded already.' },
    refused: [
      { given: ratedCase, because: 'The report was forwarded to nobody.' },
      {
        asks: () => ({ ...reference(), to: 'security@inkwell.example' }),
        because: 'Nothing was forwarded to security@inkwell.example.',
      },
      {
        given: () => forwarded(VENDOR, 'security@inkwell.example'),
        because: 'The report was forwarded to several vendors.',
      },
    ],
  },
  'advisory.as': {
    given: ratedCase,
    asks: () => ({ verb: 'advisory.as', case: ONE, publication: 'none', reason: 'nobody can reach it' }),
    then: ['PublicationChosen'],
    again: { nothing: 'The case is set to end like that already.' },
    refused: [
      CLOSED,
      UNDECIDED,
      BEGUN,
      WAITED_FOR,
      AHEAD,
      {
        asks: () => ({ verb: 'advisory.as', case: ONE, publication: 'none' }),
        because:
          'Without a publication nobody learns about the vulnerability or installs a fix, so a reason is needed.',
      },
    ],
  },
} satisfies { readonly [V in Verb]: Row<V> }
