import { instant, MAX_KEPT_KEY_BYTES, personOfAddress, publicKeyOf } from '@embargo/core'
import type { CarriedKeyProblem, Instant, Policy, PublicKey } from '@embargo/core'
import { MailError, sameAddress } from '@embargo/mail'
import type { ParsedMail, PublicKeyFile } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { safeError } from '../shared/safe-error.ts'
import { bytesOf } from './known-keys.ts'
import type { KeptKey } from './known-keys.ts'

/**
 * The key with which to encrypt answers to the sender of a mail. If the mail carries a new copy of the key that we
 * know, the result is that key, updated. Otherwise it is a usable key that came with the mail and names the From
 * address, preferably the one that signed the mail.
 */
export async function reporterKeyIn(
  { parser, log }: Pick<Deps, 'parser' | 'log'>,
  mail: ParsedMail,
  known: readonly KeptKey[],
  at: Instant,
): Promise<PublicKey | undefined> {
  const theirs = mail.keys.filter((key) => names(key, mail))
  for (const key of theirs) {
    const before = known.find(
      ({ fingerprint, standing }) => fingerprint === key.facts.fingerprint && standing !== 'carried',
    )
    if (before === undefined) continue
    const kept = bytesOf(before.key)
    if (Buffer.compare(kept, key.bytes) === 0) return before.key
    try {
      // Runs in the parser's process, because reading a stranger's key may take long.
      return publicKey(await parser.refresh({ kept, copy: key.bytes, at }))
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      log.warn('a copy of a key could not be read, so the known key stays as it is', safeError(error))
      return before.key
    }
  }
  const usable = theirs.filter(({ facts }) => facts.canEncrypt)
  const signed = usable.find(({ facts }) => hasSigned(mail, facts.fingerprint))
  return publicKey(signed ?? usable[0])
}

/**
 * Why we cannot encrypt to the sender's key that came with a mail. Undefined if one of the sender's keys in the mail
 * can be used, or if the mail has none.
 */
export function carriedKeyProblem(mail: ParsedMail): CarriedKeyProblem | undefined {
  const theirs = mail.keys.filter((key) => names(key, mail))
  const [first] = theirs
  if (first !== undefined) return theirs.some(({ facts }) => facts.canEncrypt) ? undefined : first.facts.problem
  const { unusableKey } = mail
  return unusableKey === 'no-key' || unusableKey === 'too-many' ? undefined : unusableKey
}

/**
 * The fingerprint of a usable key that came with a mail. Undefined if the policy does not name the sender's address, or
 * already has this key for the address. The key is only a suggestion: a person compares the fingerprint and puts the
 * key into the policy.
 */
export function offeredKey(policy: Policy, mail: ParsedMail): string | undefined {
  const address = mail.from?.address
  if (address === undefined || !isNamed(policy, address)) return undefined
  const usable = mail.keys.find((key) => key.facts.canEncrypt && names(key, mail))?.facts.fingerprint
  return usable === publicKeyOf(policy, address)?.fingerprint ? undefined : usable
}

const isNamed = (policy: Policy, address: string): boolean =>
  personOfAddress(policy, address) !== undefined ||
  policy.parties.some((party) => sameAddress(party.address, address)) ||
  policy.prenotification.lists.some((list) => list.recipients.some((one) => sameAddress(one.address, address)))

const names = ({ facts }: PublicKeyFile, { from }: ParsedMail): boolean =>
  from !== undefined && facts.userIds.some(({ address }) => address !== undefined && sameAddress(address, from.address))

const hasSigned = ({ protection }: ParsedMail, fingerprint: string): boolean =>
  protection.signatures.some((one) => one.state === 'good' && one.fingerprint === fingerprint)

/** A key in the form in which it is stored; undefined if it is larger than any key that people use. */
export function publicKey(key: PublicKeyFile | undefined): PublicKey | undefined {
  if (key === undefined || key.bytes.length > MAX_KEPT_KEY_BYTES) return undefined
  const { fingerprint, keyIds, expiresAt } = key.facts
  return {
    fingerprint,
    keyIds,
    file: Buffer.from(key.bytes).toString('base64'),
    ...(expiresAt !== undefined && { expiresAt: instant(expiresAt) }),
  }
}
