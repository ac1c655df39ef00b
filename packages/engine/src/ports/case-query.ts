import type { Instant } from '@embargo/core'
import type { CaseRow } from './event-store.ts'

/** Which cases are meant; what is left out does not matter. */
export type CaseQuery = {
  readonly open?: boolean
  readonly stage?: string
  readonly severity?: string
  /** A person's id; empty: nobody looks after it. */
  readonly owner?: string
  readonly openedBefore?: Instant
  /** Some time is up before it. */
  readonly overdueAt?: Instant
  /** Whom the answer is for: only what they may see. */
  readonly person?: string
}

/** What a query means, for a line at hand. The database of each adapter must agree with it. */
export function fitsQuery(row: CaseRow, query: CaseQuery): boolean {
  const { open, stage, severity, owner, openedBefore, overdueAt, person } = query
  return (
    (open === undefined || row.open === open) &&
    (stage === undefined || row.stage === stage) &&
    (severity === undefined || row.severity === severity) &&
    (owner === undefined || row.owner === owner) &&
    (openedBefore === undefined || row.openedAt < openedBefore) &&
    (overdueAt === undefined || (row.due !== undefined && row.due < overdueAt)) &&
    (person === undefined || row.people.includes(person))
  )
}
