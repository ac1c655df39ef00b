import { z } from 'zod'
import type { PersonRequest } from '../vocabulary/command.ts'
import { endingEmbargo } from '../state/embargo/ending.ts'
import { caseOpen } from '../gates/case-open.ts'
import type { Gate } from '../gates/gate.ts'
import { otherSide } from '../gates/other-side.ts'
import { embargoToEnd } from '../gates/embargo-to-end.ts'
import { embargoBindsNoRecipient, embargoBindsNoRecipientIfUnreachable } from '../gates/no-recipient-bound.ts'
import { reasonHolds } from '../gates/reason-holds.ts'
import { CaseId } from '../shared/ids.ts'
import { TerminationReason } from '../shared/words.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import { onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'

type Terminate = Extract<PersonRequest, { verb: 'embargo.end' }>

/** Records that the team and the reporter agree to continue in public. Nothing is published by this command. */
export const embargoOpen = defineRequest({
  verb: 'embargo.open',
  gates: [caseOpen, embargoToEnd, embargoBindsNoRecipient, otherSide],
  decide: (context) => onCase(context, endingEmbargo(context.state.em, 'opened')),
  inputs: ({ id }) => [{ verb: 'embargo.open', case: id }],
})

const TERMINATE_GATES: readonly Gate[] = [caseOpen, embargoToEnd, embargoBindsNoRecipientIfUnreachable, reasonHolds]

const WHY: Readonly<Record<TerminationReason, string>> = {
  attacks: 'attacks are observed',
  leak: 'details got out',
  unreachable: 'no reporter can be asked',
}

export const terminateTwice: TwoPersonRule<Terminate> = {
  waits: z.object({
    verb: z.literal('embargo.end'),
    case: CaseId,
    reason: TerminationReason,
    text: z.string(),
  }),
  gates: TERMINATE_GATES,
  approver: approverByPolicy,
  complete: ({ request }) => request,
  preview: ({ request }) => [
    `The embargo ends at once, because ${WHY[request.reason]}: ${request.text}`,
    request.reason === 'unreachable'
      ? 'The team can then continue in public. A planned release keeps its date. Nothing is published by this.'
      : 'The reporter and every recipient who was told of the case, except one suspected of a leak, hear of it by mail. Nothing is published by this.',
  ],
  mails: () => [],
  releaseAt: () => undefined,
  run: ({ state, request }) => [{ stream: state.id, events: endingEmbargo(state.em, request.reason, request.text) }],
}

/**
 * Ends an embargo before its time. Only the reasons of `TerminationReason` are possible, and the named reason must be a
 * recorded fact.
 */
export const embargoEnd = defineRequest({
  verb: 'embargo.end',
  gates: TERMINATE_GATES,
  decide: (context) => askForApproval(context, terminateTwice),
  twoPeople: terminateTwice,
  inputs: ({ id, preview }) =>
    TerminationReason.options.map((reason) => {
      const bare = { verb: 'embargo.end', case: id, reason, text: 'because' } as const
      return { ...bare, shown: preview(bare) }
    }),
})
