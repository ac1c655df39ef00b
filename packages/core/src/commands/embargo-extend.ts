import { z } from 'zod'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { boundReporters, openProposal, silentAfterExpiry } from '../state/embargo/terms.ts'
import { caseOpen } from '../gates/case-open.ts'
import { embargoCap } from '../gates/embargo-cap.ts'
import { refuse } from '../gates/gate.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { embargoNegotiable } from '../gates/embargo-negotiable.ts'
import { secrecyIntact } from '../gates/secrecy-intact.ts'
import { CaseId } from '../shared/ids.ts'
import { Instant, isoInstant } from '../shared/instant.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import { proposalEvents } from './embargo-until.ts'
import { nothingToDo, refused } from './decisions.ts'
import { defineRequest } from './define-request.ts'

type EmbargoExtend = Extract<PersonRequest, { verb: 'embargo.extend' }>

const inTheFuture: Gate = {
  id: 'makes-sense',
  check: ({ request, at }) =>
    request.verb === 'embargo.extend' && request.end <= at
      ? refuse('makes-sense', `${isoInstant(request.end)} is past.`, [
          { who: 'you', how: 'name an end that is still to come', verb: 'embargo.extend' },
        ])
      : undefined,
}

const GATES: readonly Gate[] = [caseOpen, secrecyIntact, embargoNegotiable, embargoCap]

/**
 * Proposes an end that is later than the policy allows the reporter and the team to agree on. Two admins must approve
 * it, and after that the reporter is asked. The admins' approval alone is enough if no reporter can be asked, or if the
 * last embargo expired and no reporter answers.
 */
export const extendTwice: TwoPersonRule<EmbargoExtend> = {
  waits: z.object({
    verb: z.literal('embargo.extend'),
    case: CaseId,
    end: Instant,
    reason: z.string(),
  }),
  gates: [...GATES, inTheFuture],
  approver: (context) =>
    context.policy.approvals.by === 'second-look' ? approverByPolicy(context) : { mode: 'second-admin' },
  complete: ({ request }) => request,
  preview: ({ request, policy }) => [
    `The embargo is to end ${isoInstant(request.end)}, because: ${request.reason}`,
    `The reporter and the team cannot agree on this end alone: it is later than the policy lets them agree on, or no reporter answers. ${policy.approvals.by === 'second-look' ? 'It takes a second look' : 'Two admins must approve it'}.`,
  ],
  mails: () => [],
  releaseAt: () => undefined,
  run: (context) => [{ stream: context.state.id, events: extended(context) }],
}

export const embargoExtend = defineRequest({
  verb: 'embargo.extend',
  gates: GATES,
  decide: (context) => {
    const past = inTheFuture.check(context)
    if (past !== undefined) return refused(past)
    const known = knownAlready(context)
    return known === undefined ? askForApproval(context, extendTwice) : nothingToDo(known)
  },
  twoPeople: extendTwice,
  inputs: ({ id, ends, preview }) => {
    const bare = { verb: 'embargo.extend', case: id, end: ends().beyond, reason: 'because' } as const
    return [bare, { ...bare, shown: preview(bare) }]
  },
})

/** Why the end needs no approval: it is already proposed and the reporter is asked, or it is already in force. */
function knownAlready({ state, request: { end }, at }: Context<EmbargoExtend>): string | undefined {
  const open = openProposal(state.em)
  if (open?.by === 'team' && open.end === end && !silentAfterExpiry(state, at))
    return 'This is proposed already, and the reporter is asked.'
  return state.em.is === 'active' && state.em.end === end ? 'The embargo already ends at that time.' : undefined
}

function extended(context: Context<EmbargoExtend>): readonly CaseEvent[] {
  const { state, request, at } = context
  const { end, reason } = request
  const open = openProposal(state.em)
  if (open?.by === 'reporter' && open.end === end) {
    const named = open.report === undefined ? {} : { report: open.report }
    return [{ type: 'EmbargoAccepted', proposal: open.proposal, by: 'team', end, ...named }]
  }
  const proposed = proposalEvents(context, end, reason)
  const nobodyToAsk = boundReporters(state).length === 0 || silentAfterExpiry(state, at)
  const accepted = proposed.flatMap((event): readonly CaseEvent[] =>
    event.type === 'EmbargoProposed' && nobodyToAsk
      ? [{ type: 'EmbargoAccepted', proposal: event.proposal, by: 'team', end }]
      : [],
  )
  return [...proposed, ...accepted]
}
