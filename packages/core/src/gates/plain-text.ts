import { defineGate, refuse } from './gate.ts'
import { listedRecipients, recipientIds } from './listed-recipients.ts'
import { recipientsFact } from './facts.ts'
import { listAnd } from '../text/name-list.ts'

/** A recipient without a key is mailed only if the list accepts plain text for them. */
export const plainText = defineGate({
  id: 'plain-text',
  rule: 'Each recipient needs a key, or must have accepted plain text.',
  check: ({ policy }) => {
    const without = listedRecipients(policy).filter((recipient) => recipient.plaintext !== 'accepted')
    if (without.length === 0) return undefined
    return refuse(
      'plain-text',
      `${recipientIds(without)} ${without.length === 1 ? 'has' : 'have'} no key to encrypt to.`,
      [{ who: 'an admin', how: 'writes "plaintext: accepted" for them in the list, when they accept it' }],
    )
  },
  passes: (context) => recipientsFact(context, 'accepts plain text', 'accept plain text'),
  waiverSubject: ({ policy }) => {
    // The recipients who have no key now.
    const without = policy.prenotification.lists.flatMap(({ id, recipients }) =>
      recipients.filter(({ plaintext }) => plaintext !== 'accepted').map((recipient) => ({ list: id, recipient })),
    )
    if (without.length === 0) return undefined
    return {
      key: without
        .map(({ list, recipient }) => `${list}/${recipient.id}`)
        .toSorted()
        .join(),
      about: `mail without encryption to ${listAnd(without.map(({ recipient }) => recipient.id))}`,
    }
  },
  means:
    'Patches and details are sent encrypted, unless a recipient accepts plain text, which others can read in transit.',
  instead:
    'If the recipient accepts it, an admin writes `plaintext: accepted` for them in the policy; or waive this rule with `waive`.',
})
