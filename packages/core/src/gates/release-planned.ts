import type { Lift } from '../vocabulary/decision.ts'
import { isLive } from '../state/release/release-cases.ts'
import { isoInstant } from '../shared/instant.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** After an interim advisory, a case can be published without a planned date. */
export const PUBLICATION_LIFT: Lift = {
  who: 'the team',
  how: 'publishes the case in full; after an interim advisory, this needs no planned date',
  verb: 'disclose',
  instead: true,
}

/** Passes if the case is in a release that has a date. */
export const releasePlanned: Gate = {
  id: 'fits-the-stage',
  check: ({ state, release }) => {
    const isIn = isLive(release) && release.cases.includes(state.id)
    if (isIn && release.at !== undefined) return undefined
    return isIn
      ? refuse('fits-the-stage', `The release of ${state.id} has no date.`, [PUBLICATION_LIFT])
      : refuse('fits-the-stage', `${state.id} is in no release.`, [
          { who: 'any team member', how: 'plans one', verb: 'release.plan' },
        ])
  },
}

/** Passes if recipients were pre-notified. */
export const prenotificationSent: Gate = {
  id: 'fits-the-stage',
  check: ({ release }) =>
    release?.is === 'prenotified'
      ? undefined
      : refuse('fits-the-stage', 'Nobody was pre-notified, so no recipient has a patch.', [
          { who: 'any team member', how: 'pre-notifies', verb: 'prenotify' },
        ]),
}

/** A release has one date. A pre-notification must name that date, and only moving the release changes it. */
export const onReleaseDate: Gate = {
  id: 'release-date',
  check: ({ release, request, at }) => {
    if (request.verb !== 'prenotify' || request.at === undefined) return undefined
    if (!isLive(release) || release.at === undefined || release.at === request.at) return undefined
    return refuse(
      'release-date',
      `The release ${release.id} is planned for ${isoInstant(release.at)}.`,
      [
        // A date that has passed cannot be used.
        ...(release.at > at
          ? [{ who: 'you', how: 'name no date, so that this date is used', verb: 'prenotify' } as const]
          : []),
        { who: 'any team member', how: 'moves the release', verb: 'release.move' },
      ],
      { releaseAt: release.at },
    )
  },
}
