import type { CaseState, Event, State, StreamId } from '@embargo/core'

export type StateOf = (stream: StreamId) => Promise<State | undefined>

/**
 * Finds the cases from which the given cases got reports by a merge or a split, directly or through other cases.
 * Content that was kept out of chat in one of the found cases must stay out of chat.
 */
export async function originsOf(cases: readonly CaseState[], stateOf: StateOf): Promise<readonly CaseState[]> {
  const seen = new Set<StreamId>(cases.map(({ id }) => id))
  const found: CaseState[] = []
  let last = cases
  while (last.length > 0) {
    const missing = [...new Set(last.flatMap(sourcesOf))].filter((id) => !seen.has(id))
    for (const id of missing) seen.add(id)
    const states = await Promise.all(missing.map(stateOf))
    last = states.filter((state) => state?.kind === 'case')
    found.push(...last)
  }
  return found
}

const sourcesOf = ({ links }: CaseState): readonly CaseState['id'][] =>
  links.flatMap((link) => (link.as === 'merged-from' || link.as === 'split-from' ? [link.case] : []))

/** Whether the event is about a single report that has never been in another case. */
export function isOfOwnReport({ links, reports, messages }: CaseState, event: Event): boolean {
  const named = 'report' in event ? event.report : undefined
  const message = 'message' in event ? event.message : undefined
  const id = named ?? messages.find((one) => one.message === message)?.report
  return isOwnReport({ links, reports }, id)
}

/** Whether a report has never been in another case. */
export const isOwnReport = (
  { links, reports }: Pick<CaseState, 'links' | 'reports'>,
  id: string | undefined,
): boolean =>
  !links.some(({ as }) => as === 'split-from') && reports.some((one) => one.id === id && one.joined === undefined)
