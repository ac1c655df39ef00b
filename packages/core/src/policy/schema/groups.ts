import { z } from 'zod'

const Group = z.strictObject({
  slack: z
    .string()
    .regex(/^S[A-Z0-9]{2,}$/, 'a Slack user group id starts with S')
    .optional()
    .describe('The id of a Slack user group.'),
  discord: z
    .string()
    .regex(/^\d{17,20}$/, 'a Discord role id has 17 to 20 digits, in quotes')
    .optional()
    .describe('The id of a Discord role, in quotes.'),
})

/**
 * The role that each group of a platform gives. A member who is not among `people` becomes a person with that account.
 */
export const Groups = z.strictObject({
  admin: Group.optional(),
  team: Group.optional(),
  maintainer: Group.optional(),
  releaser: Group.optional(),
  observer: Group.optional(),
})
