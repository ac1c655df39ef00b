import type { Disposition, LoggedAnswer } from '../../src/index.ts'
import { later, ReportId } from '../../src/index.ts'
import { ana, ben, BLOB, DAY, HASH, HOUR, OTHER_HASH, RELEASE, START } from '../fixtures/scenario.ts'
import { plannedRelease as ofBoth, ONE, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import type { Variant } from './row.ts'
import {
  acknowledgedCase,
  affectedCase,
  after,
  assignedCase,
  requestAndApprove,
  cem,
  deferredCase,
  expireEmbargo,
  internalCase,
  cancelledReleaseCase,
  invitedCase,
  lastMail,
  logAnswer,
  receiveMail,
  mergedCase,
  patchedCase,
  prenotifiedCase,
  publishedCase,
  ratedCase,
  readyCase,
  receivedCase,
  PREVIEW,
  teamOfThree,
  withProject,
  closedCaseWithMail,
} from './states.ts'
import { ID } from './cve.ts'
import { twoReports } from './case-work.ts'

const days = (count: number) => later(START, count * DAY)
const proposed = (scenario = receivedCase()) => after(scenario, { verb: 'embargo.until', case: ONE, end: days(100) })

const CLOSED = { gate: 'case-open' } as const

const triage = (disposition: Disposition, then: Variant['then'], again: Variant['again'] = CLOSED): Variant => ({
  what: `found ${disposition}`,
  given: acknowledgedCase,
  asks: () => ({ verb: 'triage', case: ONE, disposition, reason: 'it needs root', contact: 'https://vendor.example' }),
  then,
  again,
})

const LOGGED = { nothing: 'That is logged for this mail already.' }

const answer = (
  what: string,
  given: () => MultiCaseScenario,
  answered: LoggedAnswer,
  then: Variant['then'],
): Variant => ({
  what,
  given: () => receiveMail(given()),
  asks: (scenario) => ({ verb: 'log-answer', case: ONE, message: lastMail(scenario), answer: answered }),
  then,
  again: LOGGED,
  second: cem,
})

/** Other ways to use the commands. Each entry says what the command does the first time and the second time. */
export const VARIANTS: readonly Variant[] = [
  triage('defense-in-depth', ['DispositionSet'], {
    nothing: 'The case is triaged as defense-in-depth already, with the same values.',
  }),
  triage('info-only', ['DispositionSet', 'CaseDeferred', 'EmbargoExited', 'CaseClosed']),
  triage('invalid', ['DispositionSet', 'EmbargoExited', 'CaseClosed']),
  triage('already-fixed', ['DispositionSet', 'CaseDeferred', 'EmbargoExited', 'CaseClosed']),
  triage('out-of-scope', ['DispositionSet', 'EmbargoExited', 'CaseClosed']),
  triage('other-vendor', ['DispositionSet', 'CaseDeferred', 'EmbargoExited', 'CaseClosed']),
  triage('spam', ['DispositionSet', 'EmbargoExited', 'CaseClosed']),
  {
    what: 'acknowledges in the same breath',
    given: receivedCase,
    asks: () => ({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'low' }),
    then: ['CaseAcknowledged', 'CoordinatorSet', 'ReporterAsked', 'SeverityRated', 'DispositionSet'],
    again: { nothing: 'The case is triaged as valid already, with the same values.' },
  },
  {
    what: 'rated otherwise',
    given: readyCase,
    asks: () => ({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'low', cvss3: 'CVSS:3.1/AV:L' }),
    then: ['SeverityRated'],
    again: { nothing: 'The case is triaged as valid already, with the same values.' },
  },
  {
    what: 'one more branch',
    given: readyCase,
    asks: () => ({ verb: 'triage.affects', case: ONE, branch: '4.2', affected: true }),
    then: ['AffectedBranchSet', 'FixWithdrawn'],
    again: { nothing: 'That is recorded for 4.2 already.' },
  },
  {
    what: 'a branch that was named by mistake',
    given: () =>
      after(readyCase(), { verb: 'triage.affects', case: ONE, branch: '4.2', affected: true, range: '< 4.2.9' }),
    asks: () => ({ verb: 'triage.affects', case: ONE, branch: '4.2', remove: true }),
    then: ['AffectedBranchRemoved', 'FixReady'],
    again: { nothing: 'Nothing is recorded about 4.2.' },
  },
  {
    what: 'to the reporter',
    given: () => logAnswer(receiveMail(affectedCase()), { about: 'patch-offer', willing: true }),
    asks: () => ({ verb: 'assign-patch', case: ONE, to: 'reporter', branches: [] }),
    then: ['CaseAccepted', 'PatchAssigned'],
    again: { nothing: 'The patch is assigned to that person already, so nothing was sent.' },
  },
  {
    what: 'to somebody else',
    given: assignedCase,
    asks: () => ({ verb: 'assign-patch', case: ONE, to: ana, branches: ['main'] }),
    then: ['PatchAssigned'],
    again: { nothing: 'The patch is assigned to that person already, so nothing was sent.' },
  },
  {
    what: 'asks for changes',
    given: () => patchedCase(teamOfThree),
    asks: () => ({ verb: 'confirm', case: ONE, fixed: false, note: 'a link still gets through' }),
    second: cem,
    then: ['ChangesRequested'],
    again: { nothing: 'Changes to this patch were requested already.' },
  },
  {
    what: 'one of the patches that were shown',
    given: () => patchedCase(teamOfThree).wait(4 * DAY),
    asks: () => ({
      verb: 'confirm',
      case: ONE,
      branch: 'main',
      fixed: true,
      note: 'silent',
      sha256: [OTHER_HASH.slice(0, 32), HASH.slice(0, 32)],
    }),
    second: cem,
    then: ['FixVerified', 'FixReady'],
    again: { nothing: 'This patch is verified already.' },
  },
  {
    what: 'to one recipient',
    given: prenotifiedCase,
    asks: () => ({ verb: 'reply', case: ONE, to: { recipient: 'north' }, text: BLOB, sha256: HASH }),
    then: ['RecipientsWritten'],
    again: { nothing: 'This was written to them already.' },
  },
  {
    what: 'to one recipient through whom details may have got out',
    given: () =>
      requestAndApprove(prenotifiedCase(), {
        verb: 'signal.leak',
        case: ONE,
        suspect: { kind: 'recipient', list: 'distros', recipient: 'north' },
        text: 'a mirror had it',
      }),
    asks: () => ({ verb: 'reply', case: ONE, to: { recipient: 'north' }, text: BLOB, sha256: HASH }),
    then: ['RecipientsWritten'],
    again: { nothing: 'This was written to them already.' },
  },
  {
    what: 'to every recipient',
    given: prenotifiedCase,
    asks: () => ({ verb: 'reply', case: ONE, to: 'recipients', text: BLOB, sha256: HASH }),
    then: ['RecipientsWritten'],
    again: { nothing: 'This was written to them already.' },
  },
  answer('a credit', () => receivedCase(teamOfThree), { about: 'credit', credit: 'named', name: 'Rafi' }, [
    'ReporterAnswered',
  ]),
  answer('an offer to write the patch', () => receivedCase(teamOfThree), { about: 'patch-offer', willing: true }, [
    'ReporterAnswered',
  ]),
  answer(
    'the use of a program',
    () => receivedCase(teamOfThree),
    { about: 'ai-use', used: true, checkedByPerson: false },
    ['ReporterAnswered'],
  ),
  answer('a yes to the embargo', () => receivedCase(teamOfThree), { about: 'consent', agreed: true }, [
    'ReporterAnswered',
  ]),
  answer('a yes to a date', () => proposed(receivedCase(teamOfThree)), { about: 'consent', agreed: true }, [
    'ReporterAnswered',
    'EmbargoAccepted',
  ]),
  answer('a no to a date', () => proposed(receivedCase(teamOfThree)), { about: 'consent', agreed: false }, [
    'ReporterAnswered',
    'EmbargoRejected',
  ]),
  answer('a date', () => receivedCase(teamOfThree), { about: 'embargo-date', end: days(100) }, [
    'ReporterAnswered',
    'EmbargoProposed',
  ]),
  answer('a wish to go on in public', () => receivedCase(teamOfThree), { about: 'open', agreed: true }, [
    'ReporterAnswered',
  ]),
  answer('a patch that fixes nothing', () => patchedCase(teamOfThree), { about: 'verification', fixed: false }, [
    'ReporterAnswered',
    'ChangesRequested',
  ]),
  {
    what: 'a report goes home',
    given: mergedCase,
    asks: () => ({
      verb: 'open.report',
      case: TWO,
      report: ReportId.parse(`${TWO}/r2`),
      project: 'quillmark',
      reason: 'another bug',
    }),
    then: [
      'ReportMoved',
      'CaseSplit',
      'CaseReopened',
      'EmbargoProposed',
      'EmbargoAccepted',
      'ReportJoined',
      'MessageMoved',
      'CaseLinked',
    ],
    again: { nothing: 'That report is in SEC-2026-0001 already, as SEC-2026-0001/r1.' },
  },
  {
    what: 'within the day',
    given: prenotifiedCase,
    asks: () => ({ verb: 'release.move', case: ONE, at: later(RELEASE, HOUR) }),
    then: ['ReleaseRescheduled'],
    again: { nothing: 'The release is planned for 2026-05-12T15:00:00.000Z already.' },
  },
  {
    what: 'the only case of a release that nobody was told of',
    given: () => after(readyCase(), { verb: 'release.plan', case: ONE, at: RELEASE }),
    asks: () => ({ verb: 'release.drop', case: ONE }),
    then: ['ReleaseLeft', 'CaseDropped', 'ReleaseCancelled'],
    again: { gate: 'fits-the-stage' },
  },
  {
    what: 'one of two cases',
    given: ofBoth,
    asks: () => ({ verb: 'release.drop', case: ONE }),
    then: ['ReleaseLeft', 'CaseDropped'],
    again: { gate: 'fits-the-stage' },
  },
  {
    what: 'declines',
    given: invitedCase,
    asks: () => ({ verb: 'people.consent', case: ONE, agreed: false }),
    by: cem,
    then: ['ConsentDeclined'],
    again: { gate: 'on-the-case' },
    atOnce: { because: 'You are on this case already.' },
  },
  {
    what: 'nobody reported it',
    given: internalCase,
    asks: () => ({ verb: 'embargo.end', case: ONE, reason: 'unreachable', text: 'we go on in public', shown: PREVIEW }),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
  },
  {
    what: 'another’s date, where nobody reported it',
    given: () => proposed(internalCase()),
    asks: () => ({ verb: 'embargo.accept', case: ONE }),
    by: ben,
    second: ana,
    then: ['EmbargoAccepted'],
    again: { because: 'No date waits for an answer.' },
  },
  {
    what: 'takes a proposal back',
    given: proposed,
    asks: () => ({ verb: 'embargo.reject', case: ONE, reason: 'it is fixed earlier' }),
    then: ['EmbargoRejected'],
    again: { because: 'No date waits for an answer.' },
  },
  {
    what: 'again, after it expired',
    given: () => expireEmbargo(receivedCase()),
    asks: () => ({ verb: 'embargo.until', case: ONE, end: days(120) }),
    then: ['EmbargoRoundBegun', 'EmbargoProposed'],
    again: { nothing: 'This is proposed already.' },
  },
  {
    what: 'what rested is taken up',
    given: deferredCase,
    asks: () => ({ verb: 'reopen', case: ONE, reason: 'there is time' }),
    then: ['CaseAccepted'],
    again: { nothing: 'It is open already.' },
  },
  {
    what: 'while recipients hold its patches',
    given: cancelledReleaseCase,
    asks: () => ({ verb: 'close', case: ONE, reason: 'it is no bug after all' }),
    then: ['EmbargoExited', 'CaseClosed'],
    again: CLOSED,
  },
  {
    what: 'once more, where a mail came after closing',
    given: closedCaseWithMail,
    asks: () => ({ verb: 'close', case: ONE, reason: 'it says nothing new' }),
    then: ['LateMailSetAside'],
    again: CLOSED,
  },
  {
    what: 'out of a release',
    given: () => after(readyCase(), { verb: 'release.plan', case: ONE, at: RELEASE }),
    asks: () => ({ verb: 'triage.not-now', case: ONE, reason: 'not this year' }),
    then: ['ReleaseLeft', 'FixWithdrawn', 'CaseDeferred', 'ReporterUpdated', 'CaseDropped', 'ReleaseCancelled'],
    again: { nothing: 'It is deferred already.' },
  },
  {
    what: 'a question to the reporter',
    given: () => after(acknowledgedCase(), { verb: 'reply.question', case: ONE, text: BLOB, sha256: HASH }),
    asks: () => ({ verb: 'remind', case: ONE, clock: 'needs-info' }),
    then: ['ReminderDue'],
    again: { nothing: 'A reminder was sent at 2026-05-04T09:00:00.000Z, less than an hour ago.' },
  },
  {
    what: 'all of two reporters',
    given: () => twoReports(ratedCase()).wait(2 * DAY),
    asks: () => ({ verb: 'reply.progress', case: ONE }),
    then: ['ReporterUpdated', 'ReporterUpdated'],
    again: { nothing: 'The reporter was told on 2026-05-06T09:00:00.000Z, and nothing has changed since.' },
  },
  {
    what: 'nobody is waited for any more',
    given: () => after(ratedCase(), { verb: 'party.wait', case: ONE, party: 'the maintainers of the parser' }),
    asks: () => ({ verb: 'party.wait', case: ONE }),
    then: ['PartyAnswered'],
    again: { nothing: 'The case is not waiting for anybody.' },
  },
  {
    what: 'an id that comes after the publication',
    given: () => publishedCase(withProject({ cve: 'none' })),
    asks: () => ({ verb: 'cve.set', case: ONE, cve: ID }),
    then: ['CveAssigned'],
    again: { nothing: 'It is CVE-1900-0042 already.' },
  },
  {
    what: 'leaves',
    given: () => acknowledgedCase(teamOfThree),
    asks: () => ({ verb: 'people.remove', case: ONE, person: cem }),
    by: cem,
    second: ana,
    then: ['PersonRemoved'],
    again: { gate: 'on-the-case' },
    atOnce: { nothing: 'Cem is not on this case.' },
  },
]
