import type { PersonId } from '@embargo/core'
import type { CaseRow } from '@embargo/engine'
import type { Setting } from '../chat-command.ts'

/**
 * For one request, two lists of open cases are examined: the cases that the person coordinates, and all cases that the
 * person may see. From each list, at most this many cases are taken, because whose turn it is in a case must be
 * computed from the case's events. For the whole database, that would take too long.
 */
export const MAX_CANDIDATES = 100

export type CandidateCases = {
  readonly rows: readonly CaseRow[]
  /** The number of open cases that the person may see but that were not examined. */
  readonly left: number
  /** Whether the person coordinates some of the cases that were not examined. */
  readonly ownLeft: boolean
}

/**
 * The cases that are examined for one person, the most urgent first: the open cases that the person coordinates, and
 * the most urgent other cases that the person may see.
 */
export async function candidateCases({ engine }: Setting, person: PersonId): Promise<CandidateCases> {
  const query = { open: true, person, limit: MAX_CANDIDATES } as const
  const [own, urgent] = await Promise.all([
    engine.queries.cases({ ...query, owner: person }),
    engine.queries.cases(query),
  ])
  const known = new Set(urgent.rows.map(({ stream }) => stream))
  const rows = [...urgent.rows, ...own.rows.filter(({ stream }) => !known.has(stream))]
  const rest = urgent.more ? (await engine.queries.countCases({ open: true, person })) - rows.length : 0
  return { rows: rows.toSorted((a, b) => a.urgency - b.urgency), left: Math.max(0, rest), ownLeft: own.more }
}
