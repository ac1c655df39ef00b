import type { GateRule } from './gate.ts'

export const makesSense: GateRule<'makes-sense'> = {
  id: 'makes-sense',
  rule: 'The request must fit the state of the case.',
  inFact: true,
  passes: () => '',
  means: 'The command names something that does not exist, or asks for what is done already.',
  instead: 'Read the refusal, look at `status`, and correct the command.',
}
