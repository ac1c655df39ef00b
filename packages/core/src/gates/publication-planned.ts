import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Refuses to publish a case that the team decided not to publish. */
export const publicationPlanned: Gate = {
  id: 'fits-the-stage',
  check: ({ state }) =>
    state.publication === 'none'
      ? refuse(
          'fits-the-stage',
          'The team decided to publish nothing about this case.',
          anyTeamMember('changes that decision', 'advisory.as'),
        )
      : undefined,
}
