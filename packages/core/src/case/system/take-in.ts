import type { Decision } from '../decision.ts'
import type { SystemRequest } from '../command.ts'
import type { CaseState } from '../state.ts'

/** A mail that found its case. One message is taken once. */
export function takeIn(state: CaseState, request: Extract<SystemRequest, { verb: 'take-in-message' }>): Decision {
  const { message, from, report, trust, automatic } = request
  if (state.messages.some((one) => one.message === message)) return { ok: true, appends: [] }
  const event = {
    type: 'MessageTakenIn',
    message,
    from,
    trust,
    automatic,
    ...(report === undefined ? {} : { report }),
  } as const
  return { ok: true, appends: [{ stream: state.id, events: [event] }] }
}

/** A mail that cannot be read is kept with its bytes and announced. */
export function quarantine(
  state: CaseState,
  request: Extract<SystemRequest, { verb: 'quarantine-message' }>,
): Decision {
  const { message, because } = request
  if (state.quarantined.includes(message)) return { ok: true, appends: [] }
  return { ok: true, appends: [{ stream: state.id, events: [{ type: 'MessageQuarantined', message, because }] }] }
}
