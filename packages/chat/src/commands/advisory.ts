import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM_OR_MAINTAINER } from './who.ts'

export const advisory = defineCommand({
  verb: 'advisory',
  summary: 'Write what the public texts say',
  about: 'case',
  allowed: TEAM_OR_MAINTAINER,
  form: { title: 'Advisory text', submit: 'Save' },
  options: {
    component: z.string().max(200).register(about, { label: 'Component', hint: 'What part of the product' }),
    impact: z
      .string()
      .max(2000)
      .register(about, { label: 'Impact, in one sentence', hint: 'By doing …, an attacker may …', kind: 'long-text' }),
    workaround: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Workaround', kind: 'long-text', takes: 'named', shownAs: 'text' }),
  },
  run: async (call) =>
    send(call, { verb: 'advisory', case: call.case.id, ...call.values }, 'Saved. Public texts are made from it.'),
})
