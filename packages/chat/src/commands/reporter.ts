import { z } from 'zod'
import { policyFor } from '@embargo/core'
import { wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { requestApproval } from './shared/approval-request.ts'
import { findMail } from './shared/find-mail.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { previewOptions } from './shared/preview-options.ts'
import { TEAM } from './shared/roles.ts'

export const reporter = defineCommand({
  verb: 'reporter',
  summary: 'Write to the reporter at another address: the one that a mail of theirs came from',
  about: 'case',
  allowed: TEAM,
  form: { title: 'The reporter', submit: 'Show it' },
  options: {
    what: z
      .enum(['address'])
      .register(about, { label: 'What', labels: { address: 'They are written to at another address' } }),
    message: z.string().max(256).register(about, {
      label: 'The mail that came from there',
      hint: 'last, or its number in the order in which they came',
      carried: true,
      shownAs: 'last|number',
      suggests: 'message',
    }),
    report: reportOption(),
    ...previewOptions(),
  },
  run: async (call) => {
    const { what, message: typed, report } = call.values
    const message = findMail(call.case.state, typed)
    if (message === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'This case has no such mail.' })
    const address = (await call.engine.queries.mail(message))?.address
    return requestApproval(call, {
      request: {
        verb: 'log-answer.address',
        case: call.case.id,
        ...reportOf(call.case.id, report),
        message,
        ...(address === undefined ? {} : { address }),
      },
      seat: policyFor(call.engine.policy.policy, call.case.state).approvals.by,
      title: 'another address of the reporter',
      notes: ['Nothing has changed yet.'],
      style: 'primary',
      input: { what, message, ...(report === undefined ? {} : { report }) },
    })
  },
})
