import type { StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { safeError } from '../shared/safe-error.ts'
import { projectionVersion, rowsOf } from './case-rows.ts'

/** How many rows are processed at a time. */
const AT_ONCE = 200

/**
 * If a row was written by an older program or under another policy, computes the row again, because its deadlines and
 * search columns may have changed. A case that cannot be read keeps its old row, and the next start tries again.
 */
export async function refreshReadModels(deps: Deps, signal: AbortSignal): Promise<void> {
  const version = projectionVersion(deps.policy)
  let after: StreamId | undefined
  while (!signal.aborted) {
    const streams = await deps.readModels.outdated(version, AT_ONCE, after)
    for (const stream of streams) {
      if (signal.aborted) return
      await refreshRow(deps, stream).catch((error: unknown) => {
        deps.log.error('the line of a case in the list of cases could not be refreshed', {
          stream,
          ...safeError(error),
        })
      })
    }
    after = streams.at(-1)
    if (streams.length < AT_ONCE) return
  }
}

export async function refreshRow(deps: Deps, stream: StreamId): Promise<void> {
  const row = rowsOf(deps, await deps.loadWorld(stream)).find((each) => each.stream === stream)
  if (row !== undefined) await deps.readModels.replace(row)
}
