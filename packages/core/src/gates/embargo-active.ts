import { underEmbargo } from '../state/stage.ts'
import type { Lift } from '../vocabulary/decision.ts'
import { nobody, refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'
import { embargoNegotiable } from './embargo-negotiable.ts'
import { secrecyIntact } from './secrecy-intact.ts'
import { releaseDate } from './release-date.ts'

/** Never waivable for a pre-notification: recipients are told under an embargo or not at all. */
export const embargoActive: Gate = (context) =>
  underEmbargo(context.state)
    ? undefined
    : refuse('embargo-active', 'No embargo is in force, so nobody could be told in confidence.', whatIsLeft(context), {
        embargo: context.state.em.is,
      })

/** Another embargo, where one may still be agreed on; and the publication, where no promised date holds it back. */
function whatIsLeft(context: Context): readonly Lift[] {
  const another = embargoNegotiable(context) === undefined && secrecyIntact(context) === undefined
  if (!another) return nobody('disclose instead')
  return [
    { who: 'any team member', how: 'proposes an embargo, and it is agreed on', verb: 'embargo-propose' },
    ...(releaseDate(context) === undefined
      ? [{ who: 'the team', how: 'discloses instead', verb: 'disclose', here: true } as const]
      : []),
  ]
}
