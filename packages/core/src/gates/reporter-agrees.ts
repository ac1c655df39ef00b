import type { Refusal } from '../vocabulary/decision.ts'
import type { CaseState, Report } from '../state/state.ts'
import type { ReportId } from '../shared/ids.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** A report is forwarded only if it describes a valid problem, in our software or in the vendor's. */
export const worthForwarding: Gate = {
  id: 'fits-the-stage',
  check: ({ state }) =>
    state.disposition === 'other-vendor' || state.disposition === 'valid' || state.disposition === 'defense-in-depth'
      ? undefined
      : refuse(
          'fits-the-stage',
          'The case was found neither valid nor about another vendor’s software.',
          anyTeamMember('triages it as valid or as about another vendor’s software', 'triage'),
        ),
}

/** This gate can never be waived, because only the reporter decides who gets their report and their name. */
export const reporterAgrees = defineGate({
  id: 'reporter-agrees',
  rule: 'A report goes to another vendor only with its reporter’s yes.',
  check: ({ request, state }) =>
    request.verb === 'party.forward' ? missingAgreement(state, request.report) : undefined,
  passes: ({ state: { reports } }) => {
    const answers = reports.flatMap(({ id, forwarding }) =>
      forwarding === undefined ? [] : [`The reporter of ${id} said: ${forwarding}.`],
    )
    return answers.length === 0 ? 'No report is named.' : answers.join(' ')
  },
  means: 'The reporter also decides whether the vendor learns their name.',
  instead: 'The reporter says yes by mail, and a team member logs this answer with `log-answer`.',
})

/** Why the named report or, if none is named, the case's only report may not be forwarded. */
export function missingAgreement(
  { reports }: Pick<CaseState, 'reports'>,
  named: ReportId | undefined,
): Refusal | undefined {
  const report = named === undefined && reports.length === 1 ? reports[0] : reports.find(({ id }) => id === named)
  if (report === undefined || report.forwarding === 'named' || report.forwarding === 'unnamed') return undefined
  return refuse('reporter-agrees', reasonOf(report), [
    { who: 'the reporter', how: 'says yes by mail; a team member logs it', verb: 'log-answer' },
  ])
}

const reasonOf = ({ forwarding }: Report): string =>
  forwarding === 'no'
    ? 'The reporter does not want their report forwarded.'
    : 'The reporter has not said that their report may be forwarded.'
