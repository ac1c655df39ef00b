import type { CaseEvent } from '../../events/case-events.ts'
import type { EarlierKey, PublicKey } from '../../shared/public-key.ts'
import type { CaseState, Report } from '../../state/state.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import type { Decision } from '../../vocabulary/decision.ts'

/** The key that came with a mail, and the key known from an earlier case of the same address. */
export type SeenKeys = { readonly key?: PublicKey | undefined; readonly earlierKey?: EarlierKey | undefined }

/**
 * The events to record when a reporter's mail contains a key, or when the reporter's key is known from an earlier case.
 * The first key is recorded, and later a changed copy of it with the same fingerprint. Another key is recorded once, as
 * an alarm.
 */
export function keySeen(
  { id: report, reporter, key: kept }: Pick<Report, 'id' | 'reporter' | 'key'>,
  { key: seen, earlierKey }: SeenKeys,
): readonly CaseEvent[] {
  if (kept === undefined && earlierKey !== undefined) {
    const { key: value, confirmed } = earlierKey
    const known = { key: { $personal: reporter, value } }
    const first: CaseEvent = { type: 'ReporterKeySeen', report, ...known, ...(confirmed && { confirmed }) }
    return [first, ...keySeen({ id: report, reporter, key: known }, { key: seen })]
  }
  if (seen === undefined) return []
  const key = { $personal: reporter, value: seen }
  if (kept === undefined) return [{ type: 'ReporterKeySeen', report, key }]
  const before = kept.key.value
  // The reporter's data is erased, so nothing is written to them any more.
  if (before === null) return []
  if (before.fingerprint === seen.fingerprint)
    return before.file === seen.file ? [] : [{ type: 'ReporterKeySeen', report, key }]
  return kept.changed?.value?.fingerprint === seen.fingerprint ? [] : [{ type: 'ReporterKeyChanged', report, key }]
}

/** Records a key that a search found for a reporter. If a mail has brought a key in the meantime, that key is kept. */
export function recordKey(
  state: CaseState,
  { report: id, key: value }: Extract<SystemRequest, { verb: 'record-key' }>,
): Decision {
  const report = state.reports.find((one) => one.id === id)
  if (report === undefined || report.key !== undefined || report.plain === true) return { ok: true, appends: [] }
  const key = { $personal: report.reporter, value }
  return {
    ok: true,
    appends: [{ stream: state.id, events: [{ type: 'ReporterKeyFound', report: id, key }] }],
  }
}
