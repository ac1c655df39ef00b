import type { CaseState } from '../state/state.ts'
import { severityOf } from './clock.ts'
import { LAST } from './definition.ts'
import { deadlineOf } from './index.ts'

const SEVERITIES = ['critical', 'high', 'moderate', 'low'] as const

/**
 * The order in which moments are announced; smaller numbers come first. Cases with observed attacks come first, then
 * the others by severity. Within a severity, the priority of the deadline decides.
 */
export function priorityOf(state: CaseState, { clock }: { readonly clock: string }): number {
  const rank = state.cs.attacks === undefined ? SEVERITIES.indexOf(severityOf(state)) + 1 : 0
  return rank * 100 + (deadlineOf(clock)?.priority ?? LAST)
}
