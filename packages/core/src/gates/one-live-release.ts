import { isLive } from '../state/release/release-cases.ts'
import { PUBLICATION_LIFT } from './release-planned.ts'
import { defineGate, nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { releaseFact } from './facts.ts'

export const oneLiveRelease = defineGate({
  id: 'one-live-release',
  rule: 'A case is in at most one live release.',
  check: ({ release }) =>
    release !== undefined && (release.is === 'prenotified' || release.is === 'released')
      ? refuse(
          'one-live-release',
          `The pre-notification went out already, with release ${release.id}.`,
          nobody('wait for its date'),
        )
      : undefined,
  passes: releaseFact,
  means: 'Recipients were told one date for the case, and a second release would give the case another date.',
  instead:
    'Take the case out of its release with `release drop`, move that release with `release move`, or wait for its date.',
})

/** A case is in at most one release that is not cancelled, so it must leave its release before it joins another. */
export const inNoRelease: Gate = {
  id: 'one-live-release',
  check: ({ release, state, request }) => {
    if (!isLive(release) || !release.cases.includes(state.id)) return undefined
    if (request.verb === 'release.add' && request.release === release.id) return undefined
    return refuse(
      'one-live-release',
      `${state.id} is in release ${release.id} already.`,
      release.at === undefined
        ? [PUBLICATION_LIFT]
        : [
            { who: 'any team member', how: 'takes it out of that release first', verb: 'release.drop' },
            { who: 'any team member', how: 'moves that release to another date', verb: 'release.move', instead: true },
          ],
      { release: release.id },
    )
  },
}
