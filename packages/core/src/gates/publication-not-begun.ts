import { followUp, nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** From the first step of the publication on, patches and texts are frozen: a wrong fix is a new, linked case. */
export const publicationNotBegun: Gate = ({ release, state }) =>
  release?.startedAt === undefined
    ? undefined
    : refuse(
        'publication-not-begun',
        'The publication has begun, so patches and texts are frozen.',
        nobody(followUp(state)),
      )
