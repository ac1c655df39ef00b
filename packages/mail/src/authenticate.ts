import type { DomainVerdict, MailTrust, SignatureVerdict } from '@embargo/core'
import { sameAddress } from './address.ts'
import type { MailSender } from './parsed-mail.ts'

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
  readonly domain: DomainVerdict
  readonly signature: SignatureVerdict
}): Judgement {
  const { sender, token, holder, domain, signature } = input
  const trust = trustOf(domain, signature)
  const same = sender !== undefined && holder !== undefined && sameAddress(sender.address, holder.address)
  return { trust, from: same && token === 'valid' && trust !== 'failed' ? holder.is : 'unverified' }
}

/**
 * A signature by the sender's own key counts, whatever happened to the mail on the way. Otherwise the domain of the From
 * that people see decides, as far as it is known now. The word of a forwarder only keeps that domain's checks from failing. If
 * a signature is bad, or its key is another than the pinned one, the domain's checks no longer count.
 */
export function trustOf(domain: DomainVerdict, signature: SignatureVerdict): MailTrust {
  if (signature.is === 'own-key') return 'signed-by-sender'
  if (domain.is === 'failed') return 'failed'
  if (signature.is === 'bad' || signature.is === 'changed-key') return 'nothing-proven'
  return domain.is === 'confirmed' ? 'domain-vouches' : 'nothing-proven'
}
