import type { SignalKind } from '../shared/words.ts'
import type { CaseState } from '../state/state.ts'
import { counted } from '../state/world/signals.ts'
import type { Lift } from '../vocabulary/decision.ts'

/** A signal that was wrong can be corrected, unless we have published the case ourselves. */
export const wrongSignalLifts = (state: CaseState, kinds: readonly SignalKind[]): readonly Lift[] =>
  state.publishedAt === undefined && kinds.some((kind) => counted(state, kind).length > 0)
    ? [{ who: 'two people', how: 'record that the signal was wrong, if it was', verb: 'signal.wrong' }]
    : []
