import { z } from 'zod'

/** More than a busy day of a large project brings in an hour. */
export const NEW_CASES = 40

export const Intake = z.strictObject({
  lists: z
    .enum(['open', 'set-aside'])
    .describe(
      'What happens to a mail that came through a mailing list and belongs to no case: it opens one, or is set aside.',
    ),
  newCases: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(NEW_CASES)
    .describe(
      'How many cases mails open within an hour, half of them in one project and a quarter from one address; the others wait for a person.',
    ),
})
