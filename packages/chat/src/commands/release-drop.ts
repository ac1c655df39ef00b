import { z } from 'zod'
import { dropTakesTwo, policyFor } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { goesOn } from '../cards/release.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import { RELEASER } from './shared/roles.ts'

export const drop = defineCommand({
  verb: 'release.drop',
  summary: 'Take this case out of its release',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Leave the release', submit: 'Take it out' },
  options: {
    reason: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Reason', hint: 'The notified recipients read it', takes: 'rest', kind: 'long-text' }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { reason } = call.values
    const { state, world } = call.case
    const reasonField = reason === undefined ? {} : { reason }
    const request = { verb: 'release.drop', case: call.case.id, ...reasonField } as const
    if (!dropTakesTwo(state, world.release))
      return send(call, request, `Taken out of the release. ${goesOn('The case', state)}`)
    if (reason === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because:
          'Recipients have the patches of this case and will read why it leaves the release: give the reason in a line.',
      })
    return requestApproval(call, {
      request,
      seat: policyFor(call.engine.policy.policy, state).approvals.by,
      title: 'take this case out of its release',
      notes: ['Nothing has been sent yet. Once you ask, nothing of this case goes out until the request is answered.'],
      style: 'danger',
      input: { reason },
    })
  },
})
