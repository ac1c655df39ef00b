import { openProposal } from '../state/embargo/terms.ts'
import type { OpenProposal } from '../state/embargo/terms.ts'
import { caseOpen } from '../gates/case-open.ts'
import { embargoCap } from '../gates/embargo-cap.ts'
import { embargoNegotiable } from '../gates/embargo-negotiable.ts'
import { secrecyIntact } from '../gates/secrecy-intact.ts'
import { otherSide } from '../gates/other-side.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Accepts a proposed date. The team accepts the reporter’s date. If no reporter can be asked, a second person accepts
 * the team’s date.
 */
export const embargoAccept = defineRequest({
  verb: 'embargo.accept',
  gates: [caseOpen, secrecyIntact, embargoNegotiable, otherSide, embargoCap],
  decide: (context) => {
    const open = openProposal(context.state.em)
    if (open === undefined) return nothingProposed()
    if (isAnother(open, context.request.end)) return anotherWaits(open, 'embargo.accept')
    if (open.end <= context.at) return endIsPast(open.end)
    const { proposal, end, report } = open
    const named = report === undefined ? {} : { report }
    return onCase(context, [{ type: 'EmbargoAccepted', proposal, by: 'team', end, ...named }])
  },
  inputs: ({ id }) => [{ verb: 'embargo.accept', case: id }],
})

/** The team rejects the reporter’s date or withdraws its own proposal. A reporter's silence is not a rejection. */
export const embargoReject = defineRequest({
  verb: 'embargo.reject',
  gates: [caseOpen],
  decide: (context) => {
    const open = openProposal(context.state.em)
    if (open === undefined) return nothingProposed()
    const { reason, end } = context.request
    if (isAnother(open, end)) return anotherWaits(open, 'embargo.reject')
    return onCase(context, [{ type: 'EmbargoRejected', proposal: open.proposal, by: 'team', reason }])
  },
  inputs: ({ id }) => [{ verb: 'embargo.reject', case: id, reason: 'because' }],
})

const isAnother = (open: OpenProposal, shown: Instant | undefined): boolean => shown !== undefined && shown !== open.end

/** Refuses the answer, because the caller has not read the date that is proposed now. */
const anotherWaits = ({ end }: OpenProposal, verb: 'embargo.accept' | 'embargo.reject') =>
  senseless(`Another date is proposed now: ${isoInstant(end)}.`, you('look at this date, and answer it', verb))

/**
 * Refuses to accept a date that has passed. A proposal stays open until somebody answers it, however long that takes.
 */
export const endIsPast = (end: Instant) =>
  senseless(`The proposed end, ${isoInstant(end)}, is past.`, you('propose another', 'embargo.until'))

const nothingProposed = () =>
  senseless('No date waits for an answer.', you('look at what is agreed, or propose a date', 'embargo.until'))
