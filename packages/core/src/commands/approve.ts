import type { Append, Decision } from '../vocabulary/decision.ts'
import type { PendingCommand } from '../vocabulary/command.ts'
import { personOf } from '../state/people/directory.ts'
import type { Context } from '../gates/gate.ts'
import { seatInRelease } from '../gates/seat-in-release.ts'
import { pendingApproval, secondPerson } from '../gates/second-person.ts'
import { ask } from '../gates/waivers/ask.ts'
import { approvalGates, runApproved, pendingCommand } from './approvals/index.ts'
import { VOID_CAUSES, voidedBy } from './approvals/void-causes.ts'
import type { VoidCause } from './approvals/void-causes.ts'
import { lostApprover } from './approvals/lost-approver.ts'
import { onCase, senseless, you } from './decisions.ts'
import { answerClosedApproval } from './resolve/approval.ts'
import { defineRequest } from './define-request.ts'

/**
 * The second person's approval. It covers exactly what was shown: everything is rendered and checked again, and any
 * change voids the approval. The approval is also void if the person who requested it has lost their role. But the
 * approval of a signal is not void for a lost role, because a signal reports a fact.
 */
export const approve = defineRequest({
  verb: 'approve',
  content: 'checked',
  gates: [seatInRelease, secondPerson],
  decide: (context) => {
    const { request, person } = context
    const approval = pendingApproval(context)
    if (approval === undefined || person === undefined) return answerClosedApproval(context, 'given')
    if (request.shown?.mails === undefined)
      return senseless('Nothing was shown yet.', you('look at what will happen', 'approve'))
    const { digest, now = digest, mails, documents = [] } = request.shown
    if (digest !== approval.digest || now !== approval.digest) {
      return voided(context, VOID_CAUSES.changedPreview, { approval: approval.id })
    }
    const waiting = pendingCommand(approval)
    const inner: Context<PendingCommand> = { ...context, request: waiting, asker: personOf(context.whole, approval.by) }
    const lost = approval.yesFrom === undefined ? lostApprover(context, approval.by, waiting) : undefined
    if (lost !== undefined)
      return voided(context, VOID_CAUSES.askerWithoutRole, { approval: approval.id, because: lost })
    for (const gate of approvalGates(waiting)) {
      const refusal = ask(gate, inner)
      if (refusal !== undefined)
        return voided(context, VOID_CAUSES.brokenRule, { approval: approval.id, because: refusal.because })
    }
    const appends = runApproved(inner, { digest, mails, documents, asker: approval.by })
    const wentOn = approval.mode !== 'second-look' && approval.by === person.id
    const alone = wentOn ? ({ alone: true } as const) : {}
    const given: Append = {
      stream: context.state.id,
      events: [{ type: 'ApprovalGiven', approval: approval.id, by: person.id, ...alone }],
    }
    return { ok: true, appends: joined([given, ...appends]) }
  },
  inputs: ({ id, state, preview, stalePreview }) => [
    { verb: 'approve', case: id },
    ...state.approvals
      .filter(({ status }) => status === 'open')
      .flatMap((approval) => {
        const asItIs = preview(pendingCommand(approval))
        const asShown = { ...asItIs, digest: approval.digest }
        const base = { verb: 'approve', case: id, approval: approval.id } as const
        return [
          { ...base, typedCase: id, shown: asShown },
          { ...base, shown: asShown },
          ...(approval.digest === asItIs.digest ? [] : [{ ...base, typedCase: id, shown: asItIs }]),
          { ...base, typedCase: id, shown: stalePreview(pendingCommand(approval)) },
        ]
      }),
  ],
})

function voided<Facts>(context: Context, cause: VoidCause<Facts>, facts: Facts): Decision {
  const note = `The approval is void, and nothing was sent: ${cause.because(facts)}. Ask again to see the command as it is now.`
  return onCase(context, voidedBy(cause, context.state, facts), note)
}

/** Joins all appends to the same stream into one, because a commit may append to each stream only once. */
function joined(appends: readonly Append[]): readonly Append[] {
  const streams = [...new Set(appends.map((append) => append.stream))]
  return streams.map((stream) => ({
    stream,
    events: appends.filter((append) => append.stream === stream).flatMap((append) => append.events),
  }))
}
