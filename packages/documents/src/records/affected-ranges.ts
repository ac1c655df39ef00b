import { packageKey, versionRanges } from '@embargo/core'
import type { Package, VersionRange } from '@embargo/core'
import type { AffectedBranch, CaseRecord } from '../record.ts'

/** An affected package of a branch, with its versions as ranges. */
export type RangedBranch = Omit<AffectedBranch, 'range'> & { readonly ranges: readonly VersionRange[] }

/**
 * The affected branches whose versions are given as ranges. For a range that is given without an end, the fixed version
 * of the branch becomes the end, if the branch has a fixed version.
 */
export function rangedBranches({ affected }: Pick<CaseRecord, 'affected'>): readonly RangedBranch[] {
  const known = RANGED.get(affected)
  if (known !== undefined) return known
  const found = affected.flatMap((one) => {
    const ranges = rangesOf(one)
    const { range: _, ...branch } = one
    return ranges === undefined ? [] : [{ ...branch, ranges: ranges.map((each) => ended(each, branch.fixedVersion)) }]
  })
  RANGED.set(affected, found)
  return found
}

/** Caches, because every format asks for the ranges of a record. */
const RANGED = new WeakMap<CaseRecord['affected'], readonly RangedBranch[]>()
const RANGES = new WeakMap<AffectedBranch, readonly VersionRange[] | 'prose'>()

/** Undefined if the affected versions are prose. */
function rangesOf(one: AffectedBranch): readonly VersionRange[] | undefined {
  const ranges = RANGES.get(one) ?? versionRanges(one.range ?? '') ?? 'prose'
  RANGES.set(one, ranges)
  return ranges === 'prose' ? undefined : ranges
}

const ended = (range: VersionRange, fixedVersion: string | undefined): VersionRange =>
  range.fixed === undefined && range.lastAffected === undefined && fixedVersion !== undefined
    ? { ...range, fixed: fixedVersion }
    : range

/** The branches of each package, in the order in which the packages appear. */
export function byPackage(
  branches: readonly RangedBranch[],
): readonly { readonly package: Package; readonly branches: readonly RangedBranch[] }[] {
  const groups = Map.groupBy(
    branches.filter((branch) => branch.package !== undefined),
    (branch) => (branch.package === undefined ? '' : packageKey(branch.package)),
  )
  return [...groups.values()].flatMap((group) => {
    const own = group[0]?.package
    return own === undefined ? [] : [{ package: own, branches: group }]
  })
}

/**
 * The missing facts about which versions are affected. If several packages of a branch all lack a range, the list has
 * one entry for the branch instead of one for each package.
 */
export function missingRanges({ affected }: Pick<CaseRecord, 'affected'>) {
  if (affected.length === 0) return [{ name: 'an affected branch', source: 'affected-branch' as const, isKnown: false }]
  return [...Map.groupBy(affected, ({ branch }) => branch)].flatMap(([branch, packages]) => {
    const isOfBranch = packages.length > 1 && packages.every((one) => !hasRange(one))
    const named = isOfBranch ? [{ isKnown: false }] : packages.map((one) => ({ ...keyOf(one), isKnown: hasRange(one) }))
    return named.map((one: { readonly package?: string; readonly isKnown: boolean }) => ({
      name: `a range of versions for ${branch}${one.package === undefined ? '' : `, ${one.package}`}`,
      source: 'range' as const,
      branch,
      isKnown: one.isKnown,
      ...(packages.length > 1 && one.package !== undefined ? { package: one.package } : {}),
    }))
  })
}

const hasRange = (one: AffectedBranch): boolean => rangesOf(one) !== undefined

const keyOf = ({ package: own }: AffectedBranch) => (own === undefined ? {} : { package: packageKey(own) })

/** A fact for formats that name packages: whether the policy lists the packages of the project. */
export const missingPackages = ({ product }: Pick<CaseRecord, 'product'>) => ({
  name: 'the packages of the project in the policy',
  source: 'policy' as const,
  isKnown: product !== undefined && product.packages.length > 0,
})
