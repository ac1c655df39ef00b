import { MessageId, ReporterId } from '../../src/index.ts'
import type { PersonVerb } from '../../src/vocabulary/command.ts'
import { ana, ben, DAY, HASH, OTHER_HASH } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'
import { BEGUN, CLOSED, LEAVING, NOT_ACCEPTED, UNDECIDED, UNSEEN } from './common.ts'
import type { Row } from './row.ts'
import {
  acknowledgedCase,
  affectedCase,
  after,
  assignedCase,
  confirmAttacks,
  cem,
  deferredCase,
  internalCase,
  cancelledReleaseCase,
  receiveMail,
  mergedCase,
  patchedCase,
  patchOf,
  ratedCase,
  receivedCase,
  signalPublic,
  soloPolicy,
  teamOfThree,
  validCase,
  verifiedCase,
} from './states.ts'

type Verb = Extract<PersonVerb, 'ack' | 'triage' | 'triage.affects' | 'assign-patch' | 'patch' | 'confirm'>

const silent = () => patchedCase(teamOfThree).wait(4 * DAY)

/** A report from a program, which never answers a mail. */
function unanswerable(): MultiCaseScenario {
  const scenario = new MultiCaseScenario()
  scenario.does({
    verb: 'open-case',
    case: ONE,
    project: 'quillmark',
    message: MessageId.parse('mail-of-a-program'),
    receivedAt: scenario.now,
    reporter: ReporterId.parse('rep-1'),
    identity: { address: 'scanner@reporter.example' },
    trust: 'nothing-proven',
    automatic: true,
  })
  after(scenario, { verb: 'triage', case: ONE, disposition: 'valid', severity: 'high' })
  return after(scenario, { verb: 'triage.affects', case: ONE, branch: 'main', affected: true })
}

/** The reporter has verified the patch of a maintainer who works alone. */
const checkedAlone = () => verifiedCase(soloPolicy)

