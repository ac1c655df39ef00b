import { releaseFact } from './facts.ts'
import type { GateRule } from './gate.ts'

export const fitsTheStage: GateRule<'fits-the-stage'> = {
  id: 'fits-the-stage',
  rule: 'The case must have come far enough.',
  inFact: true,
  passes: (context) => `The case is ${context.state.rm}. ${releaseFact(context)}`,
  means: 'The command belongs to a later stage, or to one that is over: most often the case is not accepted yet.',
  instead: 'Do the next step, which `status` names with its owner; `assign-patch` accepts a case.',
}
