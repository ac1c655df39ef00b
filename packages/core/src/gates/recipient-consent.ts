import { inARow } from '../text/in-a-row.ts'
import type { Recipient } from '../policy/schema.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Never waivable: a dated agreement to the list's terms is standing consent. */
export const recipientConsent: Gate = ({ policy }) => {
  const without = recipientsOf(policy).filter((recipient) => recipient.consented === undefined)
  if (without.length === 0) return undefined
  return refuse('recipient-consent', `${named(without)} never agreed to the terms of the list.`, [
    { who: 'an admin', how: 'records the day of their agreement in the list, or takes them off it' },
  ])
}

/** A recipient without a key is mailed only where the list accepts plain text for them. */
export const recipientKeys: Gate = ({ policy }) => {
  const without = recipientsOf(policy).filter((recipient) => recipient.plaintext !== 'accepted')
  if (without.length === 0) return undefined
  return refuse('recipient-keys', `${named(without)} ${without.length === 1 ? 'has' : 'have'} no key to encrypt to.`, [
    { who: 'an admin', how: 'writes "plaintext: accepted" for them in the list, when they accept it' },
  ])
}

const recipientsOf = (policy: Parameters<Gate>[0]['policy']): readonly Recipient[] =>
  policy.prenotification.lists.flatMap((list) => list.recipients)

/** By the id that the policy gives them: a name of somebody outside stays out of chat where the policy says so. */
const named = (recipients: readonly Recipient[]): string => inARow(recipients.map(({ id }) => id))
