import type { Deps } from '../deps.ts'
import { orphanedCases } from '../health/orphaned-cases.ts'
import { refreshRow } from '../projections/refresh.ts'
import { guardCase } from './guard-case.ts'

/** How many rows of the list of cases are read at once. */
const ROWS_AT_ONCE = 500

/** Computes the rows of all open cases again, after somebody got or lost an account or a group. */
export async function refreshOpen(deps: Deps, signal: AbortSignal): Promise<void> {
  for (let offset = 0; !signal.aborted; offset += ROWS_AT_ONCE) {
    const { rows, more } = await deps.readModels.cases({ open: true, limit: ROWS_AT_ONCE, offset })
    for (const { stream } of rows) await guardCase(deps, stream)(() => refreshRow(deps, stream))
    if (!more) return
  }
}

/**
 * Computes the rows of orphaned cases again, because their next due time was computed under another policy. An orphaned
 * case is an open case whose coordinator is no longer in the policy, or no longer on the team.
 */
export async function refreshOrphaned(deps: Deps): Promise<void> {
  for (const stream of await orphanedCases(deps)) await guardCase(deps, stream)(() => refreshRow(deps, stream))
}
