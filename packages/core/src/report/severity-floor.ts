import type { CaseState } from '../case/state.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { Severity } from '../shared/words.ts'

const ENOUGH: ReadonlySet<Severity | undefined> = new Set<Severity>(['critical', 'high'])

/** What is attacked is at least high, whatever its vector says (process, section 3). */
export const tooLowForAttacks = (severity: Severity | undefined): boolean => !ENOUGH.has(severity)

/** What raises the severity of a case of which attacks are observed. */
export const severityFloor = ({ severity }: Pick<CaseState, 'severity'>): readonly CaseEvent[] =>
  tooLowForAttacks(severity) ? [{ type: 'SeverityRated', severity: 'high' }] : []
