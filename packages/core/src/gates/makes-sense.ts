import type { GateRule } from './gate.ts'

export const makesSense: GateRule<'makes-sense'> = {
  id: 'makes-sense',
  rule: 'The request fits what there is.',
  passes: () => '',
  means: 'What was typed names something that is not there, or asks for what is so already.',
  instead: 'Read what the refusal names, look at `status`, and say it anew.',
}
