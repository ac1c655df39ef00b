import type { Instant } from '@embargo/core'
import type { CaseRow } from './event-store.ts'

/** Which cases to find. An absent field matches every case. */
export type CaseQuery = {
  readonly open?: boolean
  readonly stage?: string
  readonly severity?: string
  /** The id of the coordinator. An empty text finds the cases without a coordinator. */
  readonly owner?: string
  readonly openedBefore?: Instant
  /** Cases with a deadline before this instant. */
  readonly overdueAt?: Instant
  /** Finds only the cases that this person may see. */
  readonly person?: string
}

/** Whether a row matches a query. The database query of each adapter must give the same result. */
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
