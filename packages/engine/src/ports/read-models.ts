import type { Instant, Platform, StreamId } from '@embargo/core'
import type { CaseQuery } from './case-query.ts'
import type { CaseRow } from './event-store.ts'

export type Page = {
  readonly rows: readonly CaseRow[]
  readonly more: boolean
  /** Cases of this page whose rows cannot be read; the engine computes them again from the log. */
  readonly damaged?: readonly StreamId[]
}

/** What a rebuild found: how many rows there are now, and for which streams the old row differed from the log. */
export type RebuildReport = {
  readonly lines: number
  /** Streams whose row was missing. */
  readonly added: readonly string[]
  /** Streams that had a row although the log does not contain them. */
  readonly removed: readonly string[]
  readonly changed: readonly string[]
  /**
   * Streams whose row was computed by another version of the program or under another policy, and was computed again.
   * This is no sign of damage.
   */
  readonly older: readonly string[]
}

/**
 * Answers questions about many cases without loading their streams. Rebuilding the read models from the log must give
 * the same answers.
 */
export type ReadModels = {
  /** The matching cases, the most urgent first, `limit` rows after `offset`. */
  cases(query: CaseQuery & { readonly limit: number; readonly offset?: number }): Promise<Page>
  row(stream: StreamId): Promise<CaseRow | undefined>
  byChannel(platform: Platform, channel: string): Promise<StreamId | undefined>
  /** The cases that have one of these marks, the newest first. */
  byKeyMarks(marks: readonly string[], limit: number): Promise<readonly StreamId[]>
  count(query: CaseQuery): Promise<number>
  /**
   * All streams with a deadline at or before `now`, the longest overdue first. Rows without a deadline are not read.
   */
  due(now: Instant): Promise<readonly StreamId[]>
  /** The earliest instant at which any deadline is due. */
  nextDue(): Promise<Instant | undefined>
  /** The streams after `after` whose row has a version other than `version`, in order. */
  outdated(version: string, limit: number, after?: StreamId): Promise<readonly StreamId[]>
  /**
   * Replaces the stored row of a case with `row`, after an upgrade changed how rows are computed. Does nothing if the
   * stored row is newer than `row`. The rows of new events are written by `EventStore.commit`.
   */
  replace(row: CaseRow): Promise<void>
  /**
   * Deletes all rows and writes those computed from the log, in one transaction. Rows of commits that are made in the
   * meantime stay.
   *
   * @param rows computes the rows of streams at the versions in `heads`. Returns undefined if the events of a stream
   * cannot be read up to its version yet
   */
  rebuild(
    rows: (heads: ReadonlyMap<StreamId, number>) => Promise<readonly CaseRow[] | undefined>,
  ): Promise<RebuildReport>
}
