import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { textsFrozen } from '../release/text-freeze.ts'
import type { Severity } from '../../shared/words.ts'

const ENOUGH: ReadonlySet<Severity | undefined> = new Set<Severity>(['critical', 'high'])

/** A vulnerability under attack is rated at least high, whatever its vector says. */
export const tooLowForAttacks = (severity: Severity | undefined): boolean => !ENOUGH.has(severity)

/**
 * The event that raises the severity of a case with observed attacks. There is no event while approved texts with the
 * old severity are being sent. The severity then stays as it is, and somebody must rate the case before anything else
 * can be approved.
 */
export const severityFloor = (
  { severity: was }: Pick<CaseState, 'severity'>,
  release: World['release'],
): readonly CaseEvent[] =>
  tooLowForAttacks(was) && !textsFrozen(release)
    ? [{ type: 'SeverityRated', severity: 'high', ...(was === undefined ? {} : { was }) }]
    : []
