import { DAY, later, MINUTE } from '@embargo/core'
import type { StreamId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { safeError } from '../shared/safe-error.ts'
import type { CaseQuery } from '../ports/case-query.ts'
import type { Sleep } from '../shared/signal.ts'

/**
 * A card counts hours on the last day, and somebody is called when their day begins: both are a few minutes behind at most.
 * Slack takes an edit of a message a second.
 */
const LOOK_AGAIN_MS = 5 * MINUTE

/** Lines in one page of the list of cases. */
const ROWS_AT_ONCE = 200

export type CaseWatch = {
  readonly lookAt: (stream: StreamId) => Promise<void>
  /** What the log says where one case could not be looked at, and where none could. */
  readonly failed: { readonly one: string; readonly all: string }
  readonly sleep: Sleep
}

/** Longer than any time that a policy gives for what is owed after closing. */
const OWED_WITHIN = 366 * DAY

/**
 * Looks at every case in which somebody has something to do, again after five minutes, until it is told to stop. What fails
 * in one stops no other.
 */
export async function watchCases(
  { deps }: RunningEngine,
  { lookAt, failed, sleep }: CaseWatch,
  signal: AbortSignal,
): Promise<void> {
  async function look(): Promise<void> {
    await lookThrough({ open: true })
    // Closed, and something is owed still, such as the retrospective.
    await lookThrough({ open: false, overdueAt: later(deps.clock.now(), OWED_WITHIN) })
  }

  async function lookThrough(query: CaseQuery): Promise<void> {
    for (let offset = 0; !signal.aborted; offset += ROWS_AT_ONCE) {
      const { rows, more } = await deps.readModels.cases({ ...query, limit: ROWS_AT_ONCE, offset })
      for (const { stream, open, nextDue } of rows) {
        if (signal.aborted) return
        // Its channel is archived, and nobody is reminded any more.
        if (!open && nextDue === undefined) continue
        await lookAt(stream).catch((error: unknown) => {
          deps.log.warn(failed.one, { stream, ...safeError(error) })
        })
      }
      if (!more) return
    }
  }

  while (!signal.aborted) {
    await look().catch((error: unknown) => {
      deps.log.error(failed.all, safeError(error))
    })
    await sleep(LOOK_AGAIN_MS, signal)
  }
}
