import { defineGate, refuse } from './gate.ts'
import { listedRecipients, recipientIds } from './listed-recipients.ts'
import { recipientsFact } from './facts.ts'

/**
 * This gate can never be waived, because mail goes only to recipients who agreed to the list's terms. One agreement,
 * recorded with its day, covers every later mail.
 */
export const recipientConsent = defineGate({
  id: 'recipient-consent',
  rule: 'Each recipient must have agreed to the terms of the list.',
  check: ({ policy }) => {
    const without = listedRecipients(policy).filter((recipient) => recipient.consented === undefined)
    if (without.length === 0) return undefined
    return refuse('recipient-consent', `${recipientIds(without)} never agreed to the terms of the list.`, [
      { who: 'an admin', how: 'records the day of their agreement in the list, or takes them off it' },
    ])
  },
  passes: (context) => recipientsFact(context, 'agreed to the terms of its list', 'agreed to the terms of their lists'),
  means: 'Nothing is sent to recipients who did not agree to the terms.',
  instead:
    'An admin records in the policy, under `consented`, on which day the recipient agreed, or takes the recipient off the list.',
})
