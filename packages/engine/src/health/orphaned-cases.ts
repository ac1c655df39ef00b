import { teamRole } from '@embargo/core'
import type { StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'

/** How many rows are read at once. */
const PAGE = 500

/**
 * The open cases whose coordinator is no longer in the policy, or no longer on the team. No event says that somebody
 * left. So the program looks for these cases when it starts, perhaps with a changed policy, and then
 * offers the cases to the team at once.
 */
export async function orphanedCases({ readModels, policy }: Deps): Promise<readonly StreamId[]> {
  const remaining: StreamId[] = []
  for (let offset = 0; ; offset += PAGE) {
    const { rows, more } = await readModels.cases({ open: true, limit: PAGE, offset })
    for (const { stream, summary } of rows) {
      const { coordinator } = summary
      // The read model stores only text, so the person is looked up in the policy.
      if (typeof coordinator !== 'string' || coordinator === '') continue
      const owner = policy.policy.people.find(({ id }) => id === coordinator)
      if (owner === undefined || teamRole(owner) === undefined) remaining.push(stream)
    }
    if (!more) return remaining
  }
}
