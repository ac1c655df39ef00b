import type { Package } from '../../policy/schema.ts'
import type { Branch, PackageVersions } from './state.ts'

/** How events and commands name a package: `npm/quillmark`. */
export const packageKey = ({ ecosystem, name }: Package): string => `${ecosystem}/${name}`

/** The affected versions of one package, or of a project without packages, in a branch. */
export type AffectedPackage = {
  readonly package?: Package
  readonly range?: string
  readonly fixedVersion?: string
}

/**
 * The affected packages of a branch. If packages were named as affected, only these are affected. Otherwise all
 * packages are affected, except those that were named as unaffected. A package without its own versions has the
 * versions of the branch. For a project without packages, the result is one entry without a package.
 */
export function affectedPackages(
  { packages: named = [], range, fixedVersion }: Branch,
  packages: readonly Package[] = [],
): readonly AffectedPackage[] {
  const ofBranch = {
    ...(range === undefined ? {} : { range }),
    ...(fixedVersion === undefined ? {} : { fixedVersion }),
  }
  if (packages.length === 0) return [ofBranch]
  const isNamed = named.some(({ affected }) => affected)
  return packages.flatMap((one) => {
    const own = named.find((each) => each.package === packageKey(one))
    return (own?.affected ?? !isNamed) ? [{ package: one, ...ofBranch, ...versionsOf(own) }] : []
  })
}

const versionsOf = (own: PackageVersions | undefined): Omit<AffectedPackage, 'package'> => ({
  ...(own?.range === undefined ? {} : { range: own.range }),
  ...(own?.fixedVersion === undefined ? {} : { fixedVersion: own.fixedVersion }),
})
