import type { Remediator } from '../events/answers.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { after } from '../policy/calendar.ts'
import type { Context } from '../gates/gate.ts'
import { projectOf } from '../state/project.ts'
import { reachableReports } from '../state/report/reachability.ts'
import type { ReportId, Sha256 } from '../shared/ids.ts'
import { branchesToFix } from '../state/stage.ts'

type Patch = { readonly branch: string; readonly sha256: Sha256; readonly author: Remediator }
type VerificationContext = Pick<Context, 'state' | 'policy' | 'at'>

/**
 * Asks the reporter to verify the team's main patch. Backports, and patches that a reporter wrote, are verified by the
 * team.
 */
export function verificationRequest(
  { state, policy, at }: VerificationContext,
  { branch, sha256, author }: Patch,
): CaseEvent {
  const main = projectOf(policy, state).branches.find((one) =>
    branchesToFix(state).some((affected) => affected.name === one.name),
  )
  const [reporter] = reachableReports(state)
  const ofReporter = author.kind === 'person' && main?.name === branch && reporter !== undefined
  const dueAt = after(policy.calendar, at, policy.clocks.reporterVerification[state.severity ?? 'high'])
  const base = { type: 'VerificationRequested', branch, sha256, dueAt } as const
  return ofReporter ? { ...base, of: 'reporter', report: reporter.id } : { ...base, of: 'team' }
}

/**
 * Asks another reporter or the team to check a patch, because the reporter who was asked leaves the case with their
 * report.
 */
export function askAnotherVerifier(seen: VerificationContext, left: ReportId): readonly CaseEvent[] {
  const state = { ...seen.state, reports: seen.state.reports.filter(({ id }) => id !== left) }
  if (state.rm !== 'accepted') return []
  return branchesToFix(state).flatMap(({ name: branch, fix, waived }) =>
    fix?.is === 'submitted' && waived === undefined && fix.verification?.report === left
      ? [verificationRequest({ ...seen, state }, { branch, sha256: fix.sha256, author: fix.author })]
      : [],
  )
}
