import type { EmbargoEvent } from '../../events/case/embargo.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { withEmbargoEvent } from '../embargo/evolve.ts'
import { withFixBefore, withoutFixBefore } from '../fix/evolve.ts'
import type { CaseState } from '../state.ts'
import { withoutLeak } from '../world/evolve.ts'

/** Applies an event about the embargo to the state of the case: to the embargo itself, and to what depends on it. */
export function withCaseEmbargoEvent(state: CaseState, event: EmbargoEvent, recorded: RecordedEvent): CaseState {
  const em = withEmbargoEvent(state.em, event, recorded)
  if (event.type === 'EmbargoRoundBegun')
    return {
      ...(state.cs.fixReady === undefined ? withoutFixBefore(state) : state),
      em,
      embargoFrom: recorded.at,
    }
  if (event.type !== 'EmbargoExited') return { ...state, em }
  return withoutLeak({
    ...exitedFrom(state, event),
    em,
    // Nobody is bound any more, so another embargo needs everybody's consent again.
    reports: state.reports.map(({ free: _free, ...report }) => report),
  })
}

/** A fix that is missing when the embargo expires is late. An embargo that ends early sets no deadline for the fix. */
const exitedFrom = (state: CaseState, { reason }: Extract<EmbargoEvent, { type: 'EmbargoExited' }>): CaseState =>
  reason === 'expired' && state.cs.fixReady === undefined ? withFixBefore(state) : state
