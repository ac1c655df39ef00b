import { FIRST_VERSION, packageKey } from '@embargo/core'
import type { Project } from '@embargo/core'
import { rangedBranches } from '@embargo/documents'
import type { CaseRecord } from '@embargo/documents'
import { OutsideError } from '../ports/chat-platform.ts'
import type { FixedVersion, PublicationTarget } from '../ports/publication-target.ts'

/**
 * The maximum number of versions that one call of `existingVersions` looks for. A registry that gets more requests may
 * refuse to answer.
 */
const LOOKED_FOR_MAX = 40

type VersionsTarget = Pick<PublicationTarget, 'hasVersion'>

/**
 * Which versions in the records exist, for each package by its `packageKey`. Fixed versions count as existing, because
 * they appear on the day of publication. If the target cannot say which versions of a package exist, the package is
 * left out.
 */
export async function existingVersions(
  target: VersionsTarget | undefined,
  records: readonly CaseRecord[],
  project: Project,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = new Map<string, readonly string[]>()
  if (target?.hasVersion === undefined) return known
  const unknown = new Set<string>()
  let left = LOOKED_FOR_MAX
  for (const { package: own, ranges, fixedVersion } of records.flatMap(rangedBranches)) {
    if (own === undefined) continue
    const key = packageKey(own)
    const fixed = [...ranges.map((one) => one.fixed), fixedVersion].filter((one) => one !== undefined)
    const others = ranges.flatMap(({ introduced, lastAffected }) => [introduced, lastAffected ?? introduced])
    const asked = new Set(others.filter((version) => version !== FIRST_VERSION && !fixed.includes(version)))
    left -= asked.size
    const found = left < 0 ? undefined : await there(target, { project, package: own, versions: [...asked] })
    if (found === undefined) unknown.add(key)
    known.set(key, [...(known.get(key) ?? []), ...fixed, ...(found ?? [])])
  }
  return new Map([...known].filter(([key]) => !unknown.has(key)))
}

type LookUp = {
  readonly project: Project
  readonly package: NonNullable<FixedVersion['package']>
  readonly versions: readonly string[]
}

/** Which of these versions exist at the target; undefined if the target does not know, or does not answer. */
async function there(
  { hasVersion }: VersionsTarget,
  { project, package: own, versions }: LookUp,
): Promise<readonly string[] | undefined> {
  const found: string[] = []
  try {
    for (const version of versions) {
      const exists = await anyExists(spellings(version), (one) => hasVersion?.({ package: own, version: one }, project))
      if (exists === undefined) return undefined
      if (exists) found.push(version)
    }
  } catch (error) {
    if (error instanceof OutsideError) return undefined
    throw error
  }
  return found
}

async function anyExists(
  versions: readonly string[],
  exists: (version: string) => Promise<boolean | undefined> | undefined,
): Promise<boolean | undefined> {
  for (const version of versions) {
    const is = await exists(version)
    if (is !== false) return is
  }
  return false
}

/** People write `4.0` for the version 4.0.0. */
const spellings = (version: string): readonly string[] =>
  /^\d+(?:\.\d+)?$/u.test(version) ? [version, [...version.split('.'), '0', '0'].slice(0, 3).join('.')] : [version]
