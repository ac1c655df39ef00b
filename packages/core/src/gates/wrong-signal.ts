import type { SignalKind } from '../shared/words.ts'
import type { CaseState } from '../state/state.ts'
import { counted } from '../state/world/signals.ts'
import type { Lift } from '../vocabulary/decision.ts'

/** A signal that says that something is public can be corrected; our own publication cannot be taken back. */
export const wrongSignalLifts = (state: CaseState, kinds: readonly SignalKind[]): readonly Lift[] =>
  state.publishedAt === undefined && kinds.some((kind) => counted(state, kind).length > 0)
    ? [{ who: 'two people', how: 'record that this was wrong, if it was', verb: 'signal.wrong' }]
    : []
