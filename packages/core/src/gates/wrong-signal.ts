import type { SignalKind } from '../shared/words.ts'
import type { CaseState } from '../state/state.ts'
import { counted } from '../state/world/signals.ts'
import type { Lift } from '../vocabulary/decision.ts'

/** What a signal made public can be taken back; what we published cannot. */
export const wrongSignalLifts = (state: CaseState, kinds: readonly SignalKind[]): readonly Lift[] =>
  state.publishedAt === undefined && kinds.some((kind) => counted(state, kind).length > 0)
    ? [{ who: 'two people', how: 'record that this was wrong, if it was', verb: 'signal.wrong' }]
    : []
