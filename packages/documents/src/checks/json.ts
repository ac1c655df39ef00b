/** Every object in a JSON value, the outermost first. */
export function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  return [Object.fromEntries(entries), ...entries.flatMap(([, content]) => objectsIn(content))]
}

/** The strings under a name, in every object of a JSON value; those in a list too. */
export const stringsNamed = (value: unknown, name: string): readonly string[] =>
  objectsIn(value).flatMap((one) => stringsOf(one[name]))

/** A string, or the strings in a list. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** The value under a path of names. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null
        ? Object.entries(found).find(([key]) => key === name)?.[1]
        : undefined,
    value,
  )
