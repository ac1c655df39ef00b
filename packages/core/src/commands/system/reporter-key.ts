import type { CaseEvent } from '../../events/case-events.ts'
import type { PublicKey } from '../../shared/public-key.ts'
import type { Report } from '../../state/state.ts'

/**
 * The events when a mail of this reporter brings a key. Their first key and a changed copy of the known key are
 * recorded. A different key is recorded as an alarm, once.
 */
export function keySeen(
  { id: report, reporter, key: kept }: Pick<Report, 'id' | 'reporter' | 'key'>,
  seen: PublicKey | undefined,
): readonly CaseEvent[] {
  if (seen === undefined) return []
  const key = { $personal: reporter, value: seen }
  if (kept === undefined) return [{ type: 'ReporterKeySeen', report, key }]
  const before = kept.key.value
  // Erased: nothing is written to them any more.
  if (before === null) return []
  if (before.fingerprint === seen.fingerprint)
    return before.file === seen.file ? [] : [{ type: 'ReporterKeySeen', report, key }]
  return kept.changed?.value?.fingerprint === seen.fingerprint ? [] : [{ type: 'ReporterKeyChanged', report, key }]
}
