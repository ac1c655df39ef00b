type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The JSON object in a text. An empty object if the text is something else. */
export function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

/** Every object in a JSON value, the outermost first. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  const found: JsonObject[] = []
  collect(value, found)
  return found
}

function collect(value: unknown, found: JsonObject[]): void {
  if (Array.isArray(value)) for (const one of value) collect(one, found)
  if (!isObject(value)) return
  found.push(value)
  for (const content of Object.values(value)) collect(content, found)
}

/** The strings under this name in any object of a JSON value, also those in a list. */
export const stringsNamed = (value: unknown, name: string): readonly string[] => stringsIn(objectsIn(value), name)

/** The strings under this name in these objects. Objects inside them are not searched. */
export const stringsIn = (objects: readonly JsonObject[], name: string): readonly string[] =>
  objects.flatMap((one) => stringsOf(one[name]))

/** A string, or the strings in a list. */
export function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** The value at the end of a path of names. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => (isObject(found) ? found[name] : undefined), value)
