import type { Lift } from '../vocabulary/decision.ts'
import { siblingCases } from '../state/release/release-cases.ts'
import { isToldAhead } from '../state/release/holders.ts'
import { refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'

/** Once recipients have been told, they wait for the release. So the release must be published or cancelled first. */
export const noPrenotificationOut: Gate = {
  id: 'fits-the-stage',
  check: (context) => {
    const { release, state } = context
    return release !== undefined && isToldAhead(release, state)
      ? refuse(
          'fits-the-stage',
          'Pre-notifications are out, and their recipients wait for the release.',
          [
            { who: 'the team', how: 'publishes the release on its date', verb: 'disclose' },
            ...dropLifts(context),
            {
              who: 'two people',
              how: 'cancel the release, which tells everybody who waits for it',
              verb: 'release.cancel',
            },
          ],
          { release: release.id },
        )
      : undefined
  },
}

/** Says that taking this case out of the release lifts the refusal. Empty if the release has no other case. */
export const dropLifts = (context: Context): readonly Lift[] =>
  siblingCases(context).length === 0
    ? []
    : [
        {
          who: 'two people',
          how: 'take the case out of the release, with a reason for the recipients who wait for it',
          verb: 'release.drop',
        },
      ]
