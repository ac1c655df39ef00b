import { policyFor } from '@embargo/core'
import type { MessageId } from '@embargo/core'
import type { CaseCall } from '../../chat-command.ts'
import type { Reply } from '../../types.ts'
import { requestApproval } from './approval-request.ts'
import type { PreviewValues } from './preview-options.ts'
import { reportOf } from './report-option.ts'

type Values = PreviewValues & { readonly report?: string }

/** Requests a second person's approval to write to the reporter at the address that a mail came from. */
export async function requestNewAddress(call: CaseCall<Values>, message: MessageId): Promise<Reply> {
  const { report } = call.values
  const ofMail = call.case.state.messages.find((mail) => mail.message === message)?.report
  const address = (await call.engine.queries.mail(message))?.address
  return requestApproval(call, {
    request: {
      verb: 'log-answer.address',
      case: call.case.id,
      ...(ofMail === undefined ? {} : { report: ofMail }),
      ...reportOf(call.case.id, report),
      message,
      ...(address === undefined ? {} : { address }),
    },
    seat: policyFor(call.engine.policy.policy, call.case.state).approvals.by,
    title: 'another address of the reporter',
    notes: ['Nothing has changed yet.'],
    style: 'primary',
    input: { address: 'new-address', message, ...(report === undefined ? {} : { report }) },
  })
}
