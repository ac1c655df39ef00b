import { isPublished } from '../state/release/text-freeze.ts'
import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** A record can be corrected once its publication is complete, and until it is withdrawn. */
export const publishedRecord: Gate = {
  id: 'fits-the-stage',
  check: ({ state, release }) => {
    if (release?.startedAt === undefined || !release.cases.includes(state.id))
      return refuse('fits-the-stage', `Nothing of ${state.id} is published, so there is nothing to correct.`, [
        { who: 'any team member', how: 'uses triage and advisory to change what will be published' },
      ])
    if (!isPublished(release))
      return refuse(
        'fits-the-stage',
        release.correction === undefined
          ? 'The publication is still running, and its approved texts cannot change.'
          : 'Another correction is still running, and its approved texts cannot change.',
        anyTeamMember('ends the last steps, or leaves them out; then the record can be corrected', 'settle.step'),
      )
    const withdrawn = state.corrections?.find((one) => one.withdrawn === true)
    return withdrawn === undefined
      ? undefined
      : refuse('fits-the-stage', 'The record is withdrawn, so it can no longer be corrected.', [
          { who: 'any team member', how: 'opens a follow-up case', verb: 'open' },
        ])
  },
}
