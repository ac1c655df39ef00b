import type { World } from '../vocabulary/decision.ts'
import type { ReportId } from '../shared/ids.ts'
import type { ReleaseState } from './release/state.ts'
import type { CaseState } from './state.ts'

/**
 * The case from which a report was merged, and the release of that case. Undefined if the report cannot return to that
 * case. A report cannot return to a published case, because a published case cannot be reopened, and its texts cannot
 * credit anybody later.
 */
export function mergeOrigin(
  { reports }: Pick<CaseState, 'reports'>,
  report: ReportId,
  others: World['others'],
): { readonly state: CaseState; readonly release: ReleaseState | undefined } | undefined {
  const from = reports.find(({ id }) => id === report)?.joined?.case
  const state = from === undefined ? undefined : others.get(from)
  if (state?.kind !== 'case') return undefined
  const found = state.release === undefined ? undefined : others.get(state.release)
  const release = found?.kind === 'release' ? found : undefined
  return release?.startedAt === undefined ? { state, release } : undefined
}
