import { embargoInForce } from '../state/embargo/evolve.ts'
import { isoInstant } from '../shared/instant.ts'
import { defineGate, refuse } from './gate.ts'
import { embargoFact } from './facts.ts'

/** This gate can never be waived, because we must not publish what we ask others to keep secret. */
export const embargoExited = defineGate({
  id: 'embargo-exited',
  rule: 'The embargo must have ended.',
  inFact: true,
  check: ({ state: { em } }) =>
    embargoInForce(em)
      ? refuse('embargo-exited', `The embargo is in force until ${isoInstant(em.end)}.`, [
          { who: 'the team', how: 'publishes, which ends it', verb: 'disclose' },
          { who: 'two people', how: 'end it early because of a fact that is in the log', verb: 'embargo.end' },
          { who: 'any team member', how: 'says where the vulnerability is public already', verb: 'signal.public' },
        ])
      : undefined,
  passes: embargoFact,
  means: 'What is under embargo must not be published.',
  instead:
    'Publish with `disclose`, which ends the embargo; or let two people end the embargo early with `embargo end`; or, if the vulnerability is public already, say where with `signal public`.',
})
