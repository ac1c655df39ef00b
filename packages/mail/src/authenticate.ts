import type { DomainVerdict, MailTrust, SignatureVerdict } from '@embargo/core'
import { sameAddress } from './address.ts'
import type { MailSender } from './parsed-mail.ts'

/** The person or group that a token was given to, and the address that we write to. */
export type Holder = { readonly is: 'reporter' | 'recipient' | 'vendor'; readonly address: string }

/**
 * `from`: the role of the holder if the mail counts as the holder's (see `authenticate`), and otherwise `unverified`.
 */
export type Judgement = { readonly trust: MailTrust; readonly from: Holder['is'] | 'unverified' }

/**
 * Judges who sent a mail. The mail counts as the reporter's only if its From address is the one from which the report
 * came, and no check failed. The mail also needs a valid token of the report, or a signature with the key that a person
 * pinned to that address. The same applies to recipients and other vendors.
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
  const isTied = token === 'valid' || signature.is === 'own-key'
  return { trust, from: same && isTied && trust !== 'failed' ? holder.is : 'unverified' }
}

/**
 * A signature by the sender's own key counts, whatever happened to the mail on the way. Without such a signature, the
 * checks of the From domain decide. While their result is not known yet, nothing is proven. If a signature is bad or
 * was made with another key than before, nothing is proven even if these checks pass.
 */
export function trustOf(domain: DomainVerdict, signature: SignatureVerdict): MailTrust {
  if (signature.is === 'own-key') return 'signed-by-sender'
  if (domain.is === 'failed') return 'failed'
  if (signature.is === 'bad' || signature.is === 'changed-key') return 'nothing-proven'
  return domain.is === 'confirmed' ? 'domain-vouches' : 'nothing-proven'
}
