import { ecosystemOf } from '@embargo/core'
import type { Package, VersionRange } from '@embargo/core'
import { FIRST_VERSION } from '@embargo/core'

/**
 * The package URL from the policy, otherwise a URL that is made from the package's name. Undefined if no URL can be
 * made.
 */
export function packageUrl({ ecosystem, name, purl }: Package): string | undefined {
  if (purl !== undefined) return purl
  const type = ecosystemOf(ecosystem)?.purl
  if (type === undefined) return undefined
  // Maven names are `group:artifact`. PyPI reduces all spellings of a name to one (PEP 503).
  const path =
    type === 'maven' ? name.replace(':', '/') : type === 'pypi' ? name.toLowerCase().replaceAll(/[-_.]+/gu, '-') : name
  return `pkg:${type}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** The package URL of one version. */
export const versionUrl = (purl: string, version: string): string => `${purl}@${encodeURIComponent(version)}`

/** The range in the grammar of VERS, such as `vers:npm/>=2.0|<2.4.1`. https://github.com/package-url/vers-spec */
export function versionRange(purl: string | undefined, ranges: readonly VersionRange[]): string {
  const type = /^pkg:([^/]+)\//u.exec(purl ?? '')?.[1] ?? 'generic'
  const bounds = ranges.flatMap((range) => boundsOf(range, encodeURIComponent))
  return `vers:${type}/${bounds.length === 0 ? '*' : bounds.join('|')}`
}

/** The package URL of a range of versions, which is written as `vers:npm/>=2.0|<2.4.1`. */
export function rangeUrl(purl: string, ranges: readonly VersionRange[]): string {
  const type = /^pkg:([^/]+)\//u.exec(purl)?.[1] ?? 'generic'
  const bounds = ranges.flatMap((one) => boundsOf(one, String))
  const range = `vers:${type}/${bounds.length === 0 ? '*' : bounds.join('|')}`
  return `${purl}?vers=${range
    .split(/([:/])/u)
    .map((part) => (part === ':' || part === '/' ? part : encodeURIComponent(part)))
    .join('')}`
}

function boundsOf(
  { introduced, fixed, lastAffected }: VersionRange,
  encoded: (version: string) => string,
): readonly string[] {
  if (lastAffected === introduced) return [encoded(introduced)]
  return [
    ...(introduced === FIRST_VERSION ? [] : [`>=${encoded(introduced)}`]),
    ...(fixed === undefined ? [] : [`<${encoded(fixed)}`]),
    ...(lastAffected === undefined ? [] : [`<=${encoded(lastAffected)}`]),
  ]
}
