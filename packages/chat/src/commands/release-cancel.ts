import { z } from 'zod'
import { policyFor } from '@embargo/core'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import { RELEASER } from './shared/roles.ts'

export const cancel = defineCommand({
  verb: 'release.cancel',
  summary: 'Cancel the release',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Cancel the release', submit: 'Show who is notified' },
  options: {
    reason: z.string().max(2000).exactOptional().register(about, {
      label: 'Reason',
      hint: 'Everyone who was notified reads it',
      takes: 'rest',
      kind: 'long-text',
    }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { reason } = call.values
    const reasonField = reason === undefined ? {} : { reason }
    return requestApproval(call, {
      request: { verb: 'release.cancel', case: call.case.id, ...reasonField },
      seat: policyFor(call.engine.policy.policy, call.case.state).approvals.by,
      title: 'cancel the release',
      notes: ['Nothing has been sent yet.'],
      style: 'danger',
      input: reasonField,
    })
  },
})
