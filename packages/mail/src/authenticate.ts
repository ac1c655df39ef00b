import type { MailTrust, SignatureVerdict } from '@embargo/core'
import { sameAddress } from './address.ts'
import type { MailSender } from './parsed-mail.ts'

export type CheckResult = 'pass' | 'fail' | 'none' | 'error' | 'not-checked'

/** SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489) as the receiving side found them. */
export type Authentication = { readonly spf: CheckResult; readonly dkim: CheckResult; readonly dmarc: CheckResult }

export const NOT_CHECKED: Authentication = { spf: 'not-checked', dkim: 'not-checked', dmarc: 'not-checked' }

/** The person or group that a token was given to, and the address that we write to. */
export type Holder = { readonly is: 'reporter' | 'recipient' | 'vendor'; readonly address: string }

/** The holder, but only if token and address agree; everybody else is shown as unverified. */
export type Judgement = { readonly trust: MailTrust; readonly from: Holder['is'] | 'unverified' }

/**
 * The sender of a mail, as far as it is proven. From proves nothing, and a token alone may have been forwarded. So a
 * mail counts as the reporter's only if the token of their report is valid, From is the address that reported, and no
 * check failed. The same applies to the token and address of a recipient or another vendor.
 */
export function authenticate(input: {
  readonly sender: MailSender | undefined
  readonly token: 'valid' | 'invalid' | 'none'
  readonly holder?: Holder
  readonly results: Authentication
  readonly signature: SignatureVerdict
}): Judgement {
  const { sender, token, holder, results, signature } = input
  const trust = trustOf(results, sender, signature)
  const same = sender !== undefined && holder !== undefined && sameAddress(sender.address, holder.address)
  return { trust, from: same && token === 'valid' && trust !== 'failed' ? holder.is : 'unverified' }
}

/**
 * A signature by the sender's own key counts, whatever happened to the mail on the way. Otherwise DMARC decides,
 * because only DMARC ties the checks to the From that people see; SPF or DKIM for another domain prove nothing. If a
 * signature is bad, or its key is another than the pinned one, the domain's checks no longer count.
 */
function trustOf(results: Authentication, sender: MailSender | undefined, signature: SignatureVerdict): MailTrust {
  if (signature.is === 'own-key') return 'signed-by-sender'
  if (results.dmarc === 'fail') return 'failed'
  if (signature.is === 'bad' || signature.is === 'changed-key') return 'nothing-proven'
  return results.dmarc === 'pass' && sender !== undefined ? 'domain-vouches' : 'nothing-proven'
}
