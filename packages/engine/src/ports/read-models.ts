import type { Instant, Platform, StreamId } from '@embargo/core'
import type { CaseRow } from './event-store.ts'

export type Page = { readonly rows: readonly CaseRow[]; readonly more: boolean }

/** Answers about many cases without folding them. Rebuilt from the log they come out equal. */
export type ReadModels = {
  /** Open (or all) cases, the most urgent first, `limit` rows after `offset`. */
  cases(query: { readonly open?: boolean; readonly limit: number; readonly offset?: number }): Promise<Page>
  row(stream: StreamId): Promise<CaseRow | undefined>
  byChannel(platform: Platform, channel: string): Promise<StreamId | undefined>
  count(query: { readonly open?: boolean }): Promise<number>
  /** Streams with a clock due at or before `now`, the longest overdue first. */
  due(now: Instant, limit: number): Promise<readonly StreamId[]>
  /** The earliest instant at which any clock is due. */
  nextDue(): Promise<Instant | undefined>
  /** Replaces the row; used by `log rebuild` only, everything else goes through `EventStore.commit`. */
  replace(row: CaseRow): Promise<void>
}
