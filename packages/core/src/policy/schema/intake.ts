import { z } from 'zod'

/** More new cases than a large project gets in an hour of a busy day. */
export const NEW_CASES = 40

export const Intake = z.strictObject({
  lists: z
    .enum(['open', 'set-aside'])
    .describe('Whether a mail that came through a mailing list and belongs to no case opens a case, or is set aside.'),
  newCases: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(NEW_CASES)
    .describe(
      'How many cases mails may open within an hour. At most half of them may be in one project, and a quarter from one address. Further mails are held until a person decides.',
    ),
  canary: z
    .enum(['off', 'daily'])
    .exactOptional()
    .describe(
      'Whether a mail to your own security address is sent once a day, and the team told if it does not come back; off when left out.',
    ),
})
