import { listAnd } from '../text/name-list.ts'
import type { Policy, Recipient } from '../policy/schema.ts'

export const listedRecipients = (policy: Policy): readonly Recipient[] =>
  policy.prenotification.lists.flatMap((list) => list.recipients)

/** Names recipients by their ids, because a policy can keep the names of outsiders out of chat. */
export const recipientIds = (recipients: readonly Recipient[]): string => listAnd(recipients.map(({ id }) => id))
