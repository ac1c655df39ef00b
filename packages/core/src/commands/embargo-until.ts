import type { CaseEvent } from '../events/case-events.ts'
import { nextRound, openProposal } from '../state/embargo/terms.ts'
import { caseOpen } from '../gates/case-open.ts'
import { embargoCap } from '../gates/embargo-cap.ts'
import type { Context } from '../gates/gate.ts'
import { embargoNegotiable } from '../gates/embargo-negotiable.ts'
import { secrecyIntact } from '../gates/secrecy-intact.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * The team proposes another end of the embargo, and the reporter is asked. The current end stays in force until both
 * have agreed.
 */
export const embargoUntil = defineRequest({
  verb: 'embargo.until',
  gates: [caseOpen, secrecyIntact, embargoNegotiable, embargoCap],
  decide: (context) => {
    const { state, request, at } = context
    const { end, reason } = request
    if (end <= at)
      return senseless(`${isoInstant(end)} is past.`, you('name an end that is still to come', 'embargo.until'))
    const open = openProposal(state.em)
    if (open?.by === 'team' && open.end === end) return nothingToDo('This is proposed already.')
    if (open?.by === 'reporter' && open.end === end)
      return senseless('The reporter proposed this date.', you('accept it', 'embargo.accept'))
    if (state.em.is === 'active' && state.em.end === end) return nothingToDo('The embargo already ends at that time.')
    return onCase(context, proposalEvents(context, end, reason))
  },
  inputs: ({ id, ends }) => Object.values(ends()).map((end) => ({ verb: 'embargo.until', case: id, end })),
})

/**
 * The events of a proposal by the team. If the last embargo has expired or was ended by a signal that proved wrong, a
 * new embargo begins (`EmbargoRoundBegun`).
 */
export function proposalEvents(context: Context, end: Instant, reason: string | undefined): readonly CaseEvent[] {
  const { state } = context
  const because = nextRound(state)
  const round: readonly CaseEvent[] = because === undefined ? [] : [{ type: 'EmbargoRoundBegun', because }]
  return [
    ...round,
    {
      type: 'EmbargoProposed',
      proposal: proposalId(state),
      by: 'team',
      end,
      ...(reason === undefined ? {} : { reason }),
    },
  ]
}

/** The id of a proposal. It is unique within a case, because each version number occurs once in a stream. */
export const proposalId = ({ id, version }: Pick<Context['state'], 'id' | 'version'>): string => `${id}/e${version + 1}`
