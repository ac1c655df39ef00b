import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** A case that the team decided not to publish is not published by mistake. */
export const publicationPlanned: Gate = {
  id: 'fits-the-stage',
  check: ({ state }) =>
    state.publication === 'none'
      ? refuse(
          'fits-the-stage',
          'It was decided that nothing about this case is published.',
          anyTeamMember('settles it otherwise', 'advisory.as'),
        )
      : undefined,
}
