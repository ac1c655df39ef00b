import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** What was settled to end without a word in public is not published by a slip. */
export const publicationPlanned: Gate = {
  id: 'fits-the-stage',
  check: ({ state }) =>
    state.publication === 'none'
      ? refuse(
          'fits-the-stage',
          'It was settled that nothing of this case is published.',
          anyTeamMember('settles it otherwise', 'publication'),
        )
      : undefined,
}
