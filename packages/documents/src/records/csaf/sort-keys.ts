/**
 * A copy whose objects have their keys in alphabetical order, as CSAF 2.0 recommends (test 6.2.13). A key without a
 * value is left out.
 */
export function sortKeys(value: object): object {
  const sorted = sortedValue(value)
  return typeof sorted === 'object' && sorted !== null ? sorted : {}
}

function sortedValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(sortedValue)
  const contents = new Map<string, unknown>(Object.entries(value))
  const sorted: Record<string, unknown> = {}
  for (const key of [...contents.keys()].toSorted()) {
    const content = contents.get(key)
    if (content !== undefined) sorted[key] = sortedValue(content)
  }
  return sorted
}
