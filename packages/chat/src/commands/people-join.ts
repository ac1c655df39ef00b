import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { ANYBODY } from './shared/roles.ts'

export const consent = defineCommand({
  verb: 'consent',
  summary: 'Answer an invitation to a case: agree to its embargo, or not',
  about: 'case',
  allowed: { who: `${ANYBODY.who} who is invited to a case` },
  form: { title: 'Agree to the embargo', submit: 'Answer' },
  options: {
    answer: z.enum(['yes', 'no']).register(about, {
      label: 'The embargo',
      labels: { yes: 'I agree to it', no: 'I do not agree to it' },
    }),
  },
  run: async (call) => {
    const agreed = call.values.answer === 'yes'
    return send(
      call,
      { verb: 'people.consent', case: call.case.id, agreed },
      agreed ? 'Thank you. You are on the case, and in its channel in a moment.' : 'Thank you. Nothing more happens.',
    )
  },
})
