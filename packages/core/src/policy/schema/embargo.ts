import { z } from 'zod'
import { Duration } from '../duration.ts'

export const Embargo = z.strictObject({
  standing: Duration.describe('From receipt, how long secrecy lasts unless another end is agreed.'),
  agreedMost: Duration.describe('From receipt, what reporter and team may agree on without two admins.'),
})

export const Approvals = z.strictObject({
  by: z
    .enum(['second-person', 'second-look'])
    .describe(
      'Who approves what cannot be undone: a `second-person`, or after a `second-look` the one who asked, who types the case number.',
    ),
  secondLookAfter: Duration.describe('How long the same person waits before the second look.'),
})
