import { shortFingerprint } from '@embargo/core'
import type {
  CarriedKeyProblem,
  DomainVerdict,
  EncryptionVerdict,
  Instant,
  MailChecks,
  MailTrust,
  SignatureVerdict,
  Visibility,
} from '@embargo/core'
import type { Span } from '@embargo/engine'
import { day } from '../text/dates.ts'
import { outside, plain, sentence } from './spans.ts'
import type { LineParts } from './spans.ts'

/** The result of a mail's checks, in one sentence. */
export const TRUST: Readonly<Record<MailTrust, string>> = {
  'signed-by-sender': '✓ Signed by the sender’s own key.',
  'domain-vouches': '✓ The sender’s domain confirms that it sent this. Not signed.',
  'nothing-proven': 'Nothing proves who sent this.',
  failed: '✗ A check failed: treat the sender as unknown.',
}

/**
 * `checks` is absent for a mail that was taken in by an early version of the program, which did not check signatures.
 * `checks` can be without `domain` for a mail that a later, but still old version took in.
 */
type MailEvidence = { readonly trust: MailTrust; readonly checks?: MailChecks | undefined }

/**
 * A line on the signature and encryption of a mail, and a line on its sender. If the sender's key cannot be used, there
 * is a line on the key, too. `shown` says how much of the sender may be shown.
 */
export function checksInWords({ trust, checks }: MailEvidence, shown: Visibility['sender']): readonly LineParts[] {
  const { signature, unsignedSubject, encryption, encryptedInPart, domain, spam } = checks ?? UNSIGNED
  const { keyProblem, offersKey } = checks ?? UNSIGNED
  // If neither a signature nor encryption is known, the line on both is left out for a private report, and for a mail
  // without `domain` (see `MailEvidence`). A private report did not come as a mail, so nothing could be signed. For a
  // mail without `domain`, the line on the sender is enough.
  const hasProtection = signature.is !== 'none' || encryption !== 'none'
  const isMail = domain !== undefined && domain.is !== 'account'
  const protection = [
    ...(signature.is === 'none' && CLOSED.has(encryption) ? [] : [signatureInWords(signature)]),
    ...(unsignedSubject === true ? [UNSIGNED_SUBJECT] : []),
    encryptedInPart === true ? ENCRYPTED_IN_PART : ENCRYPTION[encryption],
  ]
  const sender =
    domain === undefined ? (trust === 'signed-by-sender' ? [] : [[TRUST[trust]]]) : [domainInWords(domain, shown)]
  return [
    ...(hasProtection || isMail ? [[protection.join(' ')]] : []),
    ...sender,
    ...(keyProblem === undefined ? [] : [[KEY_PROBLEMS[keyProblem]]]),
    ...(offersKey === undefined ? [] : [[keyOffered(offersKey)]]),
    ...(spam === true ? [[SPAM]] : []),
  ]
}

const keyOffered = (digits: string): string =>
  `The mail came with an OpenPGP key (${shortFingerprint(digits)}) that is not in the policy. Compare the key with its owner, but not by mail; then an admin can add it to the owner’s entry in the policy.`

const notUsable = (why: string, instead = 'Ask for another one.'): string =>
  `⚠ The OpenPGP key that came with it ${why}. ${instead}`

const KEY_PROBLEMS: Readonly<Record<CarriedKeyProblem, string>> = {
  expired: notUsable('has expired'),
  revoked: notUsable('was revoked'),
  'sign-only': notUsable('can only sign, not encrypt'),
  weak: notUsable('is too weak'),
  'post-quantum-only': notUsable('uses algorithms that Embargo does not support yet'),
  'version-3': notUsable('is of version 3, which is too weak'),
  'version-5': notUsable('is of version 5, which only GnuPG reads', 'Ask for one of version 4.'),
  private: notUsable(
    'is a private key',
    'Tell the key’s owner that other people have the key now, and ask for the public part of a new key.',
  ),
  'too-large': notUsable(
    'is larger than any key that people use',
    'Ask for the same key, but without the signatures of other people.',
  ),
  unreadable: notUsable('cannot be read'),
}

