import { inARow } from '../text/in-a-row.ts'
import type { Policy, Recipient } from '../policy/schema.ts'

export const listedRecipients = (policy: Policy): readonly Recipient[] =>
  policy.prenotification.lists.flatMap((list) => list.recipients)

/** By the id that the policy gives them: a name of somebody outside stays out of chat where the policy says so. */
export const recipientIds = (recipients: readonly Recipient[]): string => inARow(recipients.map(({ id }) => id))
