/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
/** A JSON object; a key that is absent reads as undefined. */
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

/** True for a JSON object, false for arrays, null and everything else. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The parsed value, or undefined when the text is not JSON. */
export const parseJson = (text: string): Json | undefined => {
  try {
    // JSON.parse yields nothing but JSON.
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** A structural copy as JSON: what would arrive if the value travelled over the wire. */
export const asJson = (value: unknown): Json => parseJson(JSON.stringify(value) ?? 'null') ?? null

/** A structural copy of an object as JSON; empty when the value is no object. */
export const asJsonObject = (value: unknown): JsonObject => {
  const copy = asJson(value)
  return isObject(copy) ? copy : {}
}

/** The string at `key`, or undefined. */
export const textAt = (object: JsonObject, key: string): string | undefined => {
  const value = object[key]
  return typeof value === 'string' ? value : undefined
}
