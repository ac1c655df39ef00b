import type { Decision } from '../../vocabulary/decision.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ReportId } from '../../shared/ids.ts'
import type { CaseState } from '../../state/state.ts'
import { keySeen } from './reporter-key.ts'
import type { SeenKeys } from './reporter-key.ts'

type TakeIn = Extract<SystemRequest, { verb: 'take-in-message' }>

/** Records a mail in the case to which it belongs. Each mail is recorded once. */
export function takeIn(state: CaseState, request: TakeIn): Decision {
  const { message, from, report, recipient, vendor, trust, checks, automatic, returned, key, earlierKey } = request
  if (state.messages.some((one) => one.message === message)) return { ok: true, appends: [] }
  const event = {
    type: 'MessageTakenIn',
    message,
    from,
    trust,
    automatic,
    ...(checks === undefined ? {} : { checks }),
    ...(report === undefined ? {} : { report }),
    ...(recipient === undefined ? {} : { recipient }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(returned === undefined ? {} : { returned }),
  } as const
  // The mail's key is recorded only after the sender's domain was checked, because the mail may be from somebody else.
  const seen = checks?.domain?.is === 'not-yet' ? [] : keyOf(state, { from, report, key, earlierKey })
  return { ok: true, appends: [{ stream: state.id, events: [event, ...answering(state, request), ...seen] }] }
}

/**
 * Records that our question to the reporter was answered. Even a mail from an unknown address counts as an answer,
 * because it may be the reporter's, and the case must not close as unanswered.
 */
function answering(
  { needsInfo }: CaseState,
  { message, from, report, recipient, vendor, automatic }: TakeIn,
): readonly CaseEvent[] {
  if (needsInfo === undefined || from === 'team' || automatic) return []
  if (recipient !== undefined || vendor !== undefined) return []
  if (report !== undefined && report !== needsInfo.report) return []
  return [{ type: 'InfoReceived', report: needsInfo.report, message }]
}

/** The events for the key in a mail. A key counts only if the mail is the reporter's own. */
function keyOf(
  { reports }: CaseState,
  { from, report: id, ...seen }: SeenKeys & { readonly from: TakeIn['from']; readonly report: ReportId | undefined },
): readonly CaseEvent[] {
  const report = from === 'reporter' ? reports.find((one) => one.id === id) : undefined
  return report === undefined ? [] : keySeen(report, seen)
}

/**
 * Records the verdict on a sender's domain, if the verdict was `not-yet` before. The key that came with the mail is
 * recorded now, unless the mail turns out to be somebody else's.
 */
export function recordDomain(
  state: CaseState,
  { message, trust, domain, key, earlierKey }: Extract<SystemRequest, { verb: 'record-domain' }>,
): Decision {
  const waiting = state.messages.find((one) => one.message === message && one.checks?.domain?.is === 'not-yet')
  if (waiting === undefined) return { ok: true, appends: [] }
  // If the mail is the first mail of a report, its key was recorded when the report came.
  const isFirst = state.reports.some((report) => report.message === message)
  const seen =
    trust === 'failed' || isFirst ? [] : keyOf(state, { from: waiting.from, report: waiting.report, key, earlierKey })
  return {
    ok: true,
    appends: [{ stream: state.id, events: [{ type: 'MessageChecked', message, trust, domain }, ...seen] }],
  }
}

/** Records a mail that cannot be read. Its bytes are kept, and the mail is announced. */
export function quarantine(
  state: CaseState,
  request: Extract<SystemRequest, { verb: 'quarantine-message' }>,
): Decision {
  const { message, because } = request
  if (state.quarantined.includes(message)) return { ok: true, appends: [] }
  return { ok: true, appends: [{ stream: state.id, events: [{ type: 'MessageQuarantined', message, because }] }] }
}
