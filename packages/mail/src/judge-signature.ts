import { instant } from '@embargo/core'
import type { SignatureVerdict } from '@embargo/core'
import { sameAddress } from './address.ts'
import type { MailProtection } from './openpgp/protection.ts'
import type { SignatureFact } from './openpgp/signatures.ts'
import type { MailSender } from './parsed-mail.ts'

/**
 * A public key that may have made a signature. `pinned`: a person compared the fingerprint and said whose key it is, or
 * the policy names it. `seen`: it came with an earlier mail from the same reporter. `carried`: it came with this mail,
 * and nobody checked its addresses.
 */
export type KnownKey = {
  readonly fingerprint: string
  readonly addresses: readonly string[]
  readonly standing: 'pinned' | 'seen' | 'carried'
}

/**
 * Says what the signatures prove about the sender. A good signature counts as the sender's only if its key is pinned to
 * the From address. The other addresses in the key prove nothing, because its maker chose them.
 *
 * `keys`: the keys that made the signatures, and all keys that are stored for the From address.
 */
export function judgeSignature(
  { signature, signatures, covers }: MailProtection,
  from: MailSender | undefined,
  keys: readonly KnownKey[],
): SignatureVerdict {
  if (signature === 's-mime') return { is: 's-mime' }
  if (signature === 'none') return { is: 'none' }
  // One bad signature beside good ones means that somebody changed the mail or added to it.
  if (signatures.some(({ state }) => state === 'bad')) return { is: 'bad' }
  if (covers === 'part') return { is: 'part' }
  const verdicts = signatures.map((fact) => judgeOne(fact, from, keys))
  return ORDER.flatMap((is) => verdicts.filter((verdict) => verdict.is === is))[0] ?? { is: 'bad' }
}

/** If there are several signatures, the verdict that comes first in this list counts. */
const ORDER: readonly SignatureVerdict['is'][] = [
  'own-key',
  'same-key',
  'changed-key',
  'first-seen',
  'another',
  'revoked-key',
  'expired-key',
  'weak',
  'unknown-key',
]

function judgeOne(fact: SignatureFact, from: MailSender | undefined, keys: readonly KnownKey[]): SignatureVerdict {
  const { state, keyId, fingerprint, signedAt, endedAt } = fact
  switch (state) {
    case 'bad':
    case 'weak':
      return { is: state }
    case 'expired-key':
    case 'revoked-key':
      return {
        is: state,
        ...(signedAt !== undefined && { signedAt: instant(signedAt) }),
        ...(endedAt !== undefined && { endedAt: instant(endedAt) }),
      }
    case 'unknown-key':
      return { is: 'unknown-key', keyId }
    case 'good':
      return fingerprint === undefined ? { is: 'unknown-key', keyId } : judgeGood(fingerprint, from, keys)
  }
}

function judgeGood(fingerprint: string, from: MailSender | undefined, keys: readonly KnownKey[]): SignatureVerdict {
  const isFor = (one: KnownKey): boolean =>
    from !== undefined && one.addresses.some((address) => sameAddress(address, from.address))
  const same = keys.filter((one) => one.fingerprint === fingerprint)
  if (same.some((one) => one.standing === 'pinned' && isFor(one))) return { is: 'own-key', fingerprint }
  // A pinned key belongs only to its owner, whatever other addresses it names.
  if (same.some(({ standing }) => standing === 'pinned')) return { is: 'another', fingerprint }
  const before = keys.filter((one) => one.standing !== 'carried' && one.fingerprint !== fingerprint && isFor(one))
  const pinned = before.find(({ standing }) => standing === 'pinned')
  if (pinned !== undefined) return { is: 'changed-key', fingerprint, before: pinned.fingerprint }
  if (same.some((one) => one.standing === 'seen' && isFor(one))) return { is: 'same-key', fingerprint }
  const [seen] = before
  if (seen !== undefined) return { is: 'changed-key', fingerprint, before: seen.fingerprint }
  return same.some(isFor) ? { is: 'first-seen', fingerprint } : { is: 'another', fingerprint }
}
