import type { Disposition, LoggedAnswer } from '../../src/index.ts'
import { later, ReportId } from '../../src/index.ts'
import { ana, ben, BLOB, DAY, HASH, HOUR, OTHER_HASH, RELEASE, START } from '../fixtures/scenario.ts'
import { both as ofBoth, ONE, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import type { Variant } from './row.ts'
import {
  acknowledged,
  affected,
  after,
  assigned,
  both,
  cem,
  deferred,
  expired,
  found,
  heldByRecipients,
  invited,
  lastMail,
  logged,
  mailed,
  merged,
  patched,
  prenotified,
  published,
  rated,
  ready,
  received,
  shown,
  three,
  withProject,
  writtenAfterClosing,
} from './states.ts'
import { ID } from './cve.ts'
import { twoReports } from './case-work.ts'

const days = (count: number) => later(START, count * DAY)
const proposed = (scenario = received()) => after(scenario, { verb: 'embargo.until', case: ONE, end: days(100) })

const CLOSED = { gate: 'case-open' } as const

const triage = (disposition: Disposition, then: Variant['then'], again: Variant['again'] = CLOSED): Variant => ({
  what: `found ${disposition}`,
  given: acknowledged,
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
  given: () => mailed(given()),
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
    given: received,
    asks: () => ({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'low' }),
    then: ['CaseAcknowledged', 'CoordinatorSet', 'ReporterAsked', 'SeverityRated', 'DispositionSet'],
    again: { nothing: 'The case is triaged as valid already, with the same values.' },
  },
  {
    what: 'rated otherwise',
    given: ready,
    asks: () => ({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'low', cvss3: 'CVSS:3.1/AV:L' }),
    then: ['SeverityRated'],
    again: { nothing: 'The case is triaged as valid already, with the same values.' },
  },
  {
    what: 'one more branch',
    given: ready,
    asks: () => ({ verb: 'triage.affects', case: ONE, branch: '4.2', affected: true }),
    then: ['AffectedBranchSet', 'FixWithdrawn'],
    again: { nothing: 'That is recorded for 4.2 already.' },
  },
  {
    what: 'a branch that was named by mistake',
    given: () => after(ready(), { verb: 'triage.affects', case: ONE, branch: '4.2', affected: true, range: '< 4.2.9' }),
    asks: () => ({ verb: 'triage.affects', case: ONE, branch: '4.2', remove: true }),
    then: ['AffectedBranchRemoved', 'FixReady'],
    again: { nothing: 'Nothing is recorded about 4.2.' },
  },
  {
    what: 'to the reporter',
    given: () => logged(mailed(affected()), { about: 'patch-offer', willing: true }),
    asks: () => ({ verb: 'assign-patch', case: ONE, to: 'reporter', branches: [] }),
    then: ['CaseAccepted', 'PatchAssigned'],
    again: { nothing: 'They are assigned already, so nothing was sent.' },
  },
  {
    what: 'to somebody else',
    given: assigned,
    asks: () => ({ verb: 'assign-patch', case: ONE, to: ana, branches: ['main'] }),
    then: ['PatchAssigned'],
    again: { nothing: 'They are assigned already, so nothing was sent.' },
  },
  {
    what: 'asks for changes',
    given: () => patched(three),
    asks: () => ({ verb: 'confirm', case: ONE, fixed: false, note: 'a link still gets through' }),
    second: cem,
    then: ['ChangesRequested'],
    again: { nothing: 'Changes to this patch were requested already.' },
  },
  {
    what: 'one of the patches that were shown',
    given: () => patched(three).wait(4 * DAY),
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
    given: prenotified,
    asks: () => ({ verb: 'reply', case: ONE, to: { recipient: 'north' }, text: BLOB, sha256: HASH }),
    then: ['RecipientsWritten'],
    again: { nothing: 'This was written to them already.' },
  },
  {
    what: 'to one recipient through whom details may have got out',
    given: () =>
      both(prenotified(), {
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
    given: prenotified,
    asks: () => ({ verb: 'reply', case: ONE, to: 'recipients', text: BLOB, sha256: HASH }),
    then: ['RecipientsWritten'],
    again: { nothing: 'This was written to them already.' },
  },
  answer('a credit', () => received(three), { about: 'credit', credit: 'named', name: 'Rafi' }, ['ReporterAnswered']),
  answer('an offer to write the patch', () => received(three), { about: 'patch-offer', willing: true }, [
    'ReporterAnswered',
  ]),
  answer('the use of a program', () => received(three), { about: 'ai-use', used: true, checkedByPerson: false }, [
    'ReporterAnswered',
  ]),
  answer('a yes to the embargo', () => received(three), { about: 'consent', agreed: true }, ['ReporterAnswered']),
  answer('a yes to a date', () => proposed(received(three)), { about: 'consent', agreed: true }, [
    'ReporterAnswered',
    'EmbargoAccepted',
  ]),
  answer('a no to a date', () => proposed(received(three)), { about: 'consent', agreed: false }, [
    'ReporterAnswered',
    'EmbargoRejected',
  ]),
  answer('a date', () => received(three), { about: 'embargo-date', end: days(100) }, [
    'ReporterAnswered',
    'EmbargoProposed',
  ]),
  answer('a wish to go on in public', () => received(three), { about: 'open', agreed: true }, ['ReporterAnswered']),
  answer('a patch that fixes nothing', () => patched(three), { about: 'verification', fixed: false }, [
    'ReporterAnswered',
    'ChangesRequested',
  ]),
  {
    what: 'a report goes home',
    given: merged,
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
    given: prenotified,
    asks: () => ({ verb: 'release.move', case: ONE, at: later(RELEASE, HOUR) }),
    then: ['ReleaseRescheduled'],
    again: { nothing: 'The release is planned for 2026-05-12T15:00:00.000Z already.' },
  },
  {
    what: 'the only case of a release that nobody was told of',
    given: () => after(ready(), { verb: 'release.plan', case: ONE, at: RELEASE }),
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
    given: invited,
    asks: () => ({ verb: 'people.consent', case: ONE, agreed: false }),
    by: cem,
    then: ['ConsentDeclined'],
    again: { gate: 'on-the-case' },
    atOnce: { because: 'You are on this case already.' },
  },
  {
    what: 'nobody reported it',
    given: found,
    asks: () => ({ verb: 'embargo.end', case: ONE, reason: 'unreachable', text: 'we go on in public', shown }),
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
  },
  {
    what: 'another’s date, where nobody reported it',
    given: () => proposed(found()),
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
    given: () => expired(received()),
    asks: () => ({ verb: 'embargo.until', case: ONE, end: days(120) }),
    then: ['EmbargoRoundBegun', 'EmbargoProposed'],
    again: { nothing: 'This is proposed already.' },
  },
  {
    what: 'what rested is taken up',
    given: deferred,
    asks: () => ({ verb: 'reopen', case: ONE, reason: 'there is time' }),
    then: ['CaseAccepted'],
    again: { nothing: 'It is open already.' },
  },
  {
    what: 'while recipients hold its patches',
    given: heldByRecipients,
    asks: () => ({ verb: 'close', case: ONE, reason: 'it is no bug after all' }),
    then: ['EmbargoExited', 'CaseClosed'],
    again: CLOSED,
  },
  {
    what: 'once more, where a mail came after closing',
    given: writtenAfterClosing,
    asks: () => ({ verb: 'close', case: ONE, reason: 'it says nothing new' }),
    then: ['LateMailSetAside'],
    again: CLOSED,
  },
  {
    what: 'out of a release',
    given: () => after(ready(), { verb: 'release.plan', case: ONE, at: RELEASE }),
    asks: () => ({ verb: 'triage.not-now', case: ONE, reason: 'not this year' }),
    then: ['ReleaseLeft', 'FixWithdrawn', 'CaseDeferred', 'ReporterUpdated', 'CaseDropped', 'ReleaseCancelled'],
    again: { nothing: 'It is deferred already.' },
  },
  {
    what: 'a question to the reporter',
    given: () => after(acknowledged(), { verb: 'reply.question', case: ONE, text: BLOB, sha256: HASH }),
    asks: () => ({ verb: 'remind', case: ONE, clock: 'needs-info' }),
    then: ['ReminderDue'],
    again: { nothing: 'A reminder was sent at 2026-05-04T09:00:00.000Z, less than an hour ago.' },
  },
  {
    what: 'all of two reporters',
    given: () => twoReports(rated()).wait(2 * DAY),
    asks: () => ({ verb: 'reply.progress', case: ONE }),
    then: ['ReporterUpdated', 'ReporterUpdated'],
    again: { nothing: 'The reporter was told on 2026-05-06T09:00:00.000Z, and nothing has changed since.' },
  },
  {
    what: 'nobody is waited for any more',
    given: () => after(rated(), { verb: 'party.wait', case: ONE, party: 'the maintainers of the parser' }),
    asks: () => ({ verb: 'party.wait', case: ONE }),
    then: ['PartyAnswered'],
    again: { nothing: 'The case is not waiting for anybody.' },
  },
  {
    what: 'an id that comes after the publication',
    given: () => published(withProject({ cve: 'none' })),
    asks: () => ({ verb: 'cve.set', case: ONE, cve: ID }),
    then: ['CveAssigned'],
    again: { nothing: 'It is CVE-1900-0042 already.' },
  },
  {
    what: 'leaves',
    given: () => acknowledged(three),
    asks: () => ({ verb: 'people.remove', case: ONE, person: cem }),
    by: cem,
    second: ana,
    then: ['PersonRemoved'],
    again: { gate: 'on-the-case' },
    atOnce: { nothing: 'Cem is not on this case.' },
  },
]
