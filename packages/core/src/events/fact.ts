import { z } from 'zod'

/** What people in the channel see of an event: a message of its own, an updated status card, both, or neither. */
export type Visibility = 'message' | 'status' | 'both' | 'neither'

export const VISIBILITY = z.registry<{ readonly seenAs: Visibility }>()

/**
 * Makes the schema of an event from its name, its fields and its visibility. The name (`type`) states a fact in the
 * past tense.
 */
export const fact = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S, visibility: Visibility) =>
  z.object({ type: z.literal(type), ...shape }).register(VISIBILITY, { seenAs: visibility })

type Fact = z.ZodObject<{ type: z.ZodLiteral<string> }>

/** A type guard for the events of a group. */
export function guardOf<const G extends readonly Fact[]>(
  group: G,
): (event: { readonly type: string }) => event is z.infer<G[number]> {
  const types: ReadonlySet<string> = new Set(group.map(({ shape }) => shape.type.value))
  return (event): event is z.infer<G[number]> => types.has(event.type)
}
