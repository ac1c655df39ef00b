import { z } from 'zod'

/** A fact in the past tense: its name and its fields. */
export const fact = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape })
