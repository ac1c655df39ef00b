import { z } from 'zod'
import { embargoInForce } from '../state/embargo/evolve.ts'
import type { CaseState } from '../state/state.ts'
import { answerPromised } from '../deadlines/promise.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import { upTo } from '../state/report/severity-history.ts'
import type { SeverityHistory } from '../state/report/severity-history.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { Instant } from '../shared/instant.ts'
import { Severity } from '../shared/words.ts'

/**
 * When a case reached the points for which the policy sets a time. `embargo stats` reads these times from the case's
 * row in the database, without the case's events.
 */
export const Milestones = z.object({
  project: z.string(),
  /** Set for a practice case, which statistics leave out. */
  practice: z.literal(true).exactOptional(),
  severity: z.union([Severity, z.literal('unrated')]),
  openedAt: Instant,
  /** The day by which the receipt promises an answer. */
  answerBy: Instant.exactOptional(),
  acknowledgedAt: Instant.exactOptional(),
  /**
   * Set if nobody waited for an acknowledgment, because one of us opened the case or split it off from an acknowledged
   * case.
   */
  begunByUs: z.literal(true).exactOptional(),
  /** Set if the report was spam, so that nobody waited for an answer. */
  spam: z.literal(true).exactOptional(),
  /**
   * When the disposition was first decided after the case was opened, or after the last reopening that needed a new
   * decision.
   */
  decidedAt: Instant.exactOptional(),
  /** When the case was last reopened or taken up again, if ever. */
  roundAt: Instant.exactOptional(),
  /**
   * When the time for a fix started: when the case was found valid, or at its first rating if that was earlier. The
   * time starts again when the case is reopened or taken up again. Absent if the case is not rated.
   */
  ratedAt: Instant.exactOptional(),
  /**
   * `moderateSince`, `highSince` and `criticalSince`: since when the case has been known to be at least this severe.
   * Each of these times is absent if it is not later than `ratedAt`.
   */
  moderateSince: Instant.exactOptional(),
  highSince: Instant.exactOptional(),
  criticalSince: Instant.exactOptional(),
  fixReadyAt: Instant.exactOptional(),
  /** The fix had to be ready before this end of the embargo. Absent if no end of an embargo limited the time. */
  fixBefore: Instant.exactOptional(),
  /**
   * The end of the embargo, by which the case should be public. Absent if no embargo has been in force since the case
   * was opened or last reopened.
   */
  publicBefore: Instant.exactOptional(),
  disclosedAt: Instant.exactOptional(),
  /** Set while the case is deferred. Nothing in it is late then. */
  deferred: z.literal(true).exactOptional(),
  closedAt: Instant.exactOptional(),
})
export type Milestones = z.infer<typeof Milestones>

/** When a case reached each point. A triage without an earlier acknowledgment also counts as the acknowledgment. */
export function milestonesOf(whole: Policy, state: CaseState, release: ReleaseState | undefined): Milestones {
  const { firstDecidedAt: decidedAt, acknowledgedAt = decidedAt, reopenedAt: roundAt, closedAt, cs } = state
  const end = cs.fixReady === undefined && embargoInForce(state.em) ? state.em.end : state.fixBefore
  const publicBefore = endOf(state)
  return {
    project: state.project,
    ...(state.practice === undefined ? {} : { practice: state.practice }),
    severity: state.severity ?? 'unrated',
    openedAt: state.openedAt,
    answerBy: answerPromised(policyFor(whole, state), state).by,
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    ...(isBegunByUs(state) ? { begunByUs: true } : {}),
    ...(state.disposition === 'spam' ? { spam: true } : {}),
    ...(decidedAt === undefined ? {} : { decidedAt }),
    ...(roundAt === undefined ? {} : { roundAt }),
    ...ratings(state),
    ...(cs.fixReady === undefined ? {} : { fixReadyAt: cs.fixReady }),
    ...(end === undefined ? {} : { fixBefore: end }),
    ...(publicBefore === undefined ? {} : { publicBefore }),
    ...(release?.publicAt === undefined ? {} : { disclosedAt: release.publicAt }),
    ...(state.rm === 'deferred' ? { deferred: true } : {}),
    ...(closedAt === undefined ? {} : { closedAt }),
  }
}

/** Whether the case was acknowledged when it was opened, because one of us opened it or split it off. */
function isBegunByUs({ acknowledgedAt, openedAt, reports, moved, links }: CaseState): boolean {
  const came = [...reports, ...moved.map(({ report }) => report)].some(({ joined }) => joined === undefined)
  return acknowledgedAt === openedAt && (!came || links.some(({ as }) => as === 'split-from'))
}

/** The end of the embargo. An embargo that ended before the case was last reopened does not count. */
function endOf({ em, reopenedAt }: CaseState): Instant | undefined {
  if (embargoInForce(em)) return em.end
  return em.is === 'exited' && (reopenedAt === undefined || em.at >= reopenedAt) ? em.end : undefined
}

/**
 * `ratedAt`, and the times since when the case has been known to be at least moderate, high or critical. Empty if the
 * case is not rated.
 */
function ratings({ severity, severeSince }: CaseState): Partial<Milestones> {
  const ratedAt = severeSince?.low
  if (severity === undefined || severeSince === undefined || ratedAt === undefined) return {}
  const later = upTo(severity).flatMap((one) => {
    const since = severeSince[one]
    return one === 'low' || since === undefined || since === ratedAt ? [] : [[`${one}Since`, since] as const]
  })
  return { ratedAt, ...Object.fromEntries(later) }
}

/** For each severity, since when a case has been known to be at least that severe. */
export const severeSinceOf = (theCase: Milestones): SeverityHistory => {
  const { ratedAt, moderateSince = ratedAt, highSince = ratedAt, criticalSince = ratedAt } = theCase
  const since = { low: ratedAt, moderate: moderateSince, high: highSince, critical: criticalSince }
  return Object.fromEntries(Object.entries(since).filter(([, at]) => at !== undefined))
}
