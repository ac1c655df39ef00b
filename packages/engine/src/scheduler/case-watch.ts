import { DAY, later, MINUTE } from '@embargo/core'
import type { StreamId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { safeError } from '../shared/safe-error.ts'
import type { CaseQuery } from '../ports/case-query.ts'
import type { Sleep } from '../shared/signal.ts'

/**
 * How often cases are checked. The hours on a card, and mentions at the beginning of a working day, may be late by this
 * much.
 */
const LOOK_AGAIN_MS = 5 * MINUTE

/** How many rows of the list of cases are read at once. */
const ROWS_AT_ONCE = 200

export type CaseWatch = {
  readonly lookAt: (stream: StreamId) => Promise<void>
  /** What is logged: `one` if one case could not be checked, `all` if no case could be checked. */
  readonly failed: { readonly one: string; readonly all: string }
  readonly sleep: Sleep
}

/** Longer than any time that a policy allows for duties after closing. */
const OWED_WITHIN = 366 * DAY

/**
 * Every five minutes, checks every case in which somebody has something to do. Ends when `signal` is aborted. A failure
 * in one case does not stop the checks of the other cases.
 */
export async function watchCases(
  { deps }: RunningEngine,
  { lookAt, failed, sleep }: CaseWatch,
  signal: AbortSignal,
): Promise<void> {
  async function look(): Promise<void> {
    await lookThrough({ open: true })
    // Also checks closed cases that still have a duty, such as the retrospective.
    await lookThrough({ open: false, overdueAt: later(deps.clock.now(), OWED_WITHIN) })
  }

  async function lookThrough(query: CaseQuery): Promise<void> {
    for (let offset = 0; !signal.aborted; offset += ROWS_AT_ONCE) {
      const { rows, more } = await deps.readModels.cases({ ...query, limit: ROWS_AT_ONCE, offset })
      for (const { stream, open, nextDue } of rows) {
        if (signal.aborted) return
        // The channel of this closed case is archived, and nobody is reminded any more.
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
