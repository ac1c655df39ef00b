import type { Instant, Platform, StreamId } from '@embargo/core'
import type { CaseQuery } from './case-query.ts'
import type { CaseRow } from './event-store.ts'

export type Page = {
  readonly rows: readonly CaseRow[]
  readonly more: boolean
  /** Cases of this page whose lines cannot be read; the engine computes them again from the log. */
  readonly damaged?: readonly StreamId[]
}

/** How many lines there are now, and of which streams they stood otherwise. */
export type RebuildReport = {
  readonly lines: number
  /** Were missing. */
  readonly added: readonly string[]
  /** Are of no case of the log. */
  readonly removed: readonly string[]
  readonly changed: readonly string[]
  /** Were computed under another policy, or by another version of the program, and are written again: nobody did wrong. */
  readonly older: readonly string[]
}

/** Answers about many cases without folding them. Rebuilt from the log they come out equal. */
export type ReadModels = {
  /** The cases that are meant, the most urgent first, `limit` rows after `offset`. */
  cases(query: CaseQuery & { readonly limit: number; readonly offset?: number }): Promise<Page>
  row(stream: StreamId): Promise<CaseRow | undefined>
  byChannel(platform: Platform, channel: string): Promise<StreamId | undefined>
  count(query: CaseQuery): Promise<number>
  /** All streams with a clock due at or before `now`, the longest overdue first. Reads no stream that has nothing due. */
  due(now: Instant): Promise<readonly StreamId[]>
  /** The earliest instant at which any clock is due. */
  nextDue(): Promise<Instant | undefined>
  /** Lines of another version, in the order of their streams, those after `after`. */
  outdated(version: string, limit: number, after?: StreamId): Promise<readonly StreamId[]>
  /** Replaces the row unless it is newer: for lines that an older program wrote. What happens goes through `EventStore.commit`. */
  replace(row: CaseRow): Promise<void>
  /**
   * Clears all rows and writes those that the log has, in one transaction. Lines of commits that come in meanwhile stay.
   *
   * @param rows what the rows are when the streams stand at these versions; undefined when they cannot be read so far yet
   */
  rebuild(
    rows: (heads: ReadonlyMap<StreamId, number>) => Promise<readonly CaseRow[] | undefined>,
  ): Promise<RebuildReport>
}
