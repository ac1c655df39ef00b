import type { CaseState } from '../state.ts'
import { embargoInForce } from '../embargo/evolve.ts'
import type { HeadsUp } from '../../events/heads-up.ts'
import { DAY } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { Severity } from '../../shared/words.ts'
import type { ReleaseState } from './state.ts'

/** The content of a heads-up for a release with these cases; undefined if there is no date, or a case is not rated. */
export function headsUpOf(cases: readonly CaseState[], at: Instant | undefined): HeadsUp | undefined {
  const severities = cases.map(({ severity }) => severity)
  const highest = Severity.options.find((one) => severities.includes(one))
  if (at === undefined || highest === undefined || severities.includes(undefined)) return undefined
  return { at, severity: highest, count: cases.length }
}

/** Whether an approved heads-up was sent or will still be sent. */
export const announcesHeadsUp = ({
  approved,
  headsUpWithdrawn,
}: Pick<ReleaseState, 'approved' | 'headsUpWithdrawn'>): boolean =>
  approved.some(({ letter }) => letter === 'heads-up') && headsUpWithdrawn !== true

/** What the public heads-up said (`was`), and what is true now (`now`). */
export type HeadsUpCorrection = { readonly was: HeadsUp; readonly now: HeadsUp }

/**
 * What the heads-up said and what it should say if the release is on this date. Undefined if no heads-up was approved.
 */
export function headsUpAt(
  { headsUp: was }: Pick<ReleaseState, 'headsUp'>,
  cases: readonly CaseState[],
  at: Instant | undefined,
): HeadsUpCorrection | undefined {
  const now = headsUpOf(cases, at)
  return was === undefined || now === undefined ? undefined : { was, now }
}

/**
 * The correction that a heads-up needs, if the vulnerabilities are still secret. A move to a different hour of the same
 * day needs no correction.
 */
export function outdatedHeadsUp(
  release: ReleaseState | undefined,
  cases: readonly CaseState[],
): HeadsUpCorrection | undefined {
  if (release?.is !== 'prenotified' || release.headsUpAt === undefined) return undefined
  if (cases.some(({ cs, em }) => cs.public !== undefined || !embargoInForce(em))) return undefined
  const both = headsUpAt(release, cases, release.at)
  return both === undefined || saysTheSame(both) ? undefined : both
}

const saysTheSame = ({ was, now }: HeadsUpCorrection): boolean =>
  was.severity === now.severity && was.count === now.count && dayOf(was) === dayOf(now)

const dayOf = ({ at }: HeadsUp): number => Math.floor(at / DAY)
