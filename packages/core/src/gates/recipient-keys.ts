import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { listedRecipients, recipientIds } from './listed-recipients.ts'

/** A recipient without a key is mailed only where the list accepts plain text for them. */
export const recipientKeys: Gate = ({ policy }) => {
  const without = listedRecipients(policy).filter((recipient) => recipient.plaintext !== 'accepted')
  if (without.length === 0) return undefined
  return refuse(
    'recipient-keys',
    `${recipientIds(without)} ${without.length === 1 ? 'has' : 'have'} no key to encrypt to.`,
    [{ who: 'an admin', how: 'writes "plaintext: accepted" for them in the list, when they accept it' }],
  )
}
