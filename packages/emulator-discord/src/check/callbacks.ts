import { z } from 'zod'
import { CHOICE_NAME_MAX, CHOICE_VALUE_MAX, CHOICES_MAX } from '../limits.ts'

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object */
export const callback = z.object({ type: z.literal([1, 4, 5, 6, 7, 8, 9]), data: z.unknown().optional() })

/** …/receiving-and-responding#interaction-response-object-autocomplete */
export const suggestions = z.object({
  choices: z
    .array(
      z.object({
        name: z.string().min(1).max(CHOICE_NAME_MAX),
        value: z.union([z.string().max(CHOICE_VALUE_MAX), z.number()]),
      }),
    )
    .max(CHOICES_MAX),
})

/** The body of a deferral: only flags. */
export const deferral = z.object({ flags: z.int().nullish() }).nullish()
