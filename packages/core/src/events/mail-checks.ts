import { z } from 'zod'
import { Instant } from '../shared/instant.ts'
import { KeyFingerprint } from '../shared/public-key.ts'

const keyed = <Is extends string>(is: Is) => z.object({ is: z.literal(is), fingerprint: KeyFingerprint })

/**
 * What a signature proves about the one sender of a mail. `own-key`: its key is pinned to the From address. `same-key`: it
 * is the reporter's as it was seen before, which nobody has confirmed. `first-seen`: the key names that address and was not
 * seen before. `changed-key`: another key is known for that address. `part`: text
 * outside of the signature is in the mail too.
 */
export const SignatureVerdict = z.discriminatedUnion('is', [
  keyed('own-key'),
  keyed('same-key'),
  keyed('first-seen'),
  keyed('changed-key').extend({ before: KeyFingerprint }),
  keyed('another'),
  z.object({ is: z.literal('unknown-key'), keyId: z.string().max(16) }),
  z.object({ is: z.enum(['expired-key', 'revoked-key']), signedAt: Instant.exactOptional() }),
  z.object({ is: z.enum(['part', 'bad', 'weak', 's-mime', 'none']) }),
])
export type SignatureVerdict = z.infer<typeof SignatureVerdict>

/**
 * How a mail came encrypted. `no-key` to `damaged`: it stays closed; `unprotected`: nothing showed that it was not changed on
 * its way.
 */
export const EncryptionVerdict = z.enum(['none', 'openpgp', 's-mime', 'no-key', 'unprotected', 'too-large', 'damaged'])
export type EncryptionVerdict = z.infer<typeof EncryptionVerdict>

/** RFC 1035 section 2.3.4, in ASCII: letters that look like others are not shown. */
const DomainName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9._-]+$/u)

const named = <Is extends string>(is: Is) => z.object({ is: z.literal(is), domain: DomainName })

/**
 * What the domain of a mail's author says about it, by SPF, DKIM and DMARC. `unproven`: nothing shows that it sent the mail;
 * without a name, From has no author or several. `forwarded`: a forwarder that the policy names sealed that it was genuine
 * when it came there. `not-yet`: the DNS did not answer, and is asked again.
 */
export const DomainVerdict = z.discriminatedUnion('is', [
  named('confirmed'),
  named('failed'),
  named('not-yet'),
  named('forwarded').extend({ by: DomainName }),
  z.object({ is: z.literal('unproven'), domain: DomainName.exactOptional() }),
  z.object({ is: z.literal('not-checked') }),
])
export type DomainVerdict = z.infer<typeof DomainVerdict>

/** What was found out about a mail when it was read. It is never computed again, so that no later key changes it. */
export const MailChecks = z
  .object({
    signature: SignatureVerdict,
    encryption: EncryptionVerdict,
    /** The provider's spam filter had sorted it out. */
    spam: z.literal(true).exactOptional(),
    domain: DomainVerdict.exactOptional(),
  })
  .readonly()
export type MailChecks = z.infer<typeof MailChecks>
