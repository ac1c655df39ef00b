import { z } from 'zod'
import { embargoInForce } from '../embargo/evolve.ts'
import type { CaseState } from '../case/state.ts'
import { inThisRound } from '../policy/clocks/clock.ts'
import type { ReleaseState } from '../release/state.ts'
import { Instant } from '../shared/instant.ts'
import { Severity } from '../shared/words.ts'

/** When a case reached what the policy gives a time for. Kept in its row, so that a report folds no case. */
export const Milestones = z.object({
  project: z.string(),
  severity: z.union([Severity, z.literal('unrated')]),
  openedAt: Instant,
  acknowledgedAt: Instant.exactOptional(),
  decidedAt: Instant.exactOptional(),
  ratedAt: Instant.exactOptional(),
  fixReadyAt: Instant.exactOptional(),
  /** The end of the embargo that the fix had to come before, where one counts. */
  fixBefore: Instant.exactOptional(),
  disclosedAt: Instant.exactOptional(),
  closedAt: Instant.exactOptional(),
})
export type Milestones = z.infer<typeof Milestones>

/** A triage that answers at once acknowledges too. */
export function milestonesOf(state: CaseState, release: ReleaseState | undefined): Milestones {
  const { acknowledgedAt = state.decidedAt, decidedAt, ratedAt, closedAt, cs } = state
  const end = cs.fixReady === undefined && embargoInForce(state.em) ? state.em.end : state.fixBefore
  return {
    project: state.project,
    severity: state.severity ?? 'unrated',
    openedAt: state.openedAt,
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(decidedAt === undefined ? {} : { decidedAt }),
    // A later round has its own time for a fix, as its clock has.
    ...(ratedAt === undefined ? {} : { ratedAt: inThisRound(state, ratedAt) }),
    ...(cs.fixReady === undefined ? {} : { fixReadyAt: cs.fixReady }),
    ...(end === undefined ? {} : { fixBefore: end }),
    ...(release?.startedAt === undefined ? {} : { disclosedAt: release.startedAt }),
    ...(closedAt === undefined ? {} : { closedAt }),
  }
}
