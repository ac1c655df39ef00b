import { embargoInForce } from '../state/embargo/evolve.ts'
import { isoInstant } from '../shared/instant.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Never waivable: what others are asked to keep is not put before the public in another place. */
export const embargoExited: Gate = ({ state: { em } }) =>
  embargoInForce(em)
    ? refuse('embargo-exited', `The embargo is in force until ${isoInstant(em.end)}.`, [
        { who: 'the team', how: 'publishes, which ends it', verb: 'disclose' },
        { who: 'two people', how: 'end it, for a fact that is in the log', verb: 'embargo-terminate' },
        { who: 'any team member', how: 'says where it is public already', verb: 'signal-public' },
      ])
    : undefined
