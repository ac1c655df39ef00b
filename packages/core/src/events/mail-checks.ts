import { z } from 'zod'
import { Instant } from '../shared/instant.ts'

/**
 * The last four digits of a key's fingerprint. They tell two keys apart, but identify nobody. This matters because the
 * checks of a mail, which also name the sender's domain, remain when the reporter's data is erased
 * (docs/threat-model.md). Earlier versions stored all digits.
 */
const KeyDigits = z.string().regex(/^[0-9A-F]{4,64}$/u)

const keyed = <Is extends string>(is: Is) => z.object({ is: z.literal(is), fingerprint: KeyDigits })

/**
 * What a signature proves about the only author of a mail. `own-key`: the key is pinned to the From address.
 * `same-key`: the key came with an earlier mail of the reporter, but nobody confirmed it. `first-seen`: the key names
 * the From address and is new. `changed-key`: another key is known for that address. `endedAt`: when the key expired or
 * was revoked. `part`: some text is not signed.
 */
export const SignatureVerdict = z.discriminatedUnion('is', [
  keyed('own-key'),
  keyed('same-key'),
  keyed('first-seen'),
  keyed('changed-key').extend({ before: KeyDigits }),
  keyed('another'),
  z.object({ is: z.literal('unknown-key'), keyId: z.string().max(16) }),
  z.object({
    is: z.enum(['expired-key', 'revoked-key']),
    signedAt: Instant.exactOptional(),
    endedAt: Instant.exactOptional(),
  }),
  z.object({ is: z.enum(['part', 'bad', 'weak', 's-mime', 'none']) }),
])
export type SignatureVerdict = z.infer<typeof SignatureVerdict>

/**
 * Whether and how a mail was encrypted. `no-key`, `too-large`, `damaged`: why it could not be decrypted. `unprotected`:
 * it was not decrypted, because nothing shows whether it was changed on its way. `file`: an attached file is encrypted
 * and could not be opened.
 */
export const EncryptionVerdict = z.enum([
  'none',
  'openpgp',
  's-mime',
  'no-key',
  'unprotected',
  'too-large',
  'damaged',
  'file',
])
export type EncryptionVerdict = z.infer<typeof EncryptionVerdict>

/**
 * A domain name in ASCII, so that it contains no letters that only look like others. RFC 1035 section 2.3.4 limits its
 * length.
 */
const DomainName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9._-]+$/u)

const named = <Is extends string>(is: Is) => z.object({ is: z.literal(is), domain: DomainName })

/**
 * What SPF, DKIM and DMARC show about the domain of a mail's author. `unproven`: nothing shows that the domain sent the
 * mail; `domain` is absent unless From has exactly one author. `forwarded`: a forwarder that the policy trusts (`by`)
 * vouches that the mail was genuine when it came to the forwarder. `account`: the message is not a mail but a private
 * report, whose author is logged in at a host (`at`). `not-yet`: the DNS did not answer and is asked again.
 */
export const DomainVerdict = z.discriminatedUnion('is', [
  named('confirmed'),
  named('failed'),
  named('not-yet'),
  named('forwarded').extend({ by: DomainName }),
  z.object({ is: z.literal('account'), at: DomainName }),
  z.object({ is: z.literal('unproven'), domain: DomainName.exactOptional() }),
  z.object({ is: z.literal('not-checked') }),
])
export type DomainVerdict = z.infer<typeof DomainVerdict>

/** Why nothing can be encrypted to a key that its owner sent with a mail. */
export const CarriedKeyProblem = z.enum([
  'expired',
  'revoked',
  'sign-only',
  'weak',
  'post-quantum-only',
  'version-3',
  'version-5',
  'private',
  'too-large',
  'unreadable',
])
export type CarriedKeyProblem = z.infer<typeof CarriedKeyProblem>

/**
 * What was found out about a mail when it was read. Only a domain with the verdict `not-yet` is checked again. Keys
 * that become known later do not change the checks.
 */
export const MailChecks = z
  .object({
    signature: SignatureVerdict,
    /** Set if the signature does not cover the subject, so that anybody may have written the subject. */
    unsignedSubject: z.literal(true).exactOptional(),
    encryption: EncryptionVerdict,
    /** Set if some of the mail's text was not encrypted. */
    encryptedInPart: z.literal(true).exactOptional(),
    /** Set if the provider's spam filter had put the mail into the spam folder. */
    spam: z.literal(true).exactOptional(),
    domain: DomainVerdict.exactOptional(),
    keyProblem: CarriedKeyProblem.exactOptional(),
    /**
     * The last digits of a key that came with the mail. The policy names the sender (for example, as a recipient or a
     * person), but does not have this key.
     */
    offersKey: KeyDigits.exactOptional(),
  })
  .readonly()
export type MailChecks = z.infer<typeof MailChecks>
