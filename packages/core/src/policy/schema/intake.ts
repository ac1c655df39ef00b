import { z } from 'zod'

const most = z.number().int().min(1).max(100_000)

/** Programs write reports by the thousand, and each one that opens a case takes a channel and somebody’s attention. */
const NewCases = z.strictObject({
  perHour: most.describe('In all projects together.'),
  perProject: most.describe('In one project.'),
  perSender: most.describe('From one address, as the mail gives it.'),
})

/** More than a large project gets in a busy hour. */
export const NEW_CASES = { perHour: 40, perProject: 20, perSender: 10 }

export const Intake = z.strictObject({
  lists: z
    .enum(['open', 'set-aside'])
    .describe('A mail that came through a mailing list and belongs to no case: it opens one, or it is set aside.'),
  newCases: NewCases.default(NEW_CASES).describe(
    'How many cases mails open within an hour. The mails above it are kept and wait in the intake channel for a person; a mail that belongs to a case never waits.',
  ),
})
