import { z } from 'zod'
import { Duty } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const duty = defineCommand({
  verb: 'duty',
  summary: 'Record a report that an authority or a list asks for, with its link',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Record a duty', submit: 'Record' },
  options: {
    duty: z.enum(Duty.options).register(about, {
      label: 'What',
      labels: {
        'oss-security-duty': 'Post on oss-security',
        'cra-early-warning': 'CRA early warning',
        'cra-notification': 'CRA notification',
        'cra-final': 'CRA final report',
      },
    }),
    evidence: z.string().min(1).max(2000).register(about, { label: 'Link or number', takes: 'rest' }),
  },
  run: async (call) => send(call, { verb: 'done.duty', case: call.case.id, ...call.values }, 'Recorded.'),
})
