import { z } from 'zod'

/** The longest line that either side reads. It is enough for a patch of some megabytes, and limits memory. */
export const MAX_LINE_BYTES = 32 * 1024 * 1024

/**
 * A question of the command line to the running program. Each connection carries one question and one answer, and each
 * of them is one line of JSON.
 */
export const Question = z.object({ operation: z.string().max(40), input: z.record(z.string(), z.unknown()) })
export type Question = z.infer<typeof Question>

export const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), message: z.string() }),
])
export type Answer = z.infer<typeof Answer>
