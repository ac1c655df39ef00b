import { embargoInForce } from '../state/embargo/evolve.ts'
import { isoInstant } from '../shared/instant.ts'
import { defineGate, refuse } from './gate.ts'
import { embargoFact } from './facts.ts'

/** Never waivable: what others are asked to keep secret is not published in another place. */
export const embargoExited = defineGate({
  id: 'embargo-exited',
  rule: 'The embargo must have ended.',
  inFact: true,
  check: ({ state: { em } }) =>
    embargoInForce(em)
      ? refuse('embargo-exited', `The embargo is in force until ${isoInstant(em.end)}.`, [
          { who: 'the team', how: 'publishes, which ends it', verb: 'disclose' },
          { who: 'two people', how: 'end it, for a fact that is in the log', verb: 'embargo.end' },
          { who: 'any team member', how: 'says where it is public already', verb: 'signal.public' },
        ])
      : undefined,
  passes: embargoFact,
  means: 'Nothing is said in public while an embargo keeps it secret.',
  instead:
    'Publish with `disclose`, which ends it; end it early with two people and `embargo end`; or say with `signal public` where it is public already.',
})
