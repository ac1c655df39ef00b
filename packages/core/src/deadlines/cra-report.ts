import { instant, later, latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Duty } from '../shared/words.ts'
import { counted } from '../state/world/signals.ts'
import type { CaseState } from '../state/state.ts'
import type { DeadlineContext, Run } from './definition.ts'
import { reminders, URGENT_FRACTIONS } from './moments.ts'

type Report = {
  readonly duty: Duty
  readonly within: number
  /** An instant before which the deadline must not start. Absent: it starts when the team learnt of the attacks. */
  readonly from?: Instant
}

/**
 * The runs of the deadline for one of the three reports that the EU Cyber Resilience Act requires (Regulation (EU)
 * 2024/2847, article 14). A run starts when the vendor knows of attacks.
 */
export function craReport({ policy, state }: DeadlineContext, { duty, within, from }: Report): readonly Run[] {
  const known = knownSince(state)
  // A case that was merged needs no reports, because the reports about the earlier case cover both cases.
  if (!policy.clocks.cra || known === undefined || state.mergedInto !== undefined) return []
  if (state.duties?.[duty] !== undefined) return []
  const start = from === undefined ? known : latest(from, known)
  const due = later(start, within)
  return [{ start, due, moments: reminders({ start, due }, URGENT_FRACTIONS) }]
}

/**
 * When the team learnt of attacks. This is the time when somebody first raised a signal of attacks, not the later time
 * when the signal began to count.
 */
function knownSince(state: CaseState): Instant | undefined {
  const { attacks } = state.cs
  const raised = counted(state, 'attack').map(({ raisedAt }) => raisedAt)
  return attacks === undefined ? undefined : instant(Math.min(attacks, ...raised))
}
