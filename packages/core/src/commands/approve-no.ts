import type { CaseEvent } from '../events/case-events.ts'
import { pendingApproval } from '../gates/second-person.ts'
import { onCase } from './decisions.ts'
import { answerClosedApproval } from './resolve/approval.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records the second person's no, with the reason. The requester may withdraw their own request with the same command.
 */
export const approveNo = defineRequest({
  verb: 'approve.no',
  gates: [],
  decide: (context) => {
    const approval = pendingApproval(context)
    if (approval === undefined || context.person === undefined) return answerClosedApproval(context, 'refused')
    const { reason } = context.request
    // An unconfirmed signal freezes embargoed mail. Refusing the signal ends this freeze.
    const lifted = context.state.signals
      .filter((signal) => signal.is === 'raised' && signal.approval === approval.id)
      .map((signal): CaseEvent => ({ type: 'SignalRefused', signal: signal.id, reason }))
    const refused: CaseEvent = { type: 'ApprovalRefused', approval: approval.id, by: context.person.id, reason }
    return onCase(context, [refused, ...lifted])
  },
  inputs: ({ id }) => [{ verb: 'approve.no', case: id, reason: 'because' }],
})
