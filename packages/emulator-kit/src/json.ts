export type Json = string | number | boolean | null | readonly Json[] | JsonObject
/** A JSON object. Reading an absent key gives undefined. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** True for a JSON object, false for arrays, null and everything else. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The parsed value, or undefined if the text is not JSON. */
export const parseJson = (text: string): Json | undefined => {
  try {
    // JSON.parse returns only JSON values.
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** A copy of a value as JSON, as it would arrive over the wire. */
export const asJson = (value: unknown): Json => parseJson(JSON.stringify(value) ?? 'null') ?? null

/** A copy of an object as JSON; empty if the value is not an object. */
export const asJsonObject = (value: unknown): JsonObject => {
  const copy = asJson(value)
  return isObject(copy) ? copy : {}
}

/** The string at `key`, or undefined. */
export const textAt = (object: JsonObject, key: string): string | undefined => {
  const value = object[key]
  return typeof value === 'string' ? value : undefined
}
