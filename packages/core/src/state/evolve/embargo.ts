import type { EmbargoEvent } from '../../events/case/embargo.ts'
import type { Recorded } from '../../events/recorded.ts'
import { withEmbargoEvent } from '../embargo/evolve.ts'
import { withFixBefore, withoutFixBefore } from '../fix/evolve.ts'
import type { CaseState } from '../state.ts'
import { withoutLeak } from '../world/evolve.ts'

/** The embargo of the case, and what changes with it in the rest of the case. */
export function withCaseEmbargoEvent(state: CaseState, event: EmbargoEvent, recorded: Recorded): CaseState {
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
    // From here on nobody is bound, and another round is for everybody to agree on.
    reports: state.reports.map(({ free: _free, ...report }) => report),
  })
}

/** An embargo that expires leaves a fix late that is not there; one that ends early asks nothing of it any more. */
const exitedFrom = (state: CaseState, { reason }: Extract<EmbargoEvent, { type: 'EmbargoExited' }>): CaseState =>
  reason === 'expired' && state.cs.fixReady === undefined ? withFixBefore(state) : state
