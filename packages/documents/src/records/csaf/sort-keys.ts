const COLLATOR = new Intl.Collator('en')

/** A copy whose objects have their keys in alphabetical order, as CSAF 2.0 recommends (test 6.2.13). */
export function sortKeys(value: object): object {
  const sorted = sortedValue(value)
  return typeof sorted === 'object' && sorted !== null ? sorted : {}
}

function sortedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, content]) => content !== undefined)
      .toSorted(([a], [b]) => COLLATOR.compare(a, b))
      .map(([key, content]) => [key, sortedValue(content)]),
  )
}
