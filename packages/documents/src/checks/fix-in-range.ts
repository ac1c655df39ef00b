import { packageKey } from '@embargo/core'
import type { VersionRange } from '@embargo/core'
import type { CaseRecord } from '../record.ts'
import { rangedBranches } from '../records/affected-ranges.ts'

/** Versions of this form are ordered in the same way in every ecosystem. */
const DOTTED_NUMBERS = /^\d+(?:\.\d+)*$/u

/** A branch whose range contains the version in which another branch of the same package is fixed. */
export type FixInRange = { readonly branch: string; readonly fixedIn: string; readonly fixedVersion: string }

/**
 * Finds fixed versions that are in the affected range of another branch. Programs would warn everybody who installed
 * such a fix. Only dotted numbers are compared, because each ecosystem orders other versions differently.
 */
export function fixesInRanges(record: CaseRecord): readonly FixInRange[] {
  const branches = rangedBranches(record)
  return branches.flatMap(({ branch, package: own, ranges }) =>
    branches.flatMap(({ branch: fixedIn, package: other, fixedVersion }) =>
      own !== undefined &&
      other !== undefined &&
      fixedIn !== branch &&
      fixedVersion !== undefined &&
      packageKey(own) === packageKey(other) &&
      ranges.some((range) => isIn(fixedVersion, range))
        ? [{ branch, fixedIn, fixedVersion }]
        : [],
    ),
  )
}

function isIn(version: string, { introduced, fixed, lastAffected }: VersionRange): boolean {
  const bounds = [introduced, fixed, lastAffected].filter((one) => one !== undefined)
  if (![version, ...bounds].every((one) => DOTTED_NUMBERS.test(one))) return false
  return (
    compare(version, introduced) >= 0 &&
    (fixed === undefined || compare(version, fixed) < 0) &&
    (lastAffected === undefined || compare(version, lastAffected) <= 0)
  )
}

function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(BigInt))
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const [one = 0n, other = 0n] = [left?.[index], right?.[index]]
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}
