import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './who.ts'

export const close = defineCommand({
  verb: 'close',
  summary: 'Close the case, and end its embargo if there is one',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Close the case', submit: 'Close' },
  options: { reason: z.string().max(2000).exactOptional().register(about, { label: 'Reason', takes: 'rest' }) },
  run: async (call) => send(call, { verb: 'close', case: call.case.id, ...call.values }, 'Closed.'),
})
