import type { Instant } from '../shared/instant.ts'
import { publicKeyOf } from './schema.ts'
import type { Policy, Recipient } from './schema.ts'

type Keys = Pick<Policy, 'publicKeys'>

/** Whether a recipient may get mail with details: we have their public key, or they accept unencrypted mail. */
export const acceptsDetails = (
  policy: Keys,
  { address, plaintext }: Pick<Recipient, 'address' | 'plaintext'>,
): boolean => plaintext === 'accepted' || publicKeyOf(policy, address) !== undefined

/** Whether a recipient's key has expired. If so, nothing is sent to the recipient, encrypted or not. */
export const keyHasExpired = (policy: Keys, { address }: Pick<Recipient, 'address'>, at: Instant): boolean => {
  const { expiresAt } = publicKeyOf(policy, address) ?? {}
  return expiresAt !== undefined && expiresAt <= at
}
