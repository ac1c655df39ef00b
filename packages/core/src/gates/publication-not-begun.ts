import { defineGate, followUp, refuse } from './gate.ts'
import { releaseFact } from './facts.ts'

/**
 * From the first step of the publication on, patches and texts cannot change. A wrong fix gets a new case, linked to
 * this one.
 */
export const publicationNotBegun = defineGate({
  id: 'publication-not-begun',
  rule: 'The publication must not have begun.',
  inFact: true,
  check: ({ release }) =>
    release?.startedAt === undefined
      ? undefined
      : refuse('publication-not-begun', 'The publication has begun, so patches and texts are frozen.', followUp),
  passes: (context) =>
    context.release?.startedAt === undefined ? 'Our publication has not begun.' : releaseFact(context),
  means: 'After its first public step a publication continues to its end with the approved texts and patches.',
  instead: 'Let the publication finish. For a wrong fix, open a follow-up case with `open … --follows …`.',
})
