import { z } from 'zod'
import type { Duration } from '../duration.ts'

/** Any part of the values of `T`, at any depth. Lists and durations are replaced as a whole. */
export type Changes<T> = T extends Duration | readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Changes<T[K]> | undefined }
    : T

/**
 * A schema for values that override those of `schema`: the same keys, all optional at every depth. Unknown keys remain
 * errors.
 */
export function changesOf<S extends z.ZodObject>(schema: S): z.ZodType<Changes<z.output<S>>, Changes<z.input<S>>>
// TypeScript cannot type this loop, so the signature above says what it returns.
export function changesOf(schema: z.ZodObject): z.ZodType {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape
  const changed = Object.entries(shape).map(([key, value]) => [key, optional(value)] as const)
  const loose = z.strictObject(Object.fromEntries(changed))
  return schema.description === undefined ? loose : loose.describe(schema.description)
}

// Drops the defaults, so a key that is left out overrides nothing.
function optional(value: z.core.$ZodType): z.core.$ZodType {
  const description = descriptionOf(value)
  const bare = unwrapped(value)
  const inner = bare instanceof z.ZodObject ? changesOf(bare) : bare
  const loose = z.optional(inner)
  return description === undefined ? loose : loose.describe(description)
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrapped(schema.unwrap()) : schema
}

const descriptionOf = (schema: z.core.$ZodType): string | undefined =>
  schema instanceof z.ZodType ? schema.description : undefined
