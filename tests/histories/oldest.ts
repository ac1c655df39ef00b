import { Event } from '@embargo/core'
import type { Recorded } from '@embargo/core'
import { z } from 'zod'

/** Anything that a schema may be made of, as zod keeps it. */
type Schema = z.core.$ZodType

/** Fields that came in the same version as the events that they name: no log has the one without the other. */
const TOGETHER: ReadonlySet<string> = new Set(['VulnerabilityPublic.signal'])

/**
 * An event as the first version wrote it, which knew none of the fields that came later: events only ever gain optional
 * ones, so every field that may be absent is.
 */
export function asFirstWritten(recorded: Recorded): Recorded {
  const shape = SHAPES.get(recorded.event.type)
  if (shape === undefined) throw new Error(`${recorded.event.type} has no schema`)
  return { ...recorded, event: Event.parse(bare(shape, recorded.event, recorded.event.type)) }
}

const SHAPES: ReadonlyMap<string, z.ZodObject> = new Map(
  Event.options.flatMap((union) =>
    union.options.map((shape): readonly [string, z.ZodObject] => [shape.shape.type.value, shape]),
  ),
)

/** How many fields there are that an old event may lack: the checks would say nothing without any. */
export const LATER_FIELDS: number = [...SHAPES.values()].flatMap(({ shape }) =>
  Object.values(shape).filter((field) => mayBeAbsent(field)),
).length

function mayBeAbsent(schema: Schema): boolean {
  return schema._zod.optin === 'optional'
}

function bare(schema: Schema, value: unknown, path: string): unknown {
  if (schema instanceof z.ZodReadonly) return bare(schema.def.innerType, value, path)
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((one) => bare(schema.element, one, path))
  if (!(schema instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const field: Schema | undefined = schema.shape[name]
      const here = `${path}.${name}`
      const kept = field !== undefined && (!mayBeAbsent(field) || TOGETHER.has(here))
      return kept ? [[name, bare(field, one, here)]] : []
    }),
  )
}
