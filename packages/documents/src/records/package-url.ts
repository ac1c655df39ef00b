import { ecosystemOf } from '@embargo/core'
import type { Package, VersionRange } from '@embargo/core'
import { FIRST_VERSION } from '@embargo/core'

/** The package URL of a package, as the policy has it or made from its name; undefined if it cannot be made. */
export function packageUrl({ ecosystem, name, purl }: Package): string | undefined {
  if (purl !== undefined) return purl
  const type = ecosystemOf(ecosystem)?.purl
  if (type === undefined) return undefined
  // Maven writes group:artifact; PyPI has one spelling of a name (PEP 503).
  const path =
    type === 'maven' ? name.replace(':', '/') : type === 'pypi' ? name.toLowerCase().replaceAll(/[-_.]+/gu, '-') : name
  return `pkg:${type}/${path.split('/').map(encodeURIComponent).join('/')}`
}

/** The package URL of one version. */
export const versionUrl = (purl: string, version: string): string => `${purl}@${encodeURIComponent(version)}`

/** The package URL of a range of versions, which is written as `vers:npm/>=2.0|<2.4.1`. */
export function rangeUrl(purl: string, ranges: readonly VersionRange[]): string {
  const type = /^pkg:([^/]+)\//u.exec(purl)?.[1] ?? 'generic'
  const bounds = ranges.flatMap(boundsOf)
  const range = `vers:${type}/${bounds.length === 0 ? '*' : bounds.join('|')}`
  return `${purl}?vers=${range
    .split(/([:/])/u)
    .map((part) => (part === ':' || part === '/' ? part : encodeURIComponent(part)))
    .join('')}`
}

function boundsOf({ introduced, fixed, lastAffected }: VersionRange): readonly string[] {
  if (lastAffected === introduced) return [introduced]
  return [
    ...(introduced === FIRST_VERSION ? [] : [`>=${introduced}`]),
    ...(fixed === undefined ? [] : [`<${fixed}`]),
    ...(lastAffected === undefined ? [] : [`<=${lastAffected}`]),
  ]
}
