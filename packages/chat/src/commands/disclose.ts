import { z } from 'zod'
import { policyFor } from '@embargo/core'
import { wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import { missingFactNotes } from './shared/missing-facts.ts'
import { RELEASER } from './shared/roles.ts'

export const disclose = defineCommand({
  verb: 'disclose',
  summary: 'Publish: send the announcement, tell the lists, thank the reporter and end the embargo',
  short: true,
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Disclose', submit: 'Show what would go out' },
  options: {
    what: z
      .enum(['interim', 'unfixed'])
      .exactOptional()
      .register(about, {
        label: 'Without a fix',
        labels: { interim: 'Publish the facts now and the rest later', unfixed: 'Publish without a fix, for now' },
      }),
    reason: z.string().max(2000).exactOptional().register(about, {
      label: 'Why nothing is fixed',
      hint: 'Only if you publish without a fix',
      takes: 'rest',
    }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { what, reason } = call.values
    const { approvals } = policyFor(call.engine.policy.policy, call.case.state)
    const verb = what === 'interim' ? 'disclose.interim' : 'disclose'
    const common = {
      notes: ['Nothing has been published yet.', ...missingFactNotes(call, verb)],
      style: 'danger',
    } as const
    if (what === 'interim')
      return requestApproval(call, {
        ...common,
        request: { verb: 'disclose.interim', case: call.case.id },
        seat: approvals.by,
        title: 'interim advisory',
        input: { what },
      })
    if (what === 'unfixed' && reason === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'Readers will ask why there is no fix: give the reason.',
      })
    return requestApproval(call, {
      ...common,
      request: {
        verb: 'disclose',
        case: call.case.id,
        ...(what === undefined || reason === undefined ? {} : { unfixed: reason }),
      },
      seat: approvals.by,
      title: what === undefined ? 'publication' : 'publication without a fix',
      ...(what === undefined || reason === undefined ? {} : { input: { what, reason } }),
    })
  },
})
