import { after } from '../policy/calendar.ts'
import { fixDue } from '../deadlines/fix-due.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import { instant, latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { severeSinceOf } from './milestones.ts'
import type { Milestones } from './milestones.ts'

/** One promise of the policy in one case: when it was due and, if it was kept, when it was kept. */
type PromiseTimes = { readonly start: Instant; readonly due: Instant; readonly at?: Instant | undefined }

type Rule = {
  readonly measure: 'acknowledgment' | 'validity' | 'fix' | 'disclosure'
  readonly said: string
  /** Undefined if the promise never applied to the case. */
  readonly of: (policy: Policy, theCase: Milestones) => PromiseTimes | undefined
}

/** Whether the case is closed or deferred. In such a case, nothing that is still missing is overdue. */
const isLeftAlone = ({ closedAt, deferred }: Milestones): boolean => closedAt !== undefined || deferred === true

const RULES: readonly Rule[] = [
  {
    measure: 'acknowledgment',
    said: 'acknowledged',
    of: ({ calendar, clocks }, { openedAt, answerBy, acknowledgedAt, begunByUs, spam }) =>
      begunByUs === true || spam === true
        ? undefined
        : {
            start: openedAt,
            due: answerBy ?? after(calendar, openedAt, clocks.acknowledge.target),
            at: acknowledgedAt,
          },
  },
  {
    measure: 'validity',
    said: 'valid or not',
    of: ({ calendar, clocks }, { acknowledgedAt, decidedAt, roundAt, closedAt }) => {
      if (acknowledgedAt === undefined || (decidedAt === undefined && closedAt !== undefined)) return undefined
      // A case that was once found valid needs no new decision when it is reopened. So the earlier decision and its
      // time count.
      const inRound = roundAt !== undefined && (decidedAt === undefined || decidedAt >= roundAt)
      const start = inRound ? latest(acknowledgedAt, roundAt) : acknowledgedAt
      return { start, due: after(calendar, start, clocks.decideValidity), at: decidedAt }
    },
  },
  {
    measure: 'fix',
    said: 'fix ready',
    of: (policy, theCase) => {
      const { ratedAt, fixReadyAt, fixBefore: end, severity: rated } = theCase
      if (ratedAt === undefined || (fixReadyAt === undefined && isLeftAlone(theCase))) return undefined
      const severity = rated === 'unrated' ? 'high' : rated
      const due = fixDue(policy, ratedAt, { severity, since: severeSinceOf(theCase), end })
      return { start: ratedAt, due, at: fixReadyAt }
    },
  },
  {
    measure: 'disclosure',
    said: 'disclosed',
    of: ({ calendar, embargo }, theCase) => {
      const { openedAt, ratedAt, disclosedAt, publicBefore, roundAt: start = openedAt } = theCase
      if (ratedAt === undefined || (disclosedAt === undefined && isLeftAlone(theCase))) return undefined
      return { start, due: publicBefore ?? after(calendar, start, embargo.standing), at: disclosedAt }
    },
  },
]

/** A promise of the policy to one case; `at` is when it was kept. */
export type CasePromise = { readonly said: string; readonly due: Instant; readonly at?: Instant }

/** Every promise that applied to one case. The policy of today decides what was promised. */
export function promisesOf(whole: Policy, theCase: Milestones): readonly CasePromise[] {
  const { severity, project } = theCase
  const policy = policyFor(whole, { project, ...(severity === 'unrated' ? {} : { severity }) })
  return RULES.flatMap(({ said, of }) => {
    const kept = of(policy, theCase)
    return kept === undefined ? [] : [{ said, due: kept.due, ...(kept.at === undefined ? {} : { at: kept.at }) }]
  })
}

export type Month = { readonly month: string; readonly within: number; readonly late: number }

/**
 * How well one promise was kept in a period, over all cases to which the promise applied. Durations are in
 * milliseconds.
 */
export type Measure = {
  readonly measure: Rule['measure']
  readonly said: string
  readonly done: number
  readonly within: number
  readonly waiting: number
  /** How many of the waiting cases are overdue. */
  readonly overdue: number
  readonly median?: number
  /** The time within which the promise was kept in nine of ten cases. */
  readonly ninth?: number
  readonly longest?: number
  /** How the promise was kept in each month. A case belongs to the month in which it came in. */
  readonly months: readonly Month[]
}

export type Measures = {
  readonly from: Instant
  readonly to: Instant
  readonly cases: number
  readonly measures: readonly Measure[]
}

/** The measures of the cases that came in at `from` or later and before `to`, according to today's policy. */
export function measuresOf(
  policy: Policy,
  all: readonly Milestones[],
  time: { readonly from: Instant; readonly to: Instant; readonly now: Instant },
): Measures {
  const { from, to, now } = time
  const cases = all.filter(({ openedAt, practice }) => openedAt >= from && openedAt < to && practice === undefined)
  const months = monthsBetween(from, to < now ? to : now)
  return {
    from,
    to,
    cases: cases.length,
    measures: RULES.map((rule) => measureOf(rule, { policy, cases, months, now })),
  }
}

const monthOf = (at: Instant): string => new Date(at).toISOString().slice(0, 7)

/** Ten years. For a longer range, only the last ten years are shown. */
const MAX_MONTHS = 120

/** Every month of the range, also those without cases. */
function monthsBetween(from: Instant, to: Instant): readonly string[] {
  const first = new Date(from)
  const count =
    to <= from
      ? 0
      : (new Date(to - 1).getUTCFullYear() - first.getUTCFullYear()) * 12 +
        new Date(to - 1).getUTCMonth() -
        first.getUTCMonth() +
        1
  return Array.from({ length: count }, (_, month) =>
    monthOf(instant(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1))),
  ).slice(-MAX_MONTHS)
}

function measureOf(
  { measure, said, of }: Rule,
  given: {
    readonly policy: Policy
    readonly cases: readonly Milestones[]
    readonly months: readonly string[]
    readonly now: Instant
  },
): Measure {
  const { policy, cases, months, now } = given
  const met = cases.flatMap((one) => {
    const { severity, project, openedAt } = one
    const kept = of(policyFor(policy, { project, ...(severity === 'unrated' ? {} : { severity }) }), one)
    return kept === undefined ? [] : [{ ...kept, month: monthOf(openedAt) }]
  })
  const done = met.flatMap(({ at, ...rest }) => (at === undefined ? [] : [{ ...rest, at }]))
  const took = done.map(({ start, at }) => Math.max(0, at - start)).toSorted((a, b) => a - b)
  const waiting = met.filter(({ at }) => at === undefined)
  return {
    measure,
    said,
    done: done.length,
    within: done.filter(({ at, due }) => at <= due).length,
    waiting: waiting.length,
    overdue: waiting.filter(({ due }) => due < now).length,
    ...(took.length === 0 ? {} : { median: share(took, 0.5), ninth: share(took, 0.9), longest: share(took, 1) }),
    months: months.map((month) => {
      const ofMonth = done.filter((one) => one.month === month)
      const within = ofMonth.filter(({ at, due }) => at <= due).length
      return { month, within, late: ofMonth.length - within }
    }),
  }
}

/** A percentile of the sorted values, by the nearest-rank method. `part` is a fraction: 0.9 is the 90th percentile. */
const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0
