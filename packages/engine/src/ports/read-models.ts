import type { Instant, Platform, StreamId } from '@embargo/core'
import type { CaseQuery } from './case-query.ts'
import type { CaseRow } from './event-store.ts'

export type Page = { readonly rows: readonly CaseRow[]; readonly more: boolean }

/** Answers about many cases without folding them. Rebuilt from the log they come out equal. */
export type ReadModels = {
  /** The cases that are meant, the most urgent first, `limit` rows after `offset`. */
  cases(query: CaseQuery & { readonly limit: number; readonly offset?: number }): Promise<Page>
  row(stream: StreamId): Promise<CaseRow | undefined>
  byChannel(platform: Platform, channel: string): Promise<StreamId | undefined>
  count(query: CaseQuery): Promise<number>
  /** Streams with a clock due at or before `now`, the longest overdue first. */
  due(now: Instant, limit: number): Promise<readonly StreamId[]>
  /** The earliest instant at which any clock is due. */
  nextDue(): Promise<Instant | undefined>
  /** Lines that were not reckoned as `mark` says, in the order of their streams, those after `after`. */
  reckonedOtherwise(mark: string, limit: number, after?: StreamId): Promise<readonly StreamId[]>
  /** Replaces the row; used by `log rebuild` only, everything else goes through `EventStore.commit`. */
  replace(row: CaseRow): Promise<void>
}