const SPAM = 'The mail provider marked it as spam.'

const UNSIGNED: MailChecks = { signature: { is: 'none' }, encryption: 'none' }

/**
 * What the sender's domain says about a mail. The name of the domain is text that the sender wrote. The name is also a
 * part of the sender's address, so it is left out where addresses are not shown.
 */
export function domainInWords(verdict: DomainVerdict, shown: Visibility['sender']): LineParts {
  const domainName = (domain: string): Span =>
    shown === 'name-and-address' ? outside(domain, SENDERS_DOMAIN) : plain(SENDERS_DOMAIN)
  switch (verdict.is) {
    case 'confirmed':
      return ['✓ ', domainName(verdict.domain), ' confirms it sent this.']
    case 'unproven':
      return verdict.domain === undefined
        ? [TRUST['nothing-proven']]
        : ['Nothing proves that ', domainName(verdict.domain), ' sent this.']
    case 'failed':
      return ['✗ Fails ', domainName(verdict.domain), '’s own checks: treat sender as unknown.']
    case 'forwarded':
      return [sentence(`${verdict.by} forwarded it and found it genuine.`)]
    case 'account':
      return [sentence(`✓ Its author is logged in at ${verdict.at}.`)]
    case 'not-yet':
      return ['Not checked yet: DNS didn’t answer.']
    case 'not-checked':
      return ['Not checked here.']
  }
}

const SENDERS_DOMAIN = 'the sender’s domain'

const ENCRYPTION: Readonly<Record<EncryptionVerdict, string>> = {
  none: 'Not encrypted.',
  openpgp: 'Encrypted.',
  's-mime': '✗ Encrypted by S/MIME, which cannot be read here.',
  'no-key': '✗ Encrypted to a key we don’t have.',
  unprotected: '✗ Encrypted without protection against changes, so it stays closed.',
  'too-large': '✗ Encrypted, and too large to be opened.',
  damaged: '✗ Encrypted, and damaged.',
  file: '✗ An attached file is encrypted and could not be opened.',
}

/** Encryption that Embargo does not open. A signature may be hidden inside. */
const CLOSED: ReadonlySet<EncryptionVerdict> = new Set(['s-mime', 'no-key', 'unprotected', 'too-large', 'damaged'])

const UNSIGNED_SUBJECT = '⚠ Its subject is not signed.'

const ENCRYPTED_IN_PART = '⚠ Only partly encrypted; the rest is marked.'

const onDay = (at: Instant | undefined): string => (at === undefined ? '' : ` on ${day(at)}`)

function signatureInWords(signature: SignatureVerdict): string {
  switch (signature.is) {
    case 'own-key':
      return `✓ Signed by the sender’s own key (${shortFingerprint(signature.fingerprint)}).`
    case 'same-key':
      return `✓ Signed by the reporter, same key as before (${shortFingerprint(signature.fingerprint)}).`
    case 'first-seen':
      return `Signed in the sender’s name; key not checked (${shortFingerprint(signature.fingerprint)}).`
    case 'changed-key':
      return `⚠ Signed with a new key (${shortFingerprint(signature.fingerprint)}; the last was ${shortFingerprint(signature.before)}). Ask the sender, but not by mail.`
    case 'another':
      return `⚠ Signed by somebody else (${shortFingerprint(signature.fingerprint)}).`
    case 'unknown-key':
      return 'Signed with a key we don’t have. Proves nothing.'
    case 'expired-key':
      return `⚠ Signed with a key that expired${onDay(signature.endedAt)}.`
    case 'revoked-key':
      return `⚠ Signed with a key that was revoked${onDay(signature.endedAt)}.`
    case 'part':
      return '⚠ Only partly signed; the rest is marked.'
    case 'bad':
      return '✗ Bad signature: altered or forged.'
    case 'weak':
      return '⚠ Signed in a way that can be forged. Proves nothing.'
    case 's-mime':
      return 'Signed by S/MIME, not checked.'
    case 'none':
      return 'Not signed.'
  }
}
