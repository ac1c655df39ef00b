import { z } from 'zod'
import type { Path } from './policy-text.ts'

/** The part of a schema that a path leads to, without its wrappers (optional, default, transformation). */
export function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | undefined {
  const bare = unwrapped(schema)
  const [step, ...rest] = path
  if (step === undefined) return bare
  if (bare instanceof z.ZodArray) return schemaAt(bare.element, rest)
  const next = bare instanceof z.ZodObject ? shapeOf(bare)[String(step)] : undefined
  return next === undefined ? undefined : schemaAt(next, rest)
}

/** The keys that the map at a path may have. */
export function knownKeys(schema: z.core.$ZodType, path: Path): readonly string[] {
  const at = schemaAt(schema, path)
  return at instanceof z.ZodObject ? Object.keys(shapeOf(at)) : []
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return unwrapped(schema.unwrap())
  if (!(schema instanceof z.ZodPipe)) return schema
  // If a transformation comes first, for example one that accepts a former spelling, the keys are in the schema after
  // it.
  return unwrapped(schema.in instanceof z.ZodTransform ? schema.out : schema.in)
}

const shapeOf = (schema: z.ZodObject): Readonly<Record<string, z.core.$ZodType | undefined>> => schema.shape