/** The commands from the acknowledgment to the verified patch. */
export const MAIN_LINE = {
  ack: {
    given: receivedCase,
    asks: () => ({ verb: 'ack', case: ONE }),
    then: ['CaseAcknowledged', 'CoordinatorSet', 'ReporterAsked'],
    again: { nothing: 'Ana acknowledged this on 2026-05-04T09:00:00.000Z.' },
    refused: [CLOSED],
  },
  triage: {
    given: acknowledgedCase,
    asks: () => ({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' }),
    then: ['SeverityRated', 'WeaknessClassified', 'DispositionSet'],
    again: { nothing: 'The case is triaged as valid already, with the same values.' },
    refused: [
      CLOSED,
      BEGUN,
      LEAVING,
      {
        when: 'it would end, and somebody said that secrecy failed',
        given: () => signalPublic(acknowledgedCase()),
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'spam' }),
        gate: 'frozen',
        facts: { signal: 'public' },
      },
      {
        given: assignedCase,
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'spam' }),
        because: 'The case is accepted and worked on.',
      },
      {
        given: () => deferredCase(cancelledReleaseCase()),
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'invalid', reason: 'it is meant so' }),
        because: 'Recipients have patches of this case, and are told when it closes.',
      },
      {
        given: deferredCase,
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'invalid', reason: 'it is meant so' }),
        because: 'The case was found valid and is deferred.',
      },
      {
        given: validCase,
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'spam' }),
        because: 'Spam is closed without an answer, and this case was already found to be more than spam.',
      },
      {
        given: mergedCase,
        asks: () => ({ verb: 'triage', case: TWO, disposition: 'spam' }),
        because: 'The case has 2 reports, and closing it as spam would leave every reporter without an answer.',
      },
      {
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'invalid' }),
        because: 'The reporter must be told why, and no reason is given.',
      },
      {
        when: 'it is a duplicate of nothing',
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'duplicate' }),
        because: 'A duplicate needs the number of the earlier case.',
      },
      {
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'other-vendor' }),
        because: 'The reporter must be told whom to contact, and no contact is given.',
      },
      {
        given: () => confirmAttacks(acknowledgedCase()),
        asks: () => ({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'moderate' }),
        because: 'Attacks are observed, so the severity is at least high.',
      },
    ],
  },
  'triage.affects': {
    given: ratedCase,
    asks: () => ({
      verb: 'triage.affects',
      case: ONE,
      branch: 'main',
      affected: true,
      range: '< 4.3',
      fixedVersion: '4.3',
    }),
    then: ['AffectedBranchSet'],
    again: { nothing: 'That is recorded for main already.' },
    refused: [
      UNSEEN,
      UNDECIDED,
      {
        given: () =>
          after(acknowledgedCase(), { verb: 'triage', case: ONE, disposition: 'invalid', reason: 'it is no boundary' }),
        gate: 'validity-decided',
        because: 'The case is invalid.',
      },
      { given: deferredCase, gate: 'validity-decided', because: 'The case is deferred.' },
      BEGUN,
      LEAVING,
      {
        asks: () => ({ verb: 'triage.affects', case: ONE, branch: '1.0', affected: true }),
        because: 'The project has no branch "1.0".',
      },
    ],
  },
  'assign-patch': {
    given: affectedCase,
    asks: () => ({ verb: 'assign-patch', case: ONE, to: ben, branches: [] }),
    then: ['CaseAccepted', 'PatchAssigned'],
    again: { nothing: 'The patch is assigned to that person already, so nothing was sent.' },
    refused: [
      UNSEEN,
      UNDECIDED,
      { when: 'it is not rated', given: validCase, gate: 'severity-rated' },
      {
        asks: () => ({ verb: 'assign-patch', case: ONE, to: 'reporter', branches: [] }),
        gate: 'remediator-willing',
        because: 'The reporter was asked, but no yes is logged.',
      },
      {
        given: unanswerable,
        asks: () => ({ verb: 'assign-patch', case: ONE, to: 'reporter', branches: [] }),
        gate: 'remediator-willing',
        because: 'No reporter can be reached, so none can be asked to write the patch.',
      },
      {
        given: () =>
          after(after(internalCase(), { verb: 'triage', case: ONE, disposition: 'valid', severity: 'high' }), {
            verb: 'triage.affects',
            case: ONE,
            branch: 'main',
            affected: true,
          }),
        asks: () => ({ verb: 'assign-patch', case: ONE, to: 'reporter', branches: [] }),
        gate: 'remediator-willing',
        because: 'Nobody reported this from outside, so there is no reporter who could write the patch.',
      },
      BEGUN,
      { given: ratedCase, because: 'No affected supported branch is named yet.' },
      {
        asks: () => ({ verb: 'assign-patch', case: ONE, to: ben, branches: ['main', '4.2'] }),
        because: '4.2 is not an affected and supported branch.',
      },
      {
        asks: () => ({ verb: 'assign-patch', case: ONE, to: cem, branches: [] }),
        because: 'That person is not on this case.',
      },
    ],
  },
  patch: {
    given: assignedCase,
    asks: () => patchOf(),
    by: ben,
    then: ['PatchSubmitted', 'VerificationRequested'],
    again: { nothing: 'This patch is attached already.' },
    second: ana,
    refused: [
      UNSEEN,
      UNDECIDED,
      { when: 'it is not rated', given: validCase, gate: 'severity-rated' },
      { when: 'it rests', given: deferredCase, gate: 'validity-decided', because: 'The case is deferred.' },
      BEGUN,
      { ...LEAVING, asks: () => patchOf(OTHER_HASH) },
      {
        given: () =>
          after(after(assignedCase(), { verb: 'triage.affects', case: ONE, branch: '4.2', affected: true }), {
            verb: 'assign-patch',
            case: ONE,
            to: ben,
            branches: ['4.2'],
          }),
        because: 'Several branches are assigned, so name one of them.',
      },
      {
        when: 'it is not assigned, and two branches may be meant',
        given: ratedCase,
        by: ana,
        because: 'Several branches are supported, so name one of them.',
      },
      {
        when: 'it is for a branch that is not affected',
        given: () => after(affectedCase(), { verb: 'triage.affects', case: ONE, branch: '4.2', affected: false }),
        by: ana,
        asks: () => ({ ...patchOf(), branch: '4.2' }),
        because: '4.2 is not an affected and supported branch.',
      },
      {
        when: 'it is not assigned, and the reporter who wrote it never said that they would',
        given: affectedCase,
        by: ana,
        asks: (scenario) => ({ ...patchOf(), author: { kind: 'reporter', report: scenario.reportId } }),
        gate: 'remediator-willing',
      },
      {
        when: 'it is not assigned, and its author is not on the case',
        given: affectedCase,
        by: ana,
        asks: () => ({ ...patchOf(), author: { kind: 'person', person: cem } }),
        because: 'That person is not on this case.',
      },
    ],
  },
  confirm: {
    given: silent,
    asks: () => ({ verb: 'confirm', case: ONE, fixed: true, note: 'the reporter is silent' }),
    then: ['FixVerified', 'FixReady'],
    again: { nothing: 'Every submitted patch is verified already.' },
    second: cem,
    refused: [
      NOT_ACCEPTED,
      {
        given: () => receiveMail(patchedCase(teamOfThree)).wait(4 * DAY),
        gate: 'reporter-check',
        because:
          'The reporter has written since they were asked, and nobody has logged that mail as an answer or replied to it.',
      },
      {
        given: () => receiveMail(patchedCase(teamOfThree), 'unverified').wait(4 * DAY),
        gate: 'reporter-check',
        because:
          'Since the reporter was asked, a mail came from an address that is not proven to be theirs, and nobody has replied to it.',
      },
      { given: assignedCase, gate: 'patch-submitted', because: 'No patch has been submitted.' },
      {
        asks: () => ({ verb: 'confirm', case: ONE, branch: '4.2', fixed: true }),
        gate: 'patch-submitted',
        because: '4.2 is not named as an affected branch, so it has no patch.',
      },
      {
        when: 'they wrote the patch',
        by: ben,
        gate: 'verifier-is-not-author',
        because: 'You wrote this patch, so somebody else must confirm it.',
      },
      {
        when: 'they wrote the patch and are alone',
        given: () => patchedCase(soloPolicy).wait(8 * DAY),
        gate: 'verifier-is-not-author',
        because: 'You wrote this patch, so somebody else must confirm it.',
      },
      {
        given: () => after(assignedCase(), { ...patchOf(), author: { kind: 'person', person: ben } }),
        gate: 'verifier-is-not-author',
        because: 'You submitted this patch in another person’s name, so somebody else must confirm it.',
      },
      {
        given: patchedCase,
        gate: 'reporter-check',
        because: 'The reporter was asked to verify this patch and has until 2026-05-07T09:00:00.000Z.',
      },
      {
        asks: () => ({ verb: 'confirm', case: ONE, fixed: true }),
        gate: 'reporter-check',
        because: 'The reporter was asked and has not answered; confirming in their place takes a reason.',
      },
      {
        given: () => {
          const scenario = patchedCase()
          const effect = scenario.effects.findLast((one) => one.kind === 'send-mail')
          if (effect?.kind !== 'send-mail') throw new Error('nobody was asked')
          const { letter, to, id } = effect
          const outcome = { is: 'mail-failed', letter, to, because: 'no such mailbox' } as const
          return after(scenario, { verb: 'record-outcome', stream: ONE, effect: id, outcome }).wait(4 * DAY)
        },
        gate: 'reporter-check',
        because: 'The mail that asks the reporter did not arrive, so their silence does not count.',
      },
      BEGUN,
      {
        given: () => {
          const scenario = after(patchedCase(teamOfThree), {
            verb: 'triage.affects',
            case: ONE,
            branch: '4.2',
            affected: true,
          })
          after(scenario, { verb: 'assign-patch', case: ONE, to: ben, branches: ['4.2'] })
          return after(scenario, { ...patchOf(OTHER_HASH), branch: '4.2' }, ben).wait(4 * DAY)
        },
        because: 'Several patches wait, so name one of them.',
      },
      {
        when: 'changes were asked of the only one',
        given: () => after(silent(), { verb: 'confirm', case: ONE, fixed: false, note: 'a link still gets through' }),
        because: 'Changes to this patch were requested, so a new patch is needed.',
      },
      {
        given: () => after(silent(), { verb: 'confirm', case: ONE, fixed: true, note: 'the reporter is silent' }),
        asks: () => ({ verb: 'confirm', case: ONE, fixed: false, note: 'a link still gets through' }),
        because: 'No patch waits to be confirmed.',
      },
      {
        when: 'changes were asked of it',
        given: () => after(silent(), { verb: 'confirm', case: ONE, fixed: false, note: 'a link still gets through' }),
        asks: () => ({ verb: 'confirm', case: ONE, branch: 'main', fixed: true, note: 'it is fine now' }),
        because: 'Changes to this patch were requested, so a new patch is needed.',
      },
      {
        when: 'changes were asked of it, and the reporter has time left',
        given: () =>
          after(patchedCase(teamOfThree), {
            verb: 'confirm',
            case: ONE,
            fixed: false,
            note: 'a link still gets through',
          }),
        asks: () => ({ verb: 'confirm', case: ONE, branch: 'main', fixed: true }),
        because: 'Changes to this patch were requested, so a new patch is needed.',
      },
      {
        when: 'they wrote the patch, it is verified, and they are alone',
        given: checkedAlone,
        asks: () => ({ verb: 'confirm', case: ONE, branch: 'main', fixed: false, note: 'a link still gets through' }),
        gate: 'verifier-is-not-author',
        because: 'You wrote this patch, so somebody else must confirm it.',
      },
      {
        when: 'another patch was shown',
        given: () => after(silent(), patchOf(OTHER_HASH), ben).wait(4 * DAY),
        asks: () => ({ verb: 'confirm', case: ONE, fixed: true, note: 'silent', sha256: [HASH.slice(0, 32)] }),
        because: 'The patch for main has been replaced since it was shown.',
      },
      {
        when: 'changes are asked of another patch than was shown',
        given: () => after(silent(), patchOf(OTHER_HASH), ben),
        asks: () => ({ verb: 'confirm', case: ONE, fixed: false, note: 'a link gets through', sha256: [HASH] }),
        because: 'The patch for main has been replaced since it was shown.',
      },
    ],
    noted: [
      {
        when: 'the branch is named and its patch is verified',
        given: () => after(silent(), { verb: 'confirm', case: ONE, fixed: true, note: 'silent' }),
        asks: () => ({ verb: 'confirm', case: ONE, branch: 'main', fixed: true, note: 'silent' }),
        nothing: 'This patch is verified already.',
      },
      {
        when: 'it is their own, which the reporter has verified',
        given: checkedAlone,
        asks: () => ({ verb: 'confirm', case: ONE, branch: 'main', fixed: true }),
        nothing: 'This patch is verified already.',
      },
    ],
  },
} satisfies { readonly [V in Verb]: Row<V> }
