import { z } from 'zod'
import { ApprovalId } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './who.ts'

export const refuseApproval = defineCommand({
  verb: 'refuse',
  summary: 'Say no to what waits for approval',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Refuse', submit: 'Refuse' },
  options: {
    reason: z.string().max(2000).register(about, { label: 'Reason', takes: 'rest', kind: 'long-text' }),
    approval: ApprovalId.exactOptional().register(about, { label: 'Approval', hidden: true, takes: 'named' }),
  },
  run: async (call) => send(call, { verb: 'refuse', case: call.case.id, ...call.values }, 'Refused. Nothing was done.'),
})
