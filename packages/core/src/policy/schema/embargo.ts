import { z } from 'zod'
import { Duration } from '../duration.ts'

export const Embargo = z.strictObject({
  standing: Duration.describe('How long the embargo lasts from receipt, unless another end is agreed.'),
  agreedMost: Duration.describe(
    'The longest embargo, from receipt, on which the reporter and the team may agree without two admins.',
  ),
})

export const Approvals = z.strictObject({
  by: z
    .enum(['second-person', 'second-look'])
    .describe(
      'Who approves what cannot be undone. `second-person`: another person. `second-look`: the requester, who looks again later and types the case number.',
    ),
  secondLookAfter: Duration.describe('How long the requester waits before the second look.'),
})
