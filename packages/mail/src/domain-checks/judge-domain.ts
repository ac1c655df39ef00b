import type { DomainVerdict } from '@embargo/core'
import type { Forwarding } from './arc-forwarder.ts'

/**
 * How far a domain's word for a mail was established. `unanswered`: the DNS did not say. `unseen`: it cannot be found out
 * here, as with SPF behind a relay, or a signature that leaves a part of the text out.
 */
export type Standing = 'proven' | 'unanswered' | 'unseen'

/** What DMARC says (RFC 9989): of SPF and DKIM, one must pass for the author's own domain. */
export type Alignment = 'pass' | 'fail' | 'none' | 'unanswered'

export type DomainEvidence = {
  /** The author's domain. */
  readonly domain: string
  /** By what is proven; and if what is unanswered, or unseen, turned out well. */
  readonly proven: Alignment
  readonly ifAnswered: Alignment
  readonly ifSeen: Alignment
  /** How far the author's very domain signed it. */
  readonly signature: Standing | undefined
  readonly forwarding: Forwarding
}

/** Says that a domain's own checks fail only if nothing that could be found out another time would let them pass. */
export function judgeDomain({
  domain,
  proven,
  ifAnswered,
  ifSeen,
  signature,
  forwarding,
}: DomainEvidence): DomainVerdict {
  // A signature of the very domain is aligned under any policy, and needs none.
  if (proven === 'pass' || signature === 'proven') return { is: 'confirmed', domain }
  if (forwarding.is === 'sealed') return { is: 'forwarded', domain, by: forwarding.by }
  if (proven === 'unanswered' || forwarding.is === 'unanswered') return { is: 'not-yet', domain }
  if (proven === 'none') return { is: signature === 'unanswered' ? 'not-yet' : 'unproven', domain }
  if (ifAnswered !== 'fail') return { is: 'not-yet', domain }
  return { is: ifSeen === 'fail' ? 'failed' : 'unproven', domain }
}
