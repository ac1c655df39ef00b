import type { Refusal } from '../vocabulary/decision.ts'
import type { CaseState, Report } from '../state/state.ts'
import type { ReportId } from '../shared/ids.ts'
import { anyTeamMember, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

/** Only what lies in somebody else's software is theirs to read. */
export const inVendorSoftware: Gate = refusesAs('fits-the-stage', ({ state }) =>
  state.disposition === 'other-vendor'
    ? undefined
    : refuse(
        'fits-the-stage',
        'It was not found to lie in another vendor’s software.',
        anyTeamMember('says so', 'triage'),
      ),
)

/** Never waivable: a report is its reporter's, and so is their name. */
export const reporterAgrees: Gate = ({ request, state }) =>
  request.verb === 'forward' ? missingYes(state, request.report) : undefined

/** Why a report may not be forwarded; of one that is not named, of the only one. */
export function missingYes({ reports }: Pick<CaseState, 'reports'>, named: ReportId | undefined): Refusal | undefined {
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
