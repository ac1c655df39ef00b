import { z } from 'zod'
import { VERBS } from '../roles.ts'
import { byName } from '../../shared/by-name.ts'
import { WAIVABLE_GATES, WAIVER_WORDS } from '../../shared/gate-id.ts'

/** Observers only read: no policy can allow an observer to run a command. */
const ActiveRoles = z.array(z.enum(['admin', 'team', 'maintainer', 'releaser'])).min(1)

export const Roles = z.strictObject({
  coordinate: ActiveRoles.describe('Who runs a case: acknowledges, decides, writes to reporters, closes.'),
  contribute: ActiveRoles.describe('Who writes patches and advisories.'),
  publish: ActiveRoles.describe('Who plans releases, tells recipients and publishes.'),
  adminOnly: z
    .array(z.enum(VERBS))
    .describe(
      'Commands that only an admin may run, such as `embargo.end`. A verb alone, such as `embargo`, includes all commands that begin with it.',
    ),
})

export const WaivedBy = z.enum(['team', 'admin', 'nobody'])
export type WaivedBy = z.infer<typeof WaivedBy>

/** Who may ask to waive a gate, with a reason and a second person. Gates that are not listed here cannot be waived. */
export const Waivers = z.strictObject(
  byName(WAIVABLE_GATES, (gate) => WaivedBy.optional().describe(`Who may ${WAIVER_WORDS[gate]}.`)),
)
