import type { PersonRequest } from '../command.ts'
import { stillLeaving } from '../../policy/gates/frozen.ts'
import { inARelease, nobodyHoldsIt } from '../../policy/gates/in-a-release.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { leavingRelease } from '../../release/leaving.ts'
import { accepted } from './handler.ts'
import type { Handler } from './handler.ts'

type Drop = Extract<PersonRequest, { verb: 'release-drop' }>

/** Takes this case out of its release. It goes on by itself, with its embargo. */
export const releaseDrop: Handler<Drop> = {
  gates: [publicationNotBegun, inARelease, stillLeaving, nobodyHoldsIt],
  decide: (context) => accepted(leavingRelease(context, context.request.reason)),
}
