import { z } from 'zod'
import { doubtsOf, EffectId } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseInView } from '../define-command.ts'
import { about } from '../option.ts'
import { RELEASER } from './who.ts'

export const settle = defineCommand({
  verb: 'settle',
  summary: 'Say whether something in doubt went out, or send it again, or give it up',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Settle a doubt', submit: 'Settle' },
  options: {
    effect: z.string().max(800).register(about, {
      label: 'What',
      hint: 'Its number on the card, counted from 1',
      carried: true,
      shownAs: 'number',
      suggests: 'doubt',
    }),
    outcome: z.enum(['went', 'again', 'withdrawn']).register(about, {
      label: 'Outcome',
      labels: {
        went: 'It went, or was done by hand',
        again: 'Send it again',
        withdrawn: 'It did not go, and is not needed any more',
      },
    }),
  },
  run: async (call) => {
    const { effect, outcome } = call.values
    const found = effectOf(call.case, effect)
    if (found === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'Nothing of this case is in doubt under that number.',
      })
    return send(call, { verb: 'settle', case: call.case.id, effect: found, outcome }, SAID[outcome])
  },
})

const SAID = {
  went: 'Recorded: it went.',
  again: 'It is sent again.',
  withdrawn: 'Recorded: it is not needed any more.',
} as const

/** As the status numbers them. */
function effectOf({ state, world }: CaseInView, typed: string): EffectId | undefined {
  if (!/^\d{1,4}$/.test(typed)) return EffectId.parse(typed)
  return doubtsOf(state, world.release)[Number(typed) - 1]?.effect
}
