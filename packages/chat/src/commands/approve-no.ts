import { z } from 'zod'
import { send } from '../answers.ts'
import { openApprovals } from '../cards/waiting-command.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { approvalIdOf, askWhichApproval, approvalOption } from './shared/approval-option.ts'
import { TEAM } from './shared/roles.ts'

export const refuseApproval = defineCommand({
  verb: 'approve.no',
  summary: 'Refuse a pending approval request',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Refuse', submit: 'Refuse' },
  options: {
    reason: z.string().max(2000).register(about, { label: 'Reason', takes: 'rest', kind: 'long-text' }),
    approval: approvalOption(),
  },
  run: async (call) => {
    const { reason, approval: named } = call.values
    const { state } = call.case
    if (named === undefined && openApprovals(state).length > 1) return askWhichApproval(call, 'approve.no')
    const approval = approvalIdOf(state.id, named)
    const request = {
      verb: 'approve.no',
      case: state.id,
      reason,
      ...(approval === undefined ? {} : { approval }),
    } as const
    return send(call, request, 'Refused. Nothing was done.')
  },
})
