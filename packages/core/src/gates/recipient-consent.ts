import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { listedRecipients, recipientIds } from './listed-recipients.ts'

/** Never waivable: a dated agreement to the list's terms is standing consent. */
export const recipientConsent: Gate = ({ policy }) => {
  const without = listedRecipients(policy).filter((recipient) => recipient.consented === undefined)
  if (without.length === 0) return undefined
  return refuse('recipient-consent', `${recipientIds(without)} never agreed to the terms of the list.`, [
    { who: 'an admin', how: 'records the day of their agreement in the list, or takes them off it' },
  ])
}
