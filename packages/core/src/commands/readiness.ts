import type { CaseEvent } from '../events/case-events.ts'
import type { Append } from '../vocabulary/decision.ts'
import type { Context } from '../gates/gate.ts'
import { HOLD_CAUSES, heldBy } from './publication/hold-causes.ts'
import { CommandId, EventId, Sha256 } from '../shared/ids.ts'
import { evolveCase } from '../state/evolve.ts'
import { fixIsReady } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'

const NOT_STORED = {
  commandId: CommandId.parse('foreseen'),
  eventId: EventId.parse('foreseen'),
  policy: Sha256.parse('0'.repeat(64)),
}

/** The state as it will be after these events, for a decision that depends on their effect. */
export function foreseen(context: Context, events: readonly CaseEvent[]): CaseState {
  const { actor, at } = context
  return events.reduce(
    (state, event) =>
      evolveCase(state, { ...NOT_STORED, stream: state.id, version: state.version + 1, at, actor, event }, event),
    context.state,
  )
}

/**
 * Returns `FixReady` if these events make the fix ready, and `FixWithdrawn` if the fix is no longer ready after these
 * events. Otherwise returns nothing.
 */
export function readiness(context: Context, events: readonly CaseEvent[]): readonly CaseEvent[] {
  const was = context.state.cs.fixReady !== undefined
  const is = fixIsReady(foreseen(context, events))
  if (is && !was) return [{ type: 'FixReady' }]
  if (!is && was) return [{ type: 'FixWithdrawn', branch: branchOf(events) }]
  return []
}

/**
 * The given events. If they make the fix ready, or no longer ready, the event that records this is added. In both cases
 * a publication that was approved in advance is held.
 */
export function withReadiness(context: Context, events: readonly CaseEvent[]): readonly Append[] {
  const { state, release } = context
  const ready = readiness(context, events)
  const own: Append = { stream: state.id, events: [...events, ...ready] }
  const held = ready.length === 0 || release === undefined ? [] : heldBy(HOLD_CAUSES.fixChange, release, state)
  return release === undefined || held.length === 0 ? [own] : [own, { stream: release.id, events: held }]
}

function branchOf(events: readonly CaseEvent[]): string {
  const event = events.find((one) => 'branch' in one)
  return event !== undefined && 'branch' in event ? event.branch : 'main'
}
