import type { Append, Decision, Lift, Refusal } from '../vocabulary/decision.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { Context } from '../gates/gate.ts'
import { refuse } from '../gates/gate.ts'

/** Appends to the case's own stream. */
export const onCase = (context: Context, events: readonly CaseEvent[], note?: string): Decision => ({
  ok: true,
  appends: events.length === 0 ? [] : [{ stream: context.state.id, events }],
  ...(note === undefined ? {} : { note }),
})

/** Appends to the streams that `appends` names. */
export const onStreams = (appends: readonly Append[]): Decision => ({ ok: true, appends })

/**
 * Changes nothing, because the command's request is already fulfilled, or because what the command names does not
 * exist. `note` tells the person which of the two it is.
 */
export const nothingToDo = (note: string): Decision => ({ ok: true, nothingToDo: true, appends: [], note })

export const refused = (refusal: Refusal): Decision => ({ ok: false, refusal })

/** The request does not fit the facts: for example, there is no such branch, or nothing to approve. */
export const senseless = (because: string, liftedBy: readonly Lift[]): Decision =>
  refused(refuse('makes-sense', because, liftedBy))

export const you = (instruction: string, verb?: string): readonly Lift[] => [
  { who: 'you', how: instruction, ...(verb === undefined ? {} : { verb }) },
]
