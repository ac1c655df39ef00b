import { z } from 'zod'
import { Role } from './person.ts'

/** What the id of a group looks like on its platform. */
const GROUP_IDS = {
  slack: { is: /^S[A-Z0-9]{2,}$/, error: 'a Slack user group id starts with S' },
  discord: { is: /^\d{17,20}$/, error: 'a Discord role id has 17 to 20 digits, in quotes' },
} as const

const Group = z
  .strictObject({
    platform: z.enum(['slack', 'discord']).describe('Where the group is.'),
    group: z.string().describe('The id of a Slack user group or of a Discord role. Write it in quotes.'),
    role: Role.describe('The role that its members have.'),
  })
  .superRefine(({ platform, group }, context) => {
    const { is, error } = GROUP_IDS[platform]
    if (!is.test(group)) context.addIssue({ code: 'custom', path: ['group'], message: error })
  })

/**
 * Which group of a platform gives which role. If a member's account on the platform is not listed in `people`, the
 * member becomes a person with this account.
 */
export const Groups = z.array(Group)
