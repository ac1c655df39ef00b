import { z } from 'zod'

export const Intake = z.strictObject({
  lists: z
    .enum(['open', 'set-aside'])
    .describe('A mail that came through a mailing list and belongs to no case: it opens one, or it is set aside.'),
})
