/** The lower bound that OSV writes for a range that starts with the very first version. */
export const FIRST_VERSION = '0'

/**
 * Affected versions, with OSV's names for the limits: from `introduced` on, either up to but not including `fixed`, or
 * up to and including `lastAffected`.
 */
export type VersionRange = {
  readonly introduced: string
  readonly fixed?: string
  readonly lastAffected?: string
}

/**
 * Matches the versions of all ecosystems, for example Debian versions with an epoch (`1:2.0-3`), Python versions, and
 * Go versions with a v.
 */
const VERSION = String.raw`v?\d[0-9A-Za-z.+~:_-]{0,99}`
const BOUND = new RegExp(`^(>=|<=|<|=) ?(${VERSION})$`, 'u')
const EVENT = new RegExp(`(introduced|fixed|last[ _-]affected):? (${VERSION})(?:,? |$)`, 'giuy')

/**
 * Reads version ranges as GitHub writes them (`>= 2.0, < 2.4.1`) or in the words of OSV (`introduced 2.0, fixed
 * 2.4.1`). `||` separates several ranges. Undefined for any other text.
 */
export function versionRanges(text: string): readonly VersionRange[] | undefined {
  const parts = text.split('||').map((part) => part.trim().replaceAll(/\s+/gu, ' '))
  const ranges = parts.map((part) => rangeOfBounds(part) ?? rangeOfEvents(part))
  return ranges.every((range) => range !== undefined) ? ranges : undefined
}

function rangeOfBounds(text: string): VersionRange | undefined {
  const bounds = text.split(',').map((part) => BOUND.exec(part.trim()))
  const found: VersionRange[] = bounds.flatMap((bound) => {
    const [, sign, version] = bound ?? []
    return version === undefined ? [] : [boundOf(sign, version)]
  })
  const [first, second, ...more] = found
  if (first === undefined || found.length < bounds.length || more.length > 0) return undefined
  if (second === undefined) return first
  // The lower bound must come first. `= 2.0` is a complete range, so it cannot be one of two bounds.
  const isLower = first.introduced !== FIRST_VERSION && first.lastAffected === undefined
  return isLower && second.introduced === FIRST_VERSION ? { ...second, introduced: first.introduced } : undefined
}

function boundOf(sign: string | undefined, version: string): VersionRange {
  switch (sign) {
    case '>=':
      return { introduced: version }
    case '<':
      return { introduced: FIRST_VERSION, fixed: version }
    case '<=':
      return { introduced: FIRST_VERSION, lastAffected: version }
    default:
      return { introduced: version, lastAffected: version }
  }
}

function rangeOfEvents(text: string): VersionRange | undefined {
  const found = [...text.matchAll(EVENT)]
  if (found.length === 0 || found.map(([whole]) => whole).join('') !== text) return undefined
  const named = new Map(
    found.map(([, name = '', version = '']) => [name.toLowerCase().replace(/[ _-]/u, ' '), version]),
  )
  if (named.size < found.length) return undefined
  const introduced = named.get('introduced') ?? FIRST_VERSION
  const fixed = named.get('fixed')
  const lastAffected = named.get('last affected')
  if (fixed !== undefined && lastAffected !== undefined) return undefined
  return {
    introduced,
    ...(fixed === undefined ? {} : { fixed }),
    ...(lastAffected === undefined ? {} : { lastAffected }),
  }
}

/** Ranges as they are stored: each as GitHub writes it (`>= 2.0, < 2.4.1`), with `||` between them. */
export const rangesInWords = (ranges: readonly VersionRange[]): string => ranges.map(rangeInWords).join(' || ')

export function rangeInWords({ introduced, fixed, lastAffected }: VersionRange): string {
  if (lastAffected === introduced) return `= ${introduced}`
  const end = fixed === undefined ? lastAffected && `<= ${lastAffected}` : `< ${fixed}`
  const start = introduced === FIRST_VERSION && end !== undefined ? undefined : `>= ${introduced}`
  return [start, end].filter((part) => part !== undefined).join(', ')
}

/**
 * A sentence that says why a range is impossible. Undefined if the range is possible, or if the order of its versions
 * is unknown.
 */
export function rangeMistake(ranges: readonly VersionRange[], fixedVersion: string | undefined): string | undefined {
  for (const { introduced, fixed, lastAffected } of ranges) {
    if (fixed !== undefined && isBefore(introduced, fixed) === false)
      return `A range must end after it begins, but ${fixed} is not after ${introduced}.`
    if (lastAffected !== undefined && isBefore(lastAffected, introduced) === true)
      return `A range must end after it begins, but ${lastAffected} is before ${introduced}.`
    if (fixedVersion === undefined) continue
    const begun = isBefore(fixedVersion, introduced) === false
    const over =
      fixed === undefined
        ? lastAffected && isBefore(lastAffected, fixedVersion)
        : isBefore(fixedVersion, fixed) === false
    if (begun && over === false) return `${fixedVersion} is said to be fixed, but it is in the affected range.`
  }
  return undefined
}

const NUMBERS = /^v?\d{1,9}(?:\.\d{1,9})*$/u

/**
 * Whether one version comes before another. Undefined if one of them does not consist of numbers and dots, because the
 * order of such versions is unknown.
 */
function isBefore(one: string, other: string): boolean | undefined {
  if (!NUMBERS.test(one) || !NUMBERS.test(other)) return undefined
  const [a, b] = [one, other].map((version) => version.replace('v', '').split('.').map(Number))
  for (let at = 0; at < Math.max(a?.length ?? 0, b?.length ?? 0); at += 1) {
    const [left, right] = [a?.[at] ?? 0, b?.[at] ?? 0]
    if (left !== right) return left < right
  }
  return false
}
