import { releaseFact } from './facts.ts'
import type { GateRule } from './gate.ts'

export const fitsTheStage: GateRule<'fits-the-stage'> = {
  id: 'fits-the-stage',
  rule: 'The case must be at the stage to which the command belongs.',
  inFact: true,
  passes: (context) => `The case is ${context.state.rm}. ${releaseFact(context)}`,
  means:
    'The command belongs to a later stage, or to one that is over. The most common reason is that the case is not accepted yet.',
  instead: 'Run `status`, which shows the next step and who takes it. To accept a case, run `assign-patch`.',
}
