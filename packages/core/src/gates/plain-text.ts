import { defineGate, refuse } from './gate.ts'
import { listedRecipients, recipientIds } from './listed-recipients.ts'
import { recipientsFact } from './facts.ts'
import { acceptsDetails, keyHasExpired } from '../policy/recipient-key.ts'
import { listAnd } from '../text/name-list.ts'
import type { RecipientName } from '../events/answers.ts'
import type { Policy, Recipient } from '../policy/schema.ts'
import type { CaseState } from '../state/state.ts'

export const plainText = defineGate({
  id: 'plain-text',
  rule: 'Each recipient needs a key, or must have accepted plain text.',
  check: ({ policy, at }) => {
    const listed = listedRecipients(policy)
    const expired = listed.filter((recipient) => keyHasExpired(policy, recipient, at))
    if (expired.length > 0)
      return refuse('plain-text', `The key of ${recipientIds(expired)} has expired.`, [
        { who: 'an admin', how: 'puts their new key into the list, and takes out the one that expired' },
      ])
    const encryptedOnly = withoutNeededKey(policy)
    if (encryptedOnly.length > 0)
      return refuse(
        'plain-text',
        `${recipientIds(encryptedOnly)} has no key, and linux-distros takes only encrypted mail.`,
        [{ who: 'an admin', how: 'puts the key of that list into the policy' }],
      )
    const without = listed.filter((recipient) => !acceptsDetails(policy, recipient))
    if (without.length === 0) return undefined
    return refuse(
      'plain-text',
      `${recipientIds(without)} ${without.length === 1 ? 'has' : 'have'} no key to encrypt to.`,
      [{ who: 'an admin', how: 'puts their key into the list, or "plaintext: accepted" if they accept plain text' }],
    )
  },
  passes: (context) => recipientsFact(context, 'has a key or accepts plain text', 'have a key or accept plain text'),
  waiverSubject: ({ policy }) => {
    // A requirement of linux-distros cannot be waived by us.
    if (withoutNeededKey(policy).length > 0) return undefined
    const without = policy.prenotification.lists.flatMap(({ id, recipients }) =>
      recipients
        .filter((recipient) => !acceptsDetails(policy, recipient))
        .map((recipient) => ({ list: id, recipient })),
    )
    if (without.length === 0) return undefined
    return {
      key: without
        .map(({ list, recipient }) => keyOf({ list, recipient: recipient.id }))
        .toSorted()
        .join(),
      about: `mail without encryption to ${listAnd(without.map(({ recipient }) => recipient.id))}`,
    }
  },
  means:
    'Patches and details are sent encrypted, unless a recipient accepts plain text, which others can read in transit.',
  instead:
    'An admin puts the key of the recipient into the policy, or `plaintext: accepted` if the recipient accepts plain text; or waive this rule with `waive`.',
})

/** The recipients of linux-distros who have no key. That list accepts only encrypted mail. */
const withoutNeededKey = (policy: Policy): readonly Recipient[] =>
  policy.prenotification.lists.flatMap(({ kind, recipients }) =>
    kind === 'linux-distros' ? recipients.filter((one) => !acceptsDetails(policy, one)) : [],
  )

const keyOf = ({ list, recipient }: RecipientName): string => `${list}/${recipient}`

/**
 * Whether two people have allowed unencrypted mail with details to this recipient, since the case was opened or last
 * reopened.
 */
export const isPlainTextWaived = (
  { waivers, round }: Pick<CaseState, 'waivers' | 'round'>,
  recipient: RecipientName,
): boolean =>
  waivers.some(
    ({ gate, key, round: of }) => gate === 'plain-text' && of === round && key.split(',').includes(keyOf(recipient)),
  )
