import { teamRole } from '@embargo/core'
import type { StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'

/** Lines read at once. */
const PAGE = 500

/**
 * The open cases whose coordinator the policy does not know any more, or not as one of the team. A leaver says nothing: their cases are found when
 * a program starts under the new policy, so that the team is offered them at once and not when something else is due.
 */
export async function orphanedCases({ readModels, policy }: Deps): Promise<readonly StreamId[]> {
  const left: StreamId[] = []
  for (let offset = 0; ; offset += PAGE) {
    const { rows, more } = await readModels.cases({ open: true, limit: PAGE, offset })
    for (const { stream, summary } of rows) {
      const { coordinator } = summary
      // The read model keeps a text; whom it names is looked up, never trusted.
      if (typeof coordinator !== 'string' || coordinator === '') continue
      const owner = policy.policy.people.find(({ id }) => id === coordinator)
      if (owner === undefined || teamRole(owner) === undefined) left.push(stream)
    }
    if (!more) return left
  }
}
