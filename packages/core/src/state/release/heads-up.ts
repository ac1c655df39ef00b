import type { CaseState } from '../state.ts'
import { embargoInForce } from '../embargo/evolve.ts'
import type { HeadsUp } from '../../events/heads-up.ts'
import { DAY } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { Severity } from '../../shared/words.ts'
import type { ReleaseState } from './state.ts'

/** What a heads-up says of a release with these cases; nothing where there is no date, or one is not rated. */
export function headsUpOf(cases: readonly CaseState[], at: Instant | undefined): HeadsUp | undefined {
  const severities = cases.map(({ severity }) => severity)
  const highest = Severity.options.find((one) => severities.includes(one))
  if (at === undefined || highest === undefined || severities.includes(undefined)) return undefined
  return { at, severity: highest, count: cases.length }
}

/** Whether a heads-up that two people approved went out, or still goes. */
export const announcesHeadsUp = ({
  approved,
  headsUpWithdrawn,
}: Pick<ReleaseState, 'approved' | 'headsUpWithdrawn'>): boolean =>
  approved.some(({ letter }) => letter === 'heads-up') && headsUpWithdrawn !== true

/** What the public was told, and what is so at this date. */
export type HeadsUpCorrection = { readonly was: HeadsUp; readonly now: HeadsUp }

/** What a mail corrects that tells of this date; nothing where no heads-up was approved. */
export function headsUpAt(
  { headsUp: was }: Pick<ReleaseState, 'headsUp'>,
  cases: readonly CaseState[],
  at: Instant | undefined,
): HeadsUpCorrection | undefined {
  const now = headsUpOf(cases, at)
  return was === undefined || now === undefined ? undefined : { was, now }
}

/**
 * What of a heads-up is no longer so, while it still matters. Another hour of the same day is a note (process, section 4).
 * One that is not out is compared with what was approved when it leaves.
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
