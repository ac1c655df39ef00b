import type { GateRule } from './gate.ts'

export const makesSense: GateRule<'makes-sense'> = {
  id: 'makes-sense',
  rule: 'The request must fit what there is.',
  passes: () => '',
  means: 'The command names something that does not exist, or asks for something that is so already.',
  instead: 'Read what the refusal names, look at `status`, and type the command again.',
}
